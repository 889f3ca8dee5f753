import { useRead } from '#web/api.ts'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { Skeleton } from '#web/parts/Skeleton.tsx'
import { type Cell, type Head, keyOfCell, type SheetView } from '../contract.ts'
import type { Opened } from './CellPanel.tsx'

interface Props {
  of: { orgId: string; year: number }
  sheet: string
  onOpen: (cell: Opened) => void
}

/** One table with its heads in two rows. Each number opens what is behind it; what was entered by hand is marked. */
export function SheetTable({ of, sheet, onOpen }: Props) {
  const { data, error, refetch } = useRead('statistics.sheet', { ...of, sheet })
  if (error) return <ErrorCard error={error} again={refetch} />
  if (!data) return <Skeleton lines={10} />
  const cells = new Map(data.cells.map((c) => [keyOfCell(c.row, c.column), c]))
  return (
    <>
      <p className="stat-about small t2">
        {data.about}。<span className="stat-hand">蓝底</span>的格记录算不出，要填写并注明依据；“—”是还没有填的。
      </p>
      <div className="list-scroll">
        <table className="table compact stat-table" aria-label={data.title}>
          <Heads columns={data.columns} />
          <tbody>
            {data.rows.map((row) => (
              <tr key={row.key}>
                <th scope="row">{row.ofWhich ? `　其中：${row.title}` : indented(row.key, data) + row.title}</th>
                {data.columns.map((column) => (
                  <td key={column.key} className="right">
                    <CellNumber cell={cells.get(keyOfCell(row.key, column.key))!} row={row} column={column} sheet={sheet} onOpen={onOpen} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}

/** Rows of posts stand in by the length of their code. */
const indented = (key: string, { rows }: SheetView) => (rows[0]?.key === '' ? '　'.repeat(Math.max(0, key.length - 1)) : '')

function Heads({ columns }: { columns: Head[] }) {
  const grouped = columns.some((c) => c.under)
  const spans = columns.flatMap((c, i) =>
    c.under && columns[i - 1]?.under === c.under
      ? []
      : [{ column: c, width: c.under ? columns.filter((o) => o.under === c.under).length : 1 }],
  )
  return (
    <thead>
      <tr>
        <th scope="col" rowSpan={grouped ? 2 : 1}>
          项目
        </th>
        {spans.map(({ column, width }) =>
          column.under ? (
            <th key={column.key} scope="colgroup" colSpan={width} className="stat-group">
              {column.under}
            </th>
          ) : (
            <th key={column.key} scope="col" rowSpan={grouped ? 2 : 1} className="right">
              {column.title}
            </th>
          ),
        )}
      </tr>
      {grouped && (
        <tr>
          {columns
            .filter((c) => c.under)
            .map((c) => (
              <th key={c.key} scope="col" className="right">
                {c.title}
              </th>
            ))}
        </tr>
      )}
    </thead>
  )
}

interface NumberProps {
  cell: Cell
  row: Head
  column: Head
  sheet: string
  onOpen: (cell: Opened) => void
}

function CellNumber({ cell, row, column, sheet, onOpen }: NumberProps) {
  const words = cell.value === null ? '—' : String(cell.value)
  const changed = cell.was !== undefined && (
    <span className="stat-was" title={`定稿时是 ${cell.was ?? '没有填'}`}>
      原 {cell.was ?? '—'}
    </span>
  )
  // Nothing lies behind a plain zero, and what a total leaves is explained by the cells beside it.
  if (cell.kind === 'rest' || (cell.kind === 'counted' && cell.value === 0))
    return (
      <>
        {changed}
        <span className={cell.value === 0 ? 't3' : ''}>{words}</span>
      </>
    )
  const title = `${row.title} · ${column.title}`
  return (
    <>
      {changed}
      <button
        type="button"
        className={`stat-number ${cell.kind === 'hand' ? 'stat-hand' : ''}`}
        aria-label={`${title}：${cell.value ?? '没有填'}，${cell.kind === 'hand' ? '填写或看依据' : '看记录'}`}
        onClick={() => onOpen({ sheet, row: row.key, column: column.key, title: `${title}：${words}`, note: cell.why })}
      >
        {words}
      </button>
    </>
  )
}
