import type { ReactNode } from 'react'
import { BRANCH_KINDS, type OrgKind } from '#modules/organisation/contract.ts'
import { useAddress } from '#web/address.ts'
import { useReadPages } from '#web/api.ts'
import { useOrg } from '#web/org.ts'
import { Empty } from '#web/parts/Empty.tsx'
import { type Column, ListTable } from '#web/parts/ListTable.tsx'
import { PageTitle } from '#web/parts/PageTitle.tsx'
import { Status } from '#web/parts/Status.tsx'
import { Tabs } from '#web/parts/Tabs.tsx'
import type { Api } from '../../../platform.ts'
import { OwnElection } from './OwnElection.tsx'
import './elections.css'

type View = 'own' | 'terms' | 'vacancies'
type Term = Api['elections.terms']['output']['items'][number]
type Vacancy = Api['elections.vacancies']['output']['items'][number]

/** 换届: the own organisation's way; for a committee also what ends soon and what is vacant below. */
export function ElectionsPage() {
  const { org } = useOrg()
  const [{ view: asked }, show] = useAddress<{ view?: View }>()
  if (!org) return <Empty why="你还没有所在的党组织" />
  const branch = BRANCH_KINDS.includes(org.kind as OrgKind)
  const view = asked ?? (branch ? 'own' : 'terms')
  const tabs = (
    <Tabs<View>
      label="看什么"
      active={view}
      onChange={(to) => show({ view: to })}
      tabs={[
        { key: 'own', label: '本届换届' },
        { key: 'terms', label: '任期届满' },
        { key: 'vacancies', label: '班子缺额' },
      ]}
    />
  )
  if (view === 'terms') return <Terms orgId={org.id} tabs={tabs} />
  if (view === 'vacancies') return <Vacancies orgId={org.id} tabs={tabs} />
  return <OwnElection org={org} tabs={tabs} />
}

function Terms({ orgId, tabs }: { orgId: string; tabs: ReactNode }) {
  const list = useReadPages('elections.terms', { orgId, limit: 50 })
  const over = list.items.filter(({ level }) => level === 'over').length
  const left = list.items.length - over
  const conclusion = list.isPending
    ? '任期届满'
    : list.items.length === 0
      ? '半年内没有届满的任期'
      : [over > 0 && `${over} 个党组织任期已届满`, left > 0 && `${left} 个半年内届满`].filter(Boolean).join('，')
  return (
    <>
      <PageTitle conclusion={conclusion} note={list.first?.source} />
      <section className="card">
        {tabs}
        <ListTable
          label="任期届满"
          columns={TERMS}
          {...list.table}
          rowKey={(row) => row.orgId}
          empty={<Empty done why="半年内没有届满的任期" later="届满前 6 个月、3 个月、1 个月各提示一次。" />}
        />
      </section>
    </>
  )
}

const TERMS: Column<Term>[] = [
  { key: 'org', title: '党组织', render: (row) => row.orgName, width: 220 },
  { key: 'until', title: '届满', phone: 'line', render: (row) => row.until },
  {
    key: 'level',
    title: '离届满',
    phone: 'status',
    render: (row) =>
      row.level === 'over' ? (
        <Status kind="late">已过 {-row.daysLeft} 天</Status>
      ) : (
        <Status kind={row.level === 'six' ? 'calm' : 'soon'}>剩 {row.daysLeft} 天</Status>
      ),
  },
  { key: 'state', title: '换届办到', render: (row) => row.stateName ?? <span className="t3">还没有开始</span> },
]

function Vacancies({ orgId, tabs }: { orgId: string; tabs: ReactNode }) {
  const list = useReadPages('elections.vacancies', { orgId, limit: 50 })
  return (
    <>
      <PageTitle
        conclusion={list.isPending ? '班子缺额' : list.items.length === 0 ? '班子没有缺额' : `班子缺 ${list.items.length} 个职务`}
        note="本届任期里有人任过、现在没有人任的职务；增补委员在请示与批复里报送"
      />
      <section className="card">
        {tabs}
        <ListTable
          label="班子缺额"
          columns={VACANCIES}
          {...list.table}
          rowKey={(row) => `${row.orgId}${row.role}`}
          empty={<Empty done why="班子没有缺额" />}
        />
      </section>
    </>
  )
}

const VACANCIES: Column<Vacancy>[] = [
  { key: 'org', title: '党组织', render: (row) => row.orgName, width: 220 },
  { key: 'role', title: '职务', phone: 'line', render: (row) => row.roleName },
  { key: 'since', title: '从哪天起', render: (row) => row.since },
  { key: 'days', title: '空缺', phone: 'status', render: (row) => <Status kind={row.days > 90 ? 'late' : 'soon'}>{row.days} 天</Status> },
]
