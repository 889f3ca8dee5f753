import { Link } from '@tanstack/react-router'
import { today, weekday } from '#kernel/civilDate.ts'
import { MonthTable } from '#web/parts/MonthTable.tsx'
import { ENTRY_KINDS, type Entry } from '../contract.ts'

/** So many of a day are shown; the rest stands in one line that opens the day's list. */
const SHOWN = 4

/** A month with seven columns; each thing leads to its page. */
export function MonthGrid({ month, items }: { month: string; items: readonly Entry[] }) {
  const byDay = Map.groupBy(items, (i) => i.day)
  return (
    <MonthTable month={month} className="cal-month">
      {(day) => <Day key={day} day={day} outside={day.slice(0, 7) !== month} items={byDay.get(day) ?? []} />}
    </MonthTable>
  )
}

function Day({ day, outside, items }: { day: string; outside: boolean; items: readonly Entry[] }) {
  const rest = items.find((i) => i.kind === 'rest')
  const things = items.filter((i) => i.kind !== 'rest')
  const off = rest ? rest.state === 'off' : weekday(day) > 5
  const looks = [off && 'off', outside && 'outside', day === today() && 'now'].filter(Boolean).join(' ')
  return (
    <td className={looks}>
      <p className="cal-day">
        <b>{Number(day.slice(8))}</b>
        <small>{day === today() ? '今天' : rest?.title}</small>
      </p>
      {things.slice(0, SHOWN).map((i) => (
        <Chip key={i.key} entry={i} />
      ))}
      {things.length > SHOWN && (
        <details className="cal-rest">
          <summary>还有 {things.length - SHOWN} 件</summary>
          {things.slice(SHOWN).map((i) => (
            <Chip key={i.key} entry={i} />
          ))}
        </details>
      )}
    </td>
  )
}

function Chip({ entry: i }: { entry: Entry }) {
  const [path, query] = i.open!.split('?')
  return (
    <Link
      to={path!}
      search={Object.fromEntries(new URLSearchParams(query)) as never}
      className={`cal-entry is-${i.kind} is-${i.state}`}
      title={[ENTRY_KINDS[i.kind], i.start && `${i.start}–${i.end}`, i.title, i.note].filter(Boolean).join(' · ')}
    >
      <span className="ellipsis">
        {i.start && <b>{i.start} </b>}
        {i.title}
      </span>
      {i.state === 'late' && <span className="hidden-text">，已逾期</span>}
      {i.state === 'done' && <span className="hidden-text">，已办</span>}
      {i.state === 'exempt' && <span className="hidden-text">，已豁免</span>}
    </Link>
  )
}
