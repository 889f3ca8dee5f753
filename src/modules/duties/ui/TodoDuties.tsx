import { useRead } from '#web/api.ts'
import { TaskRow } from '#web/parts/TaskRow.tsx'
import { byUrgency, soFarText } from './words.ts'

/** In the to-do list of a person: what one of their organisations still owes, for who records there. Nothing owed, nothing shown. */
export function TodoDuties({ id }: { id: string }) {
  const { data: now } = useRead('duties.now', { orgId: id })
  if (!now?.can.record || !now.isBranch) return null
  const rows = byUrgency(now.open).filter((d) => d.strength !== 'may')
  if (rows.length === 0) return null
  return (
    <section className="card" aria-label={`${now.name}应办的组织生活`}>
      <header>
        <h2>{now.name}应办的组织生活</h2>
        <span className="small t2">{rows.length} 项</span>
      </header>
      <ul>
        {rows.map((d) => (
          <TaskRow
            key={`${d.duty} ${d.period}`}
            due={d.dueOn}
            now={now.day}
            title={`${d.periodName}${d.title}`}
            line={soFarText(d, now.day)}
            to="/duties"
            search={{ org: now.orgId }}
            action="去安排"
          />
        ))}
      </ul>
    </section>
  )
}
