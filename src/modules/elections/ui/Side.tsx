import { Link } from '@tanstack/react-router'
import { useRead } from '#web/api.ts'
import { Status } from '#web/parts/Status.tsx'
import { holds, useSession } from '#web/session.ts'
import { ToCount } from './ToCount.tsx'

/** Beside the workbench: ballots to be counted, and terms that end within half a year or have ended. */
export function Side({ id }: { id: string }) {
  const session = useSession()
  const { data } = useRead('elections.terms', { orgId: id, limit: 4 }, { enabled: id !== '' && holds(session, 'elections.read') })
  const terms = data?.items ?? []
  return (
    <>
      <ToCount id={id} />
      {terms.length > 0 && (
        <section className="card" aria-label="任期届满">
          <header>
            <h2>任期届满</h2>
            <Link to="/elections" search={{ org: id } as never} className="small">
              去看看
            </Link>
          </header>
          <ul className="inside stack">
            {terms.slice(0, 3).map((t) => (
              <li key={t.orgId} className="row">
                <span className="grow">{t.orgName}</span>
                <Status kind={t.level === 'over' ? 'late' : t.level === 'six' ? 'calm' : 'soon'}>
                  {t.level === 'over' ? `已过 ${-t.daysLeft} 天` : `剩 ${t.daysLeft} 天`}
                </Status>
              </li>
            ))}
            {data?.next || terms.length > 3 ? <li className="small t3">还有别的，见换届</li> : null}
          </ul>
        </section>
      )}
    </>
  )
}
