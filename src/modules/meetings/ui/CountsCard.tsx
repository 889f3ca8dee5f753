import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useRead } from '#web/api.ts'
import { Icon } from '#web/parts/Icon.tsx'
import { Status } from '#web/parts/Status.tsx'
import { COUNT_STATES, type PlanView } from '../contract.ts'
import { OpenCount } from './OpenCount.tsx'

/** On the page of a plan: votes on paper, each counted by two; a new one opens only when enough have come. */
export function CountsCard({ p }: { p: PlanView }) {
  const [opening, setOpening] = useState(false)
  const { data } = useRead('meetings.counts', { planId: p.id }, { enabled: !p.hidden })
  const may = p.can.tick === true
  if (!data || (data.items.length === 0 && !may)) return null
  return (
    <section className="card">
      <header>
        <h2>纸票计数</h2>
        {may && (
          <button type="button" className="button small" onClick={() => setOpening(true)}>
            开始计数
          </button>
        )}
      </header>
      {data.items.length === 0 ? (
        <p className="inside small t2">用纸票表决的，计票人和监票人各自清点、各自录入，一致了才出结果。</p>
      ) : (
        <ul className="plain-links">
          {data.items.map((c) => (
            <li key={c.id}>
              <Link to={`/meetings/counts/${c.id}`}>
                <b className="grow">{c.title}</b>
                <Status kind={c.state === 'agreed' ? 'done' : c.state === 'dropped' ? 'wrong' : 'soon'}>{COUNT_STATES[c.state]}</Status>
                <Icon name="right" />
              </Link>
            </li>
          ))}
        </ul>
      )}
      {opening && <OpenCount p={p} onClose={() => setOpening(false)} />}
    </section>
  )
}
