import { Link } from '@tanstack/react-router'
import { useRead } from '#web/api.ts'
import { Seal } from '#web/parts/Seal.tsx'
import { holds, useSession } from '#web/session.ts'
import { dateText } from '#web/text.ts'

/** What was done last: signed records, each with its seal. */
export function RecentCard({ orgId }: { orgId: string }) {
  const mayRead = holds(useSession(), 'meetings.read')
  const { data } = useRead('meetings.list', { orgId, limit: 20 }, { enabled: mayRead })
  if (!data) return null
  const done = data.items.filter((m) => m.state === 'signed' || m.state === 'archivedOnPaper').slice(0, 5)
  return (
    <section className="card" aria-label="最近办的">
      <header>
        <h2>最近办的</h2>
        <Link to="/meetings/list" search={{ org: orgId } as never} className="small">
          全部会议
        </Link>
      </header>
      {done.length === 0 ? (
        <p className="inside t2">还没有签过字的会议记录。签字以后会出现在这里。</p>
      ) : (
        <ul className="plain-links duty-lines">
          {done.map((m) => (
            <li key={m.id}>
              <Link to={`/meetings/${m.id}`}>
                <Seal />
                <span className="grow ellipsis">{m.title}</span>
                <span className="tiny t3 nowrap">{dateText(m.heldOn)}</span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
