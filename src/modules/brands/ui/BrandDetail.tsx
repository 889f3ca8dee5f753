import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useRead } from '#web/api.ts'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { Skeleton } from '#web/parts/Skeleton.tsx'
import { StepButton } from '#web/parts/StepButton.tsx'
import { dateText } from '#web/text.ts'
import { OUTCOMES, RECORD_KINDS, WITHDRAWALS } from '../contract.ts'
import { BrandForm, LinkForm, ReviewForm, WithdrawForm } from './BrandForms.tsx'
import { BrandState } from './BrandsPage.tsx'

/** One brand: its plan, the records that show it, what was said of it each year. */
export function BrandDetail({ id }: { id: string }) {
  const { data: b, error, refetch } = useRead('brands.get', { id })
  const [doing, setDoing] = useState<'edit' | 'link' | 'review' | 'withdraw' | null>(null)
  if (error) return <ErrorCard error={error} again={refetch} />
  if (!b) return <Skeleton lines={6} />
  const close = () => setDoing(null)
  return (
    <div className="stack">
      <p className="row wrap">
        <BrandState {...b} />
        <span className="t2">
          {b.orgName}，{dateText(b.begunOn)}创建{b.lead && `，${b.lead.name}负责`}
        </span>
      </p>
      <p className="strong">{b.feature}</p>
      <p className="brand-plan">{b.plan}</p>
      {b.withdrawnOn ? (
        <p className="note">
          {dateText(b.withdrawnOn)}撤下：{WITHDRAWALS[b.withdrawnWhy!]}
          {b.withdrawnNote && `，${b.withdrawnNote}`}。
        </p>
      ) : (
        <p className={b.inactive ? 'note hu' : 'small t2'}>
          {b.inactive ? `${dateText(b.inactiveFrom)}起已满一年没有活动记录。` : `${dateText(b.inactiveFrom)}前有活动记录，就算在创建。`}
        </p>
      )}
      <div className="row wrap">
        {b.can.manage && (
          <>
            <button type="button" className="button small primary" onClick={() => setDoing('link')}>
              关联记录
            </button>
            <button type="button" className="button small" onClick={() => setDoing('edit')}>
              修改
            </button>
          </>
        )}
        {b.can.review && (
          <button type="button" className="button small" onClick={() => setDoing('review')}>
            年度评议
          </button>
        )}
        {b.can.withdraw && (
          <button type="button" className="button small danger" onClick={() => setDoing('withdraw')}>
            撤下
          </button>
        )}
      </div>
      <section>
        <h3>做了什么</h3>
        {b.links.length === 0 && <p className="small t3">还没有关联记录。</p>}
        <ul className="brand-lines">
          {b.links.map((l) => (
            <li key={l.id}>
              <span className="grow">
                <Link to={l.open as '/'}>{l.says}</Link>
                <span className="small t3">
                  ，{RECORD_KINDS[l.kind]}，{dateText(l.on)}
                </span>
              </span>
              {b.can.manage && (
                <StepButton
                  name="brands.unlink"
                  kind="small"
                  label="取消关联"
                  input={{ id: b.id, version: b.version, linkId: l.id }}
                  can
                  done="已取消关联"
                />
              )}
            </li>
          ))}
        </ul>
      </section>
      {b.reviews.length > 0 && (
        <section>
          <h3>年度评议</h3>
          <ul className="brand-lines">
            {b.reviews.map((r) => (
              <li key={r.id}>
                <span>
                  <b>
                    {r.year} 年：{OUTCOMES[r.outcome]}
                  </b>
                  <br />
                  {r.text}
                  <br />
                  <span className="small t3">
                    {r.by}，{dateText(r.on)}
                  </span>
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {doing === 'edit' && <BrandForm org={{ id: b.orgId, name: b.orgName }} brand={b} onClose={close} />}
      {doing === 'link' && <LinkForm brand={b} onClose={close} />}
      {doing === 'review' && <ReviewForm brand={b} onClose={close} />}
      {doing === 'withdraw' && <WithdrawForm brand={b} onClose={close} />}
    </div>
  )
}
