import { Link } from '@tanstack/react-router'
import { today, weekdayName } from '#kernel/civilDate.ts'
import { Empty } from '#web/parts/Empty.tsx'
import { Icon } from '#web/parts/Icon.tsx'
import { Status } from '#web/parts/Status.tsx'
import { dateText } from '#web/text.ts'
import { ENTRY_KINDS, type Entry } from '../contract.ts'

/** On a phone: the days on which there is something, one below the other. */
export function DayList({ items }: { items: readonly Entry[] }) {
  const days = [...Map.groupBy(items, (i) => i.day)].filter(([, of]) => of.some((i) => i.kind !== 'rest'))
  if (days.length === 0) return <Empty done why="这个月没有安排，也没有到期的事。" />
  return days.map(([day, of]) => (
    <section key={day} aria-label={dateText(day)}>
      <h3 className={`cal-head ${day === today() ? 'now' : ''}`}>
        {dateText(day)} {weekdayName(day)}
        {day === today() && <span className="tag">今天</span>}
        {of
          .filter((i) => i.kind === 'rest')
          .map((i) => (
            <span key={i.key} className="small t3">
              {i.title}
            </span>
          ))}
      </h3>
      <ul className="plain-links">
        {of
          .filter((i) => i.kind !== 'rest')
          .map((i) => (
            <li key={i.key}>
              <Line entry={i} />
            </li>
          ))}
      </ul>
    </section>
  ))
}

function Line({ entry: i }: { entry: Entry }) {
  const [path, query] = i.open!.split('?')
  return (
    <Link to={path!} search={Object.fromEntries(new URLSearchParams(query)) as never}>
      <span className="grow">
        <b>{i.title}</b>
        <small className="t2 small cal-line">
          {[i.start ? `${i.start}–${i.end}` : ENTRY_KINDS[i.kind], i.note].filter(Boolean).join(' · ')}
        </small>
      </span>
      {i.state === 'late' && <Status kind="late">逾期</Status>}
      {i.state === 'done' && <Status kind="done">已办</Status>}
      {i.state === 'exempt' && <Status kind="calm">已豁免</Status>}
      <Icon name="right" />
    </Link>
  )
}
