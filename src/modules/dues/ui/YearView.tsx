import { type ReactNode, useState } from 'react'
import { today } from '#kernel/civilDate.ts'
import { downloadOf, useRead } from '#web/api.ts'
import { Empty } from '#web/parts/Empty.tsx'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { Icon } from '#web/parts/Icon.tsx'
import { PageTitle } from '#web/parts/PageTitle.tsx'
import { PaperLinks } from '#web/parts/PaperLinks.tsx'
import { Skeleton } from '#web/parts/Skeleton.tsx'
import { StepButton } from '#web/parts/StepButton.tsx'
import { dateText } from '#web/text.ts'
import type { Api } from '../../../platform.ts'
import { yuan } from '../contract.ts'

/** The year's sums, for every member of the branch: no names. */
export function YearView({ orgId, tabs }: { orgId: string; tabs: ReactNode }) {
  const now = Number(today().slice(0, 4))
  const [year, setYear] = useState(now)
  const { data, error, refetch } = useRead('dues.year', { orgId, year })
  if (error) return <ErrorCard error={error} again={refetch} />
  if (!data) return <Skeleton lines={8} />
  const told = data.disclosedOn ? `，${dateText(data.disclosedOn)}已公布` : ''
  return (
    <>
      <PageTitle
        conclusion={data.months.length === 0 ? `${year} 年还没有党费记录` : conclusionOf(data, told)}
        note={`党费收缴情况每年向党员公布，只列合计；${data.source}`}
        actions={
          data.months.length > 0 && (
            <>
              <PaperLinks
                label="公布表"
                of={(format) => downloadOf('dues.yearWord', { orgId, year, format })}
                excel={downloadOf('dues.yearSheet', { orgId, year })}
              />
              {data.can.disclose && (
                <StepButton
                  name="dues.disclose"
                  kind="primary"
                  label={data.disclosedOn ? '再公布一次' : '向党员公布'}
                  input={{ orgId, year }}
                  can
                  done="已记下公布日期"
                />
              )}
            </>
          )
        }
      />
      <section className="card">
        {tabs}
        <div className="list-tools">
          <div className="row dues-month">
            <button type="button" className="button small" aria-label="上一年" onClick={() => setYear(year - 1)}>
              <Icon name="left" />
            </button>
            <span className="strong nowrap">{year} 年</span>
            <button
              type="button"
              className="button small"
              aria-label="下一年"
              aria-disabled={year >= now || undefined}
              onClick={() => year < now && setYear(year + 1)}
            >
              <Icon name="right" />
            </button>
          </div>
        </div>
        {data.months.length === 0 ? (
          <div className="list-empty">
            <Empty why={`${year} 年还没有生成应交名单`} later="支部每月生成名单、登记交纳以后，这里自动汇总。" />
          </div>
        ) : (
          <div className="list-scroll">
            <table className="table" aria-label="各月合计">
              <thead>
                <tr>
                  <th scope="col">月份</th>
                  <th scope="col" className="right">
                    应交人数
                  </th>
                  <th scope="col" className="right">
                    交足人数
                  </th>
                  <th scope="col" className="right">
                    应交（元）
                  </th>
                  <th scope="col" className="right">
                    已交（元）
                  </th>
                </tr>
              </thead>
              <tbody>
                {data.months.map((m) => (
                  <tr key={m.month}>
                    <td>{m.month}</td>
                    <td className="right">{m.persons}</td>
                    <td className="right">{m.paidPersons}</td>
                    <td className="right">{amount(m.owed)}</td>
                    <td className="right">{amount(m.paid)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
            {data.hidden && <p className="inside small t2">{data.hidden}。</p>}
            <p className="list-foot small t2">
              经批准少交或免交 {data.reduced} 人；自愿一次多交 1,000 元以上 {data.large.count} 人次 {yuan(data.large.cents)}{' '}
              元，全部上缴中央，单列统计
              {data.small.count > 0 && `；其他自愿多交 ${yuan(data.small.cents)} 元`}
            </p>
          </div>
        )}
      </section>
    </>
  )
}

const amount = (cents: number | null) => (cents === null ? '不列' : yuan(cents))

function conclusionOf({ year, totals }: Api['dues.year']['output'], told: string): string {
  if (totals.owed === null) return `${year} 年党费收缴情况${told}`
  return `${year} 年应交 ${yuan(totals.owed)} 元${totals.paid === null ? '' : `，已交 ${yuan(totals.paid)} 元`}${told}`
}
