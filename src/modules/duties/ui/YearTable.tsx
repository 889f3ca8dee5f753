import { type KeyboardEvent, useRef } from 'react'
import { Status } from '#web/parts/Status.tsx'
import { dateText } from '#web/text.ts'
import { DUTY_KINDS, type DutyKind, type DutyView, frequencyText, type RuleLine } from '../contract.ts'
import { lookOf } from './words.ts'

interface Props {
  year: number
  duties: readonly DutyView[]
  rules: readonly RuleLine[]
  day: string
  onOpen: (duty: DutyView) => void
}

const MONTHS = Array.from({ length: 12 }, (_, i) => i + 1)

/** Months across, duties down; what counts by the quarter is as wide as a quarter. Arrow keys go from cell to cell. */
export function YearTable({ year, duties, rules, day, onOpen }: Props) {
  const body = useRef<HTMLTableSectionElement>(null)
  const now = Number(day.slice(0, 4)) === year ? Number(day.slice(5, 7)) : 0
  return (
    <div className="duty-scroll">
      <table className="duty-year" aria-label={`${year} 年应办事项`}>
        <thead>
          <tr>
            <th scope="col">事项</th>
            {MONTHS.map((m) => (
              <th key={m} scope="col" className={m === now ? 'now' : ''} aria-current={m === now ? 'date' : undefined}>
                {m}月
              </th>
            ))}
          </tr>
        </thead>
        <tbody ref={body} onKeyDown={(event) => moveFocus(event, body.current!)}>
          {rowsOf(duties).map(({ key, duty, of }) => (
            <tr key={key}>
              <th scope="row">
                <b>{DUTY_KINDS[duty]}</b>
                <RuleShort rule={rules.find((r) => r.id === of[0]!.ruleId)} />
              </th>
              {cellsOf(of).map(({ from, to, duty: d }) => (
                <td key={from} colSpan={to - from + 1} className={d ? `duty-${d.state} ${d.from > day ? 'ahead' : ''}` : 'none'}>
                  {d ? <Cell duty={d} day={day} onOpen={onOpen} /> : <span className="t3 tiny">不适用</span>}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** 每季 1 次; where the regulation names no frequency, the practice and the unit's own rule are told apart. */
const RuleShort = ({ rule }: { rule: RuleLine | undefined }) =>
  rule === undefined ? null : (
    <small className="t2">
      {rule.duty === 'committeeSetUp'
        ? '应设立，不计次数'
        : rule.strength === 'may' && rule.layer === 'central'
          ? `通行做法${frequencyText(rule)}（条例未定频次）`
          : `${rule.layer === 'unit' ? '本单位 ' : ''}${frequencyText(rule)}`}
    </small>
  )

function Cell({ duty, day, onOpen }: { duty: DutyView; day: string; onOpen: (duty: DutyView) => void }) {
  const look = lookOf(duty, day)
  return (
    <button type="button" className="duty-cell" onClick={() => onOpen(duty)}>
      <span className="hidden-text">
        {duty.periodName}
        {duty.title}
      </span>
      <Status kind={look.kind}>{look.words}</Status>
      {duty.heldOn.length > 0 && <small>{duty.heldOn.map((on) => dateText(on).replace(/^\d+年/, '')).join('、')}</small>}
    </button>
  )
}

/** One row for each duty and length of period: a rule may change within the year. */
function rowsOf(duties: readonly DutyView[]): { key: string; duty: DutyKind; of: DutyView[] }[] {
  const lengthOf = ({ period }: DutyView) => period.slice(5, 6) || 'Y'
  const groups = Map.groupBy(duties, (d) => `${d.duty} ${/\d/.test(lengthOf(d)) ? 'M' : lengthOf(d)}`)
  return [...groups].map(([key, of]) => ({ key, duty: of[0]!.duty, of }))
}

/** The row from January to December, with gaps where nothing is owed. */
function cellsOf(of: readonly DutyView[]): { from: number; to: number; duty?: DutyView }[] {
  const cells: { from: number; to: number; duty?: DutyView }[] = []
  let next = 1
  for (const duty of [...of].sort((a, b) => (a.from < b.from ? -1 : 1))) {
    const [from, to] = [Number(duty.from.slice(5, 7)), Number(duty.dueOn.slice(5, 7))]
    if (from > next) cells.push({ from: next, to: from - 1 })
    cells.push({ from, to, duty })
    next = to + 1
  }
  if (next <= 12) cells.push({ from: next, to: 12 })
  return cells
}

/** Arrow keys: left and right through the row, up and down to the cell nearest above or below. */
export function moveFocus(event: KeyboardEvent, body: HTMLElement) {
  const rows = [...body.querySelectorAll('tr')].map((row) => [...row.querySelectorAll<HTMLElement>('button, a')])
  const at = document.activeElement as HTMLElement
  const y = rows.findIndex((row) => row.includes(at))
  const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key]
  if (y < 0 || !step) return
  event.preventDefault()
  const [dx, dy] = step as [number, number]
  if (dx !== 0) return rows[y]![rows[y]!.indexOf(at) + dx]?.focus()
  const x = (e: HTMLElement) => e.getBoundingClientRect().left
  const target = rows.slice(dy > 0 ? y + 1 : 0, dy > 0 ? undefined : y).filter((row) => row.length > 0)
  const row = dy > 0 ? target[0] : target.at(-1)
  row?.reduce((a, b) => (Math.abs(x(b) - x(at)) < Math.abs(x(a) - x(at)) ? b : a)).focus()
}
