import { Link } from '@tanstack/react-router'
import { useRead } from '#web/api.ts'
import { Due } from '#web/parts/Due.tsx'
import { holds, useSession } from '#web/session.ts'

/** On the workbench: who of those being developed is due next. Nothing is shown where nobody is. */
export function ComingCard({ id }: { id: string }) {
  const session = useSession()
  const { data } = useRead('development.list', { orgId: id, limit: 3 }, { enabled: holds(session, 'development.read') })
  const coming = data?.items.filter(({ dueOn }) => dueOn !== null) ?? []
  if (coming.length === 0) return null
  return (
    <section className="card">
      <header>
        <h2>发展党员</h2>
        <Link to="/development" className="small">
          全部
        </Link>
      </header>
      <ul className="inside stack">
        {coming.map((c) => (
          <li key={c.id} className="row">
            <Link to={`/development/${c.id}` as '/development'} className="grow">
              {c.name}：{c.due}
            </Link>
            <Due due={c.dueOn} shape="line" />
          </li>
        ))}
      </ul>
    </section>
  )
}
