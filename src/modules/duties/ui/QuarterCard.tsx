import { Link } from '@tanstack/react-router'
import type { Now } from './words.ts'

/** How the branch stands this quarter, in counts; scores are looked up elsewhere, by oneself. */
export function QuarterCard({ now: { orgId, quarter } }: { now: Now }) {
  const { done, expected, overdue, name } = quarter
  return (
    <section className="card" aria-label="本季应办">
      <header>
        <h2>本季应办</h2>
        <Link to="/duties" search={{ org: orgId } as never} className="small">
          看全年
        </Link>
      </header>
      <div className="inside">
        {expected === 0 ? (
          <p className="t2">{name}没有到期的应办事项。</p>
        ) : (
          <>
            <p className="duty-count">
              <b>
                {done}/{expected}
              </b>
              <span className="t2">需要帮助 {overdue}</span>
            </p>
            <div className="duty-bar" role="img" aria-label={`${name}到期 ${expected} 项，已办 ${done} 项，逾期 ${overdue} 项`}>
              {done > 0 && <i className="done" style={{ flexGrow: done }} />}
              {expected - done - overdue > 0 && <i className="left" style={{ flexGrow: expected - done - overdue }} />}
              {overdue > 0 && <i className="late" style={{ flexGrow: overdue }} />}
            </div>
            <p className="row between small t2">
              <span>已办 {done}</span>
              <span>还没到期 {expected - done - overdue}</span>
              <span className={overdue > 0 ? 'zhe strong' : ''}>逾期 {overdue}</span>
            </p>
          </>
        )}
      </div>
    </section>
  )
}
