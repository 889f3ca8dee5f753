import type { Finding, Kind } from '../contract.ts'
import type { Opened } from './CellPanel.tsx'
import type { Overview } from './StatisticsPage.tsx'

interface Props {
  data: Overview
  onOpen: (cell: Opened) => void
  onSort: (kind: Kind) => void
}

/** What does not agree: where, by how much, why, and the records that make the difference. */
export function FindingsCard({ data, onOpen, onSort }: Props) {
  if (data.findings.length === 0) return null
  const titleOf = (f: Finding) => data.sheets.find((s) => s.key === f.sheet)?.title ?? ''
  return (
    <section className="card" aria-label="校核">
      <header>
        <h2>校核：{data.findings.length} 处对不上</h2>
      </header>
      <ul className="stat-findings">
        {data.findings.map((f) => (
          <li key={`${f.sheet}${f.says}${f.at}`}>
            <div>
              <span className="strong">{titleOf(f)}</span>
              <span className="small t2">
                {f.at && `${f.at}：`}
                {f.says}，差 {Math.abs(f.difference)}
                {f.because && `（${f.because}）`}
              </span>
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
    </section>
  )
}
