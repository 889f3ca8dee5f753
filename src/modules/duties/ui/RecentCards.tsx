import { Link } from '@tanstack/react-router'
import { useRead } from '#web/api.ts'
import { Icon } from '#web/parts/Icon.tsx'
import { Seal } from '#web/parts/Seal.tsx'
import { holds, useSession } from '#web/session.ts'
import { dateText } from '#web/text.ts'

/** Records that wait for a signature, and what was recorded last. */
export function RecentCards({ orgId, canRecord }: { orgId: string; canRecord: boolean }) {
  const mayRead = holds(useSession(), 'meetings.read')
  const waiting = useRead('meetings.list', { orgId, state: 'submitted', limit: 20 }, { enabled: canRecord && mayRead })
  const recent = useRead('meetings.list', { orgId, limit: 6 }, { enabled: mayRead })
  const done = (recent.data?.items ?? []).filter((m) => m.state === 'signed' || m.state === 'archivedOnPaper').slice(0, 5)
  return (
    <>
      {waiting.data && waiting.data.items.length > 0 && (
        <section className="card" aria-label="等签字">
          <header>
            <h2>等签字</h2>
            <span className="small t3">{waiting.data.next ? '20 份以上' : `${waiting.data.items.length} 份`}</span>
          </header>
          <ul className="plain-links duty-lines">
            {waiting.data.items.slice(0, 3).map((m) => (
              <li key={m.id}>
                <Link to={`/meetings/${m.id}`}>
                  <Icon name="document" />
                  <span className="grow ellipsis">{m.title}</span>
                  <span className="tiny t3 nowrap">{dateText(m.heldOn)}</span>
                </Link>
              </li>
            ))}
          </ul>
        </section>
      )}
      {recent.data && (
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
      )}
    </>
  )
}
