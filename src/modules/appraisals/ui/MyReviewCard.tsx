import { Link } from '@tanstack/react-router'
import { useRead } from '#web/api.ts'
import { Icon } from '#web/parts/Icon.tsx'

/** On the workbench: the 民主评议 that waits for one's own words. Nothing waiting, nothing shown. */
export function MyReviewCard() {
  const { data } = useRead('appraisals.list', { limit: 5 })
  const open = (data?.items ?? []).find((r) => r.state === 'selfReview')
  const mine = useRead('appraisals.get', { id: open?.id ?? '' }, { enabled: open !== undefined })
  if (!open || !mine.data?.mine || mine.data.mine.reviewed) return null
  return (
    <section className="card">
      <ul className="plain-links">
        <li>
          <Link to={`/appraisal/${open.id}`}>
            <span className="grow">
              <b>写 {open.year} 年个人自评</b>
              <small className="t2 small">写几句实在的话就行，只有你和支委会看得到</small>
            </span>
            <Icon name="right" />
          </Link>
        </li>
      </ul>
    </section>
  )
}
