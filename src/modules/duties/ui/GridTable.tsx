import { useRef } from 'react'
import type { Api } from '../../../platform.ts'
import { DUTY_KINDS, type DutyKind } from '../contract.ts'
import { levelOf } from './words.ts'
import { moveFocus } from './YearTable.tsx'

export type Row = Api['duties.grid']['output']['items'][number]
type Cells = Row['duties'][number]['cells']

interface Props {
  rows: readonly Row[]
  /** Numbers instead of the scale of one colour. */
  numbers: boolean
  onOpen: (orgId: string) => void
}

/** Branches down, duties across. Heads stay in sight; arrow keys go from cell to cell. */
export function GridTable({ rows, numbers, onOpen }: Props) {
  const body = useRef<HTMLTableSectionElement>(null)
  const kinds = (Object.keys(DUTY_KINDS) as DutyKind[]).filter((kind) => rows.some((r) => r.duties.some((d) => d.duty === kind)))
  return (
    <>
      <div className="duty-grid-scroll">
        <table className={`duty-grid ${numbers ? 'numbers' : ''}`} aria-label="各支部应办">
          <thead>
            <tr>
              <th scope="col">支部</th>
              {kinds.map((kind) => (
                <th key={kind} scope="col">
                  {DUTY_KINDS[kind]}
                </th>
              ))}
              <th scope="col" className="right">
                本季应办
              </th>
              <th scope="col" className="right">
                逾期未办
              </th>
            </tr>
          </thead>
          <tbody ref={body} onKeyDown={(event) => moveFocus(event, body.current!)}>
            {rows.map((row) => (
              <tr key={row.orgId}>
                <th scope="row">
                  <button type="button" className="row-open" onClick={() => onOpen(row.orgId)}>
                    {row.name}
                  </button>
                </th>
                {kinds.map((kind) => (
                  <td key={kind}>
                    <Cell row={row} kind={kind} cells={row.duties.find((d) => d.duty === kind)?.cells} numbers={numbers} onOpen={onOpen} />
                  </td>
                ))}
                <td className="right">
                  {row.quarter.done}/{row.quarter.expected}
                </td>
                <td className={`right ${row.overdue > 0 ? 'zhe strong' : 't3'}`}>{row.overdue > 0 ? `${row.overdue} 项` : '无'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {!numbers && (
        <p className="heat heat-legend duty-grid-legend" aria-hidden="true">
          少
          {[0, 1, 2, 3, 4].map((level) => (
            <i key={level} className={`h${level}`} />
          ))}
          全 <i className="h1 help" /> 需重点指导 <i className="h2 soon" /> 临期
        </p>
      )}
    </>
  )
}

interface CellProps {
  row: Row
  kind: DutyKind
  cells: Cells | undefined
  numbers: boolean
  onOpen: (orgId: string) => void
}

function Cell({ row, kind, cells, numbers, onOpen }: CellProps) {
  if (!cells) return <span className="t3 tiny">不适用</span>
  const { met, expected, overdue, soon, hint } = sumOf(cells)
  const says =
    expected === 0
      ? cells.every((c) => c.state === 'exempt')
        ? '已豁免'
        : '未到时间'
      : `${met}/${expected}${overdue > 0 ? ` 逾期 ${overdue}` : hint > 0 ? ' 供参考' : ''}`
  const label = `${row.name}，${DUTY_KINDS[kind]}：${says}${overdue > 0 ? '，需重点指导' : soon ? '，临期' : ''}`
  if (numbers)
    return (
      <button
        type="button"
        className={`duty-number ${overdue > 0 ? 'zhe strong' : soon ? 'hu' : ''}`}
        aria-label={label}
        onClick={() => onOpen(row.orgId)}
      >
        {says}
      </button>
    )
  const level = expected === 0 ? 0 : levelOf(met, expected)
  return (
    <button type="button" className="duty-heat heat" aria-label={label} title={label} onClick={() => onOpen(row.orgId)}>
      <i className={`heat-cell h${level} ${overdue > 0 ? 'help' : soon ? 'soon' : ''}`} aria-hidden="true" />
      <small className="t2" aria-hidden="true">
        {expected === 0 ? '未到' : `${met}/${expected}`}
      </small>
    </button>
  )
}

/** Of what has fallen due (or is done early): how much was asked and done. */
function sumOf(cells: Cells) {
  const counted = cells.filter((c) => c.state !== 'exempt' && (c.state !== 'open' || c.met > 0))
  const sum = (of: 'met' | 'expected') => counted.reduce((n, c) => n + c[of], 0)
  const count = (state: string) => cells.filter((c) => c.state === state).length
  return { met: sum('met'), expected: sum('expected'), overdue: count('overdue'), hint: count('hint'), soon: cells.some((c) => c.soon) }
}
