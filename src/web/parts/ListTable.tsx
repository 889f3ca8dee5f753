import { type KeyboardEvent, type ReactNode, useRef } from 'react'
import { usePhone } from '../screen.ts'
import { ErrorCard } from './ErrorCard.tsx'
import { PhoneList } from './PhoneList.tsx'
import { SidePanel } from './SidePanel.tsx'
import { Skeleton } from './Skeleton.tsx'

export interface Column<T> {
  key: string
  title: string
  render: (row: T) => ReactNode
  align?: 'right'
  width?: string | number
  /** Stays when a row is open beside the list. The first column always does. */
  narrow?: boolean
  /** What it becomes on a phone; the first column is the title, columns without a place are left to the detail. */
  phone?: 'line' | 'status'
  /** Lets the person sort by it. */
  sortable?: boolean
}

export interface Sort {
  by: string
  desc: boolean
}

export interface ListTableProps<T> {
  /** What the list is of, for those who hear it. */
  label: string
  columns: Column<T>[]
  rows: T[]
  rowKey: (row: T) => string
  /** From useReadPages. */
  isPending?: boolean
  isFetching?: boolean
  error?: Error | null
  again?: () => void
  more?: (() => void) | undefined
  /** Of all pages, where known. */
  total?: number | undefined
  empty: ReactNode
  /** The open row; its detail stands to the right of the list, on a phone over it. */
  open?: string | undefined
  onOpen?: (key: string | undefined) => void
  /** Whether a row has anything to open; without it all have. */
  canOpen?: (row: T) => boolean
  detail?: (row: T) => { title: string; content: ReactNode }
  sort?: Sort | undefined
  onSort?: (sort: Sort) => void
  compact?: boolean
  /** A line below the rows: what was counted and until when. */
  foot?: ReactNode
}

/** A real table on a desktop, a list of title, line and status on a phone. ↑↓ go through the rows, Enter opens, Esc shuts the detail. */
export function ListTable<T>(props: ListTableProps<T>) {
  const { rows, rowKey, isPending, error, again, empty, open, onOpen, detail } = props
  const phone = usePhone()
  const opened = rows.find((row) => rowKey(row) === open)
  const shown = opened && detail?.(opened)
  const shut = () => onOpen?.(undefined)

  if (error) return <ErrorCard error={error} {...(again ? { again } : {})} />
  if (isPending) return <Skeleton lines={8} />
  if (rows.length === 0) return <div className="list-empty">{empty}</div>
  if (phone)
    return (
      <>
        <PhoneList {...props} />
        <Foot {...props} />
        {shown && (
          <SidePanel open onClose={shut} title={shown.title}>
            {shown.content}
          </SidePanel>
        )}
      </>
    )
  return (
    <div className={shown ? 'list-with-detail' : ''}>
      <div className="list-scroll">
        <Table {...props} narrow={shown !== undefined} />
        <Foot {...props} />
      </div>
      {shown && (
        <section className="list-detail" aria-label={shown.title} onKeyDown={(event) => event.key === 'Escape' && shut()}>
          <header>
            <h2 className="grow">{shown.title}</h2>
            <button type="button" className="button text small" onClick={shut}>
              关闭
            </button>
          </header>
          {shown.content}
        </section>
      )}
    </div>
  )
}

function Table<T>(props: ListTableProps<T> & { narrow: boolean }) {
  const { label, columns, rows, rowKey, open, onOpen, canOpen = () => true, sort, onSort, compact, narrow } = props
  const body = useRef<HTMLTableSectionElement>(null)
  const shown = narrow ? columns.filter((column, i) => i === 0 || column.narrow) : columns
  const onKey = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (event.key === 'Escape') onOpen?.(undefined)
    if (!step || !onOpen) return
    event.preventDefault()
    const buttons = [...body.current!.querySelectorAll<HTMLButtonElement>('.row-open')]
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement)
    const next = Math.min(Math.max(at + step, 0), rows.length - 1)
    buttons[next]?.focus()
    // While a detail is open it follows the row.
    if (open !== undefined) onOpen(rowKey(rows[next]!))
  }
  return (
    <table className={`table ${compact ? 'compact' : ''}`} aria-label={label}>
      <thead>
        <tr>
          {shown.map((column) => (
            <HeadCell key={column.key} column={column} sort={sort} onSort={onSort} />
          ))}
        </tr>
      </thead>
      <tbody ref={body} onKeyDown={onKey}>
        {rows.map((row) => {
          const key = rowKey(row)
          return (
            <tr key={key} className={key === open ? 'open' : ''}>
              {shown.map((column, i) => (
                <td key={column.key} className={column.align}>
                  {i === 0 && onOpen && canOpen(row) ? (
                    <button type="button" className="row-open" aria-expanded={key === open} onClick={() => onOpen(key)}>
                      {column.render(row)}
                    </button>
                  ) : (
                    column.render(row)
                  )}
                </td>
              ))}
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

interface HeadProps<T> {
  column: Column<T>
  sort: Sort | undefined
  onSort: ((sort: Sort) => void) | undefined
}

function HeadCell<T>({ column: { key, title, align, width, sortable }, sort, onSort }: HeadProps<T>) {
  const sorted = sort?.by === key
  return (
    <th scope="col" className={align} style={{ width }} aria-sort={sorted ? (sort.desc ? 'descending' : 'ascending') : undefined}>
      {sortable && onSort ? (
        <button type="button" className="sort" onClick={() => onSort({ by: key, desc: sorted && !sort.desc })}>
          {title} {sorted ? sort.desc ? '↓' : '↑' : <span className="unsorted">↕</span>}
        </button>
      ) : (
        title
      )}
    </th>
  )
}

function Foot<T>({ rows, more, total, isFetching, foot }: ListTableProps<T>) {
  return (
    <div className="list-foot">
      <span className="small t2 grow" role="status">
        {total === undefined
          ? more
            ? `已列出 ${rows.length} 条，后面还有`
            : `共 ${rows.length} 条`
          : `共 ${total} 条，已列出 ${rows.length} 条`}
        {foot && <span className="t3"> · {foot}</span>}
      </span>
      {more && (
        <button type="button" className="button small pager" aria-disabled={isFetching || undefined} onClick={() => !isFetching && more()}>
          {isFetching ? '正在读…' : '往下看'}
        </button>
      )}
    </div>
  )
}
