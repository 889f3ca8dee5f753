import type { ReactNode } from 'react'
import { useReadPages } from '#web/api.ts'
import { Empty } from '#web/parts/Empty.tsx'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { Icon } from '#web/parts/Icon.tsx'
import { PageTitle } from '#web/parts/PageTitle.tsx'
import { Skeleton } from '#web/parts/Skeleton.tsx'

/** What was paid otherwise than owed, and what is still open of closed months: facts and dates only. */
export function ArrearsView({ orgId, tabs }: { orgId: string; tabs: ReactNode }) {
  const arrears = useReadPages('dues.arrears', { orgId, limit: 50 })
  const findings = useReadPages('dues.findings', { orgId, limit: 20 })
  const none = arrears.items.length === 0 && findings.items.length === 0
  if (arrears.error) return <ErrorCard error={arrears.error} again={arrears.again} />
  if (arrears.isPending || findings.isPending) return <Skeleton lines={8} />
  const six = arrears.items.filter(({ sixSince }) => sixSince).length
  return (
    <>
      <PageTitle
        conclusion={
          none
            ? '以前月份的党费都交足了'
            : `${arrears.items.length}${arrears.more ? ' 人以上' : ' 人'}有以前月份没交足${six > 0 ? `，其中 ${six} 人连续六个月` : ''}`
        }
        note={arrears.first?.rule}
      />
      <section className="card">
        {tabs}
        <div className="inside stack">
          {findings.items.map((f) => (
            <div key={f.personId + f.month} className="note zhe">
              <Icon name="warning" />
              <div>
                <p>{f.says}</p>
                <p className="small t2">
                  {f.remedy}。依据：{f.source}
                </p>
              </div>
            </div>
          ))}
          {none && <Empty done why="没有欠交，也没有金额不符的" />}
          {arrears.items.length > 0 && (
            <ul className="dues-lines" aria-label="欠交">
              {arrears.items.map((a) => (
                <li key={a.personId}>
                  <span>
                    <span className="strong">{a.name}</span>：{a.says}
                  </span>
                  <span className="small t3 nowrap">{a.orgName}</span>
                </li>
              ))}
            </ul>
          )}
          {arrears.more && (
            <button type="button" className="button small" onClick={arrears.more}>
              往下看
            </button>
          )}
        </div>
      </section>
    </>
  )
}
