import { Icon } from '#web/parts/Icon.tsx'

export interface SeveralColumn {
  key: string
  title: string
  /** A choice among these instead of free words. */
  options?: readonly string[]
  hint?: string
}

interface Props {
  label: string
  columns: readonly SeveralColumn[]
  rows: readonly Record<string, any>[]
  onChange: (rows: Record<string, any>[]) => void
  add?: string
}

/** A small table of texts, one row after another, each cell with its spoken label. */
export function Several({ label, columns, rows, onChange, add = '加一行' }: Props) {
  const set = (at: number, key: string, to: string) =>
    onChange(rows.map((row, i) => (i === at ? cleaned({ ...row, [key]: to === '' ? undefined : to }) : row)))
  return (
    <fieldset className="ev-several">
      <legend>{label}</legend>
      <table>
        <thead>
          <tr>
            {columns.map((c) => (
              <th key={c.key} scope="col">
                {c.title}
              </th>
            ))}
            <th scope="col">
              <span className="hidden-text">去掉</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name of their own while they are written
            <tr key={i}>
              {columns.map((c) => (
                <td key={c.key}>
                  <Cell
                    column={c}
                    value={String(row[c.key] ?? '')}
                    label={`第 ${i + 1} 行${c.title}`}
                    onChange={(to) => set(i, c.key, to)}
                  />
                </td>
              ))}
              <td>
                <button
                  type="button"
                  className="button text small"
                  aria-label={`去掉第 ${i + 1} 行`}
                  onClick={() => onChange(rows.filter((_, at) => at !== i))}
                >
                  <Icon name="cross" size={14} />
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <button type="button" className="button small" onClick={() => onChange([...rows, {}])}>
        <Icon name="plus" size={14} /> {add}
      </button>
    </fieldset>
  )
}

interface CellProps {
  column: SeveralColumn
  value: string
  label: string
  onChange: (to: string) => void
}

const Cell = ({ column, value, label, onChange }: CellProps) =>
  column.options ? (
    <select className="text" aria-label={label} value={value} onChange={(e) => onChange(e.target.value)}>
      <option value="">请选</option>
      {column.options.map((o) => (
        <option key={o} value={o}>
          {o}
        </option>
      ))}
    </select>
  ) : (
    <input className="text" aria-label={label} value={value} placeholder={column.hint} onChange={(e) => onChange(e.target.value)} />
  )

const cleaned = (row: Record<string, any>) => Object.fromEntries(Object.entries(row).filter(([, v]) => v !== undefined))
