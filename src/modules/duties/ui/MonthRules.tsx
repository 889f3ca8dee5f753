import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { addDays, addMonths, today } from '#kernel/civilDate.ts'
import { useRead } from '#web/api.ts'
import { Icon } from '#web/parts/Icon.tsx'
import { Status } from '#web/parts/Status.tsx'
import { dateText } from '#web/text.ts'
import { type DutyView, frequencyText } from '../contract.ts'
import { DutyPanel } from './DutyPanel.tsx'
import './duties.css'
import { lookOf } from './words.ts'

/** Beside the month of 组织生活: what the rules ask for in this month, by the centre and by the unit, and how it stands. `id` is org/month. */
export function MonthRules({ id }: { id: string }) {
  const [orgId, month] = id.split('/') as [string, string]
  const [opened, setOpened] = useState<DutyView>()
  const last = addDays(addMonths(`${month}-01`, 1), -1)
  const asAt = last < today() ? last : today()
  const { data } = useRead('duties.year', { orgId, year: Number(month.slice(0, 4)), ...(asAt === today() ? {} : { asAt }) })
  const rules = useRead('duties.rules', { orgId })
  if (!data || data.duties.length === 0) return null
  const duties = data.duties.filter((d) => d.from <= last && d.dueOn >= `${month}-01` && d.duty !== 'committeeSetUp')
  const below = (rules.data?.items ?? []).filter((r) => r.belowCentral && r.from <= last && (!r.until || r.until > `${month}-01`))
  const layer = (d: DutyView, of: 'central' | 'unit') =>
    (rules.data?.items ?? []).find((r) => r.body.duty === d.duty && r.body.layer === of && r.from <= last && (!r.until || r.until > last))
  return (
    <>
      <section className="card" aria-label="规则状态">
        <header>
          <h2>规则状态</h2>
          <Link to="/duties/rules" search={{ org: orgId } as never} className="small">
            看条款
          </Link>
        </header>
        <table className="table compact duty-rules-side">
          <thead>
            <tr>
              <th scope="col">活动</th>
              <th scope="col">中央最低 / 本单位</th>
              <th scope="col">本期</th>
              <th scope="col">状态</th>
            </tr>
          </thead>
          <tbody>
            {duties.map((d) => {
              const [central, unit] = [layer(d, 'central'), layer(d, 'unit')]
              const look = lookOf(d, asAt)
              return (
                <tr key={`${d.duty} ${d.period}`}>
                  <th scope="row">{d.title}</th>
                  <td>
                    <span className="t2">
                      {central &&
                        (central.body.strength === 'may'
                          ? `通行做法${frequencyText(central.body)}（条例未定频次）`
                          : frequencyText(central.body))}
                    </span>
                    {unit && <span className="duty-unit">{frequencyText(unit.body)}</span>}
                  </td>
                  <td>
                    <button type="button" className="prov" onClick={() => setOpened(d)}>
                      {d.from > asAt ? '未到时间' : `${d.periodName} ${d.met}/${d.expected}`}
                      <span className="hidden-text">，看{d.title}的依据</span>
                    </button>
                  </td>
                  <td>
                    {d.from > asAt ? <span className="t3">{dateText(d.dueOn)}前</span> : <Status kind={look.kind}>{look.words}</Status>}
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </section>
      {below.map((r) => (
        <div key={r.id} className="note zhe">
          <Icon name="warning" />
          <div>
            <p className="strong">单位规定低于中央规定</p>
            <p>
              {r.orgName}「{r.wording}」（{r.source}）。{r.belowCentral}
            </p>
          </div>
        </div>
      ))}
      {opened && (
        <DutyPanel
          orgId={orgId}
          duty={opened}
          rules={data.rules}
          day={asAt}
          canRecord={data.can.record}
          onClose={() => setOpened(undefined)}
        />
      )}
    </>
  )
}
