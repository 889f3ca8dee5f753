import { Link } from '@tanstack/react-router'
import { useRead } from '#web/api.ts'
import { Status } from '#web/parts/Status.tsx'
import { holds, useSession } from '#web/session.ts'
import { dateText } from '#web/text.ts'
import './requests.css'

/** The requests about one person or procedure, for other pages. */
export function RequestsOf({ id }: { id: string }) {
  const session = useSession()
  const { data } = useRead('requests.list', { aboutId: id, limit: 20 }, { enabled: holds(session, 'requests.read') })
  if (!data || data.items.length === 0) return null
  return (
    <section className="card">
      <header>
        <h2>请示与批复</h2>
      </header>
      <ul className="inside requests-of">
        {data.items.map((r) => (
          <li key={r.id}>
            <Link to="/requests" search={{ open: r.id } as never}>
              {r.kindName}
            </Link>
            <span className="small t2">
              {dateText(r.sentOn)}报送
              {r.docNo && `，${r.docNo}`}
            </span>
            <Status kind={r.state === 'agreed' ? 'done' : r.state === 'refused' ? 'wrong' : r.state === 'returned' ? 'note' : 'calm'}>
              {r.stateName}
            </Status>
          </li>
        ))}
      </ul>
    </section>
  )
}
