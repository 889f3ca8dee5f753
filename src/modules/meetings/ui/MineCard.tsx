import { Link } from '@tanstack/react-router'
import { useRead } from '#web/api.ts'
import { Icon } from '#web/parts/Icon.tsx'
import { Answer } from './Answer.tsx'
import './meetings.css'
import { planWhen } from './words.ts'

/** On the workbench: meetings that this person is called to, answered right there. Nothing to come, nothing shown. */
export function MineCard() {
  const { data } = useRead('meetings.mine', {})
  const open = (data?.items ?? []).filter((p) => p.state === 'announced')
  if (open.length === 0) return null
  return (
    <section className="card">
      <header>
        <h2>通知我参加的会</h2>
        <span className="small t2">{open.length} 次</span>
      </header>
      <ul className="lines">
        {open.map((p) => (
          <li key={p.id}>
            <div className="grow called">
              <Link to={`/meetings/plans/${p.id}`} className="row">
                <span className="grow">
                  <b>{p.title}</b>
                  <br />
                  <small className="t2 small">
                    {planWhen(p)}
                    {p.place && ` · ${p.place}`} · {p.orgName}
                  </small>
                </span>
                <Icon name="right" />
              </Link>
              <Answer p={p} small />
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}
