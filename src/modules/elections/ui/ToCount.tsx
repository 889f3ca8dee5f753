import { Link } from '@tanstack/react-router'
import { useRead } from '#web/api.ts'

/** For 监票人 and 计票人: the ballots that wait for their figures. Nothing when there are none. */
export function ToCount(_: { id: string }) {
  const { data } = useRead('elections.toCount', {})
  if (!data || data.items.length === 0) return null
  return (
    <section className="card" aria-label="等我录入的计票">
      <header>
        <h2>等我录入的计票</h2>
      </header>
      <ul className="inside stack">
        {data.items.map((e) => (
          <li key={e.id}>
            <Link to="/elections/count" search={{ open: e.id } as never}>
              {e.orgName}换届选举，第 {e.round} 轮
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
