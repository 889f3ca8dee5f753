import { useState } from 'react'
import { useAddress } from '#web/address.ts'
import { useRead, useReadPages } from '#web/api.ts'
import { useOrg } from '#web/org.ts'
import { Empty } from '#web/parts/Empty.tsx'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { type Column, ListTable } from '#web/parts/ListTable.tsx'
import { PageTitle } from '#web/parts/PageTitle.tsx'
import { Skeleton } from '#web/parts/Skeleton.tsx'
import { countText, dateText } from '#web/text.ts'
import type { Api } from '../../../platform.ts'
import { ENGAGEMENTS, type StaffRow } from '../contract.ts'
import { PersonFile } from './FilePage.tsx'
import { EnterForm, HeadcountForm } from './StaffForms.tsx'
import './politicalwork.css'

/** Who does political work in an organisation and below, for how many people, and what the rule would ask. */
export function StaffPage() {
  const { org } = useOrg()
  const [{ open }, show] = useAddress<{ open?: string }>()
  const [entering, setEntering] = useState(false)
  const list = useReadPages('politicalwork.list', { orgId: org?.id ?? '', limit: 50 }, { enabled: org !== undefined })
  const { data: gaps, error, refetch } = useRead('politicalwork.gaps', { orgId: org?.id ?? '' }, { enabled: org !== undefined })
  return (
    <>
      <PageTitle
        conclusion={gaps ? conclusionOf(gaps) : '政工人员'}
        crumb="政工人员"
        note="专职兼职、从什么时候起、做过什么培训、管多少人，都在这里；按单位和姓名排，不打分、不排名。"
        actions={
          org &&
          list.first?.can.manage && (
            <button type="button" className="button primary" onClick={() => setEntering(true)}>
              登记一人
            </button>
          )
        }
      />
      {!org && <Empty why="你还没有所在的党组织。" />}
      {org && (
        <div className="stack">
          {error && <ErrorCard error={error} again={refetch} />}
          {!gaps && !error && <Skeleton lines={3} />}
          {gaps && <Gaps org={org} gaps={gaps} />}
          <section className="card" aria-label="政工人员">
            <ListTable
              label="政工人员"
              columns={COLUMNS}
              {...list.table}
              rowKey={(s) => s.id}
              open={open}
              onOpen={(id) => show({ open: id })}
              detail={(s) => ({ title: s.name, content: <PersonFile personId={s.personId} service={s} /> })}
              empty={<Empty why="还没有登记政工人员" later="登记以后，他们的学习、服务和办结情况从记录里带出来。" />}
            />
          </section>
        </div>
      )}
      {entering && org && <EnterForm org={org} onClose={() => setEntering(false)} />}
    </>
  )
}

const COLUMNS: Column<StaffRow>[] = [
  { key: 'name', title: '姓名', render: (s) => s.name },
  { key: 'org', title: '单位和岗位', phone: 'line', render: (s) => `${s.orgName}，${s.duty}` },
  { key: 'engagement', title: '专兼职', phone: 'status', render: (s) => <span className="tag">{ENGAGEMENTS[s.engagement]}</span> },
  { key: 'from', title: '从什么时候起', render: (s) => dateText(s.from) },
  { key: 'load', title: '所管党组织和党员', render: (s) => `${s.orgs} 个，${countText(s.members)} 人` },
]

type Gaps = Api['politicalwork.gaps']['output']

function conclusionOf({ fullTime, partTime, asked }: Gaps): string {
  const have = `登记了专职 ${fullTime} 人、兼职 ${partTime} 人`
  return asked !== null && asked > fullTime ? `${have}，专职按常见口径还差 ${asked - fullTime} 人` : have
}

function Gaps({ org, gaps }: { org: { id: string; name: string }; gaps: Gaps }) {
  const [setting, setSetting] = useState(false)
  return (
    <section className="card" aria-label="配备情况">
      <header>
        <h2>配备情况</h2>
        {gaps.can.set && (
          <button type="button" className="button small" onClick={() => setSetting(true)}>
            {gaps.employees === null ? '登记职工人数' : '更新职工人数'}
          </button>
        )}
      </header>
      <div className="inside">
        <p>
          党员 {countText(gaps.members)} 人
          {gaps.employees === null
            ? '，还没有登记职工人数，不能对照。'
            : `，职工 ${countText(gaps.employees)} 人（${dateText(gaps.asOf!)}），按 1% 应有专职 ${gaps.asked} 人，现有 ${gaps.fullTime} 人。`}
        </p>
        <p className="small t3">{gaps.rule}</p>
      </div>
      {setting && <HeadcountForm org={org} gaps={gaps} onClose={() => setSetting(false)} />}
    </section>
  )
}
