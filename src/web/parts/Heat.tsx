export interface HeatCell {
  id: string
  name: string
  /** 0 (least) to 4 (most). */
  level: 0 | 1 | 2 | 3 | 4
  mark?: 'help' | 'soon'
  /** What a reader hears and a pointer sees: 「应办 7 项，已完成 5 项」. */
  says: string
}

interface Props {
  rows: { name: string; cells: HeatCell[]; result?: string }[]
  onOpen?: (id: string) => void
}

const MARKS = { help: '需重点指导', soon: '临期' }

/** 组织热力: one cell is one branch, in five steps of one colour; marks are shapes. Never sorted by result. */
export const Heat = ({ rows, onOpen }: Props) => (
  <div className="heat">
    {rows.map(({ name, cells, result }) => (
      <div className="heat-row" key={name}>
        <span className="heat-name">{name}</span>
        <ul>
          {cells.map((cell) => (
            <li key={cell.id}>
              <Cell cell={cell} onOpen={onOpen} />
            </li>
          ))}
        </ul>
        {result && <span className="heat-result">{result}</span>}
      </div>
    ))}
    <p className="heat-legend" aria-hidden="true">
      低
      {[0, 1, 2, 3, 4].map((level) => (
        <i key={level} className={`h${level}`} />
      ))}
      高 <i className="h1 help" /> {MARKS.help} <i className="h2 soon" /> {MARKS.soon}
    </p>
  </div>
)

function Cell({ cell: { id, name, level, mark, says }, onOpen }: { cell: HeatCell; onOpen: ((id: string) => void) | undefined }) {
  const words = `${name}：${says}${mark ? `，${MARKS[mark]}` : ''}`
  const look = `heat-cell h${level} ${mark ?? ''}`
  if (!onOpen) return <span className={look} title={words} role="img" aria-label={words} />
  return <button type="button" className={look} title={words} aria-label={words} onClick={() => onOpen(id)} />
}
