import { useDeferredValue } from 'react'
import { ORG_KINDS } from '#modules/organisation/contract.ts'
import { useReadPages } from '#web/api.ts'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { Skeleton } from '#web/parts/Skeleton.tsx'
import type { Api } from '../../../platform.ts'
import { CHANGES } from '../contract.ts'

type Asked = Api['duties.previewRule']['input']

/** Before a rule is stored: how many branches would owe it, how often in a whole year, and for whom that is new. */
export function RuleImpact({ asked, replaces }: { asked: Pick<Asked, 'orgId' | 'from' | 'body'>; replaces: string | undefined }) {
  const input = useDeferredValue(JSON.stringify({ ...asked, ...(replaces ? { replaces } : {}), limit: 10 }))
  const { first, items: rows, isPending, error, again, more } = useReadPages('duties.previewRule', JSON.parse(input) as Asked)
  if (error) return <ErrorCard error={error} again={again} />
  if (isPending || !first) return <Skeleton lines={3} />
  const { year, branches, before, after, kinds, changed } = first
  return (
    <section className="note duty-impact" aria-label="登记以后谁应办什么">
      <div className="grow">
        <p className="strong" role="status">
          {changed === 0 ? `登记以后，${branches} 个支部应办的都不变` : `登记以后，${branches} 个支部中有 ${changed} 个应办的会变`}
        </p>
        <p>
          按 {year} 年全年算：应办的支部 {before.branches} → {after.branches} 个，一共 {before.times} → {after.times} 次。
        </p>
        <p className="t2">{kinds.map((k) => `${ORG_KINDS[k.kind]} ${k.branches} 个，应办 ${k.owing} 个`).join('；')}</p>
        {rows.length > 0 && (
          <ul className="lines">
            {rows.map((r) => (
              <li key={r.orgId}>
                <span className="grow">
                  {r.name} <small className="t3">正式党员 {r.fullMembers} 人</small>
                  <small className="t2 duty-block">
                    {r.before?.text ?? '没有要求'} → {r.after?.text ?? '没有要求'}
                  </small>
                </span>
                <span className="tag">{CHANGES[r.change]}</span>
              </li>
            ))}
          </ul>
        )}
        {more && (
          <button type="button" className="button text small" onClick={more}>
            再看几个
          </button>
        )}
      </div>
    </section>
  )
}
