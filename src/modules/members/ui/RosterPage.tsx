import { Link } from '@tanstack/react-router'
import { useDeferredValue, useState } from 'react'
import { today } from '#kernel/civilDate.ts'
import { useAddress } from '#web/address.ts'
import { useReadPages } from '#web/api.ts'
import { useOrg } from '#web/org.ts'
import { Empty } from '#web/parts/Empty.tsx'
import { type Column, ListTable, type Sort } from '#web/parts/ListTable.tsx'
import { PageTitle } from '#web/parts/PageTitle.tsx'
import { SidePanel } from '#web/parts/SidePanel.tsx'
import { Status } from '#web/parts/Status.tsx'
import { Tabs } from '#web/parts/Tabs.tsx'
import { AsAtPick } from '#web/parts/YearPick.tsx'
import { holds, useSession } from '#web/session.ts'
import { countText, dateText } from '#web/text.ts'
import type { Api } from '../../../platform.ts'
import { STANDINGS, type Standing } from '../contract.ts'
import { EnrolForm } from './EnrolForm.tsx'
import { ExportButton } from './ExportButton.tsx'
import { MemberDetail } from './MemberDetail.tsx'
import './members.css'

type Row = Api['members.roster']['output']['items'][number]

const VIEWS = {
  members: { label: '党员', standings: ['fullMember', 'probationaryMember'] },
  full: { label: '正式党员', standings: ['fullMember'] },
  probationary: { label: '预备党员', standings: ['probationaryMember'] },
  coming: { label: '发展中', standings: ['applicant', 'activist', 'developmentTarget'] },
} satisfies Record<string, { label: string; standings: Standing[] }>
type View = keyof typeof VIEWS

/** Who stands on the rosters of an organisation and all below it, on a day. */
export function RosterPage() {
  const { org } = useOrg()
  const session = useSession()
  const [{ open, on }, show] = useAddress<{ open?: string; on?: string }>()
  const [view, setView] = useState<View>('members')
  const [text, setText] = useState('')
  const [suspended, setSuspended] = useState(false)
  const [sort, setSort] = useState<Sort>({ by: 'name', desc: false })
  const [enrolling, setEnrolling] = useState(false)
  const sought = useDeferredValue(text.trim())
  const filter = {
    standings: VIEWS[view].standings,
    ...(org ? { orgId: org.id } : {}),
    ...(on ? { on } : {}),
    ...(sought ? { text: sought } : {}),
    ...(suspended ? { suspended } : {}),
  }
  const list = useReadPages('members.roster', { ...filter, sort: sort.by as 'name', desc: sort.desc, limit: 50 })
  const total = list.first?.total
  const filtered = sought !== '' || suspended || view !== 'members'
  const elsewhere = open && !list.isPending && !list.items.some(({ personId }) => personId === open)

  return (
    <>
      <PageTitle
        conclusion={sought && total !== undefined ? `找到 ${countText(total)} 人` : conclusionOf(total, VIEWS[view].label, org?.name, on)}
        note={`${on ? `按 ${dateText(on)} 的名册` : '按今天的名册'}，含下级组织；应到人数和表决基数都由它算出`}
        actions={
          list.first?.can.manage && (
            <>
              <Link to="/members/import" className="button">
                从表格导入
              </Link>
              <button type="button" className="button primary" onClick={() => setEnrolling(true)}>
                编入一名党员
              </button>
            </>
          )
        }
      />
      <section className="card">
        <Tabs
          label="看哪些人"
          active={view}
          onChange={setView}
          tabs={(Object.keys(VIEWS) as View[]).map((key) => ({
            key,
            label: VIEWS[key].label,
            ...(key === view && total !== undefined ? { count: total } : {}),
          }))}
        />
        <div className="list-tools">
          <input
            className="text roster-search"
            type="search"
            aria-label="按姓名或工号的开头找"
            placeholder="姓名或工号的开头"
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
          <label className="row small t2 roster-check">
            <input type="checkbox" checked={suspended} onChange={(event) => setSuspended(event.target.checked)} /> 权利中止的
          </label>
          <AsAtPick day={on ?? today()} onChange={(day) => show({ on: day, open: undefined })} />
          <ExportButton filter={filter} total={total} />
        </div>
        <ListTable
          label="党员名册"
          columns={COLUMNS}
          {...list.table}
          rowKey={(row) => row.personId}
          total={total}
          open={open}
          onOpen={(personId) => show({ open: personId })}
          detail={(row) => ({ title: row.name, content: <MemberDetail personId={row.personId} /> })}
          sort={sort}
          onSort={setSort}
          empty={
            filtered ? (
              <Empty why={sought ? `没有姓名或工号以「${sought}」开头的人` : '没有符合条件的人'} later="换一个条件，或换一天再看。" />
            ) : (
              <Empty
                why={on ? '这一天名册上还没有人' : '名册还是空的'}
                later="放进花名册以后，应到人数、表决基数和应办的会都会自动算出来。"
                action={
                  holds(session, 'members.manage') && (
                    <Link to="/members/import" className="button">
                      导入花名册
                    </Link>
                  )
                }
              />
            )
          }
        />
      </section>
      {elsewhere && (
        <SidePanel open onClose={() => show({ open: undefined })} title="党员档案">
          <MemberDetail personId={open} />
        </SidePanel>
      )}
      {enrolling && (
        <EnrolForm
          org={org ? { id: org.id, name: org.name } : null}
          onClose={() => setEnrolling(false)}
          onDone={(personId) => show({ open: personId })}
        />
      )}
    </>
  )
}

const COLUMNS: Column<Row>[] = [
  { key: 'name', title: '姓名', render: (row) => row.name, sortable: true, width: 110 },
  { key: 'org', title: '所在支部', render: (row) => row.orgName, narrow: true, phone: 'line' },
  {
    key: 'standing',
    title: '人员类别',
    narrow: true,
    phone: 'status',
    render: (row) =>
      row.suspended ? (
        <Status kind="note">权利中止</Status>
      ) : (
        <span className={row.standing === 'fullMember' ? '' : 'hu'}>{STANDINGS[row.standing]}</span>
      ),
  },
  { key: 'joined', title: '入党日期', render: (row) => row.joined ?? <span className="t3">未填</span>, sortable: true },
  {
    key: 'since',
    title: '编入日期',
    sortable: true,
    render: (row) => (
      <span className="nowrap">
        {row.since} {row.inferred && <span className="tag">推定</span>}
      </span>
    ),
  },
  { key: 'group', title: '党小组', render: (row) => row.group ?? <span className="t3">未分组</span> },
  { key: 'job', title: '工作岗位', render: (row) => row.job ?? <span className="t3">未填</span> },
  { key: 'staffNo', title: '工号', render: (row) => row.staffNo ?? <span className="t3">未填</span>, sortable: true },
]

function conclusionOf(total: number | undefined, what: string, orgName: string | undefined, on: string | undefined): string {
  if (total === undefined) return '党员名册'
  const where = orgName || '全部组织'
  const when = on ? `${dateText(on)}` : ''
  return total === 0 ? `${where}${when ? `${when}时` : ''}还没有${what}` : `${where}${when}有${what} ${countText(total)} 人`
}
