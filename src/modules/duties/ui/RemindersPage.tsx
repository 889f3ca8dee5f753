import { Link } from '@tanstack/react-router'
import { today } from '#kernel/civilDate.ts'
import { useAddress } from '#web/address.ts'
import { useRead, useReadPages } from '#web/api.ts'
import { useOrg } from '#web/org.ts'
import { DateField } from '#web/parts/DateField.tsx'
import { Due } from '#web/parts/Due.tsx'
import { Empty } from '#web/parts/Empty.tsx'
import { type Column, ListTable } from '#web/parts/ListTable.tsx'
import { PageTitle } from '#web/parts/PageTitle.tsx'
import { dateText } from '#web/text.ts'
import type { Api } from '../../../platform.ts'
import './duties.css'

type Row = Api['duties.reminders']['output']['items'][number]

/** Who is reminded of what on a day; whoever has done it already is not. */
export function RemindersPage() {
  const { org } = useOrg()
  const [{ day = today() }, change] = useAddress<{ day?: string }>()
  const list = useReadPages('duties.reminders', { orgId: org?.id ?? '', day }, { enabled: org !== undefined })
  const { data: count } = useRead('duties.reminderCount', { orgId: org?.id ?? '', day }, { enabled: org !== undefined })
  if (!org) return <Empty why="你还没有所在的党组织，这里没有提醒。" />
  const when = day === today() ? '今天' : dateText(day)
  return (
    <>
      <PageTitle
        crumb="会提醒谁"
        conclusion={conclusionOf(when, count)}
        note="到期前提醒：按月的提前 10 天，按季 20 天，半年 30 天，全年 60 天。办过的不提醒。提醒显示在各人的工作台和右上角的铃铛；看过去的日子，按现在的记录推算。"
      />
      <section className="card">
        <div className="list-tools">
          <span className="small t2">看哪一天</span>
          <DateField aria-label="看哪一天的提醒" value={day} onChange={(d) => change({ day: d ?? undefined })} />
        </div>
        <ListTable
          label={`${when}的提醒`}
          columns={columnsOf(day)}
          {...list.table}
          rowKey={(r) => `${r.orgId} ${r.duty.duty} ${r.duty.period}`}
          empty={<Empty done why={`${when}没有临近到期还没办的事。`} later="换一天看看：到期前会自动列在这里。" />}
          foot="按组织架构排列"
        />
      </section>
    </>
  )
}

/** Nothing is claimed before the server has counted. */
function conclusionOf(when: string, count: { count: number; more: boolean } | undefined): string {
  if (!count) return '会提醒谁'
  return count.count === 0 ? `${when}不用提醒谁` : `${when}提醒 ${count.count} 件${count.more ? '以上' : ''}`
}

const columnsOf = (day: string): Column<Row>[] => [
  {
    key: 'duty',
    title: '事项',
    render: ({ orgId, duty }) => (
      <Link to="/duties" search={{ org: orgId, year: Number(duty.from.slice(0, 4)), open: `${duty.duty} ${duty.period}` } as never}>
        {duty.periodName}
        {duty.title}
      </Link>
    ),
  },
  { key: 'org', title: '支部', render: (r) => r.orgName, phone: 'line' },
  {
    key: 'to',
    title: '提醒谁',
    phone: 'line',
    render: ({ to }) =>
      to.length > 0 ? (
        to.map(({ name, post, you }) => `${you ? '你' : name}（${post}）`).join('、')
      ) : (
        <span className="hu">没有支委任职，无人可提醒</span>
      ),
  },
  { key: 'due', title: '期限', render: (r) => <Due due={r.duty.dueOn} now={day} />, phone: 'status' },
]
