import type { Finding, Kind } from '../contract.ts'
import type { Opened } from './CellPanel.tsx'

interface Props {
  findings: Finding[]
  onOpen: (cell: Opened) => void
  onSort: (kind: Kind) => void
}

/** What does not agree in a table: where, by how much, why, and the records that make the difference. */
export function Findings({ findings, onOpen, onSort }: Props) {
  if (findings.length === 0) return <p className="stat-about small song">这张表的数都对得上。</p>
  return (
    <ul className="stat-findings" aria-label="对不上的地方">
      {findings.map((f) => (
        <li key={`${f.says}${f.at}`}>
          <div>
            <span>
              <span className="tag hu">差 {Math.abs(f.difference)}</span> {f.says}
            </span>
            <span className="small t2">{[f.at, f.because].filter(Boolean).join('：')}</span>
          </div>
          <span className="row wrap">
            {f.sort && (
              <button type="button" className="button small" onClick={() => onSort(f.sort!)}>
                对应写法
              </button>
            )}
            {f.open && (
              <button
                type="button"
                className="button small"
                onClick={() => onOpen({ sheet: f.sheet, ...f.open!, title: `差的 ${Math.abs(f.difference)} 个`, note: f.says })}
              >
                看是哪些
              </button>
            )}
          </span>
        </li>
      ))}
    </ul>
  )
}
