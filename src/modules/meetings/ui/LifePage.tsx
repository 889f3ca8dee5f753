import { useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { today } from '#kernel/civilDate.ts'
import { useAddress } from '#web/address.ts'
import { useReadPages } from '#web/api.ts'
import { useOrg } from '#web/org.ts'
import { Empty } from '#web/parts/Empty.tsx'
import { type Column, ListTable } from '#web/parts/ListTable.tsx'
import { PageTitle } from '#web/parts/PageTitle.tsx'
import { Status } from '#web/parts/Status.tsx'
import { Tabs } from '#web/parts/Tabs.tsx'
import { YearPick } from '#web/parts/YearPick.tsx'
import { dateText } from '#web/text.ts'
import type { Api } from '../../../platform.ts'
import './meetings.css'
import { TopicsPart } from './TopicsPart.tsx'

type View = 'first' | 'double' | 'study' | 'topics'
type First = Api['meetings.firstAgendas']['output']['items'][number]
type Leader = Api['meetings.doubleLife']['output']['items'][number]
type Studied = Api['meetings.study']['output']['items'][number]

const VIEWS: { key: View; label: string }[] = [
  { key: 'double', label: '双重组织生活' },
  { key: 'study', label: '集体学习' },
  { key: 'first', label: '第一议题' },
  { key: 'topics', label: '中心组专题' },
]

const NOTES: Record<View, string> = {
  double: '领导班子成员以普通党员身份参加所在支部组织生活的次数，由会议记录的到会名单算出，不用另报。',
  study: '党课、主题党日、中心组学习里实际到会的时间；没有记起止时间的会只计次数，不估时间。学时折算以单位规定为准。',
  topics: '党委（党总支）理论学习中心组一年的专题。安排学习时到期的专题自动进议程，记录时选上专题，这里就有了次数和落实措施。',
  first: '党委会的第一议题：学了什么，定了几件落实措施，办结几件。',
}

/** What the records of meetings say by themselves: 双重组织生活, study, and what followed from 第一议题. */
export function LifePage() {
  const { org } = useOrg()
  const [{ view = 'double', year = Number(today().slice(0, 4)) }, choose] = useAddress<{ view?: View; year?: number }>()
  if (!org) return <Empty why="你还没有所在的党组织，这里没有可看的。" />
  const asked = { orgId: org.id, year }
  return (
    <>
      <PageTitle conclusion={`${year} 年${VIEWS.find((v) => v.key === view)!.label}`} crumb="由记录算出" note={NOTES[view]} />
      <section className="card">
        <Tabs label="由记录算出" tabs={VIEWS} active={view} onChange={(key) => choose({ view: key })} />
        <div className="list-tools">
          <YearPick year={year} onChange={(y) => choose({ year: y })} />
        </div>
        {PARTS[view](asked)}
      </section>
    </>
  )
}

const PARTS: Record<View, (asked: Asked['asked']) => ReactNode> = {
  double: (asked) => <Double asked={asked} />,
  study: (asked) => <Study asked={asked} />,
  first: (asked) => <FirstAgendas asked={asked} />,
  topics: (asked) => <TopicsPart key={`${asked.orgId}${asked.year}`} {...asked} />,
}

interface Asked {
  asked: { orgId: string; year: number }
}

const tableOf = <T,>(list: ReturnType<typeof useReadPages>) => ({
  rows: list.items as T[],
  isPending: list.isPending,
  isFetching: list.isFetching,
  error: list.error,
  again: list.again,
  more: list.more,
})

function Double({ asked }: Asked) {
  const list = useReadPages('meetings.doubleLife', asked)
  return (
    <ListTable
      label="双重组织生活"
      columns={leaders}
      {...tableOf<Leader>(list as never)}
      rowKey={(l) => l.personId}
      empty={<Empty why="这里没有领导班子成员，或你看不到。" later="党委、党总支的班子成员会列在这里。" />}
    />
  )
}

const leaders: Column<Leader>[] = [
  { key: 'name', title: '姓名', render: (l) => l.name },
  { key: 'posts', title: '班子', render: (l) => l.posts, phone: 'line' },
  { key: 'called', title: '所在支部召开', align: 'right', render: (l) => l.called },
  { key: 'last', title: '最近一次', render: (l) => (l.last ? dateText(l.last) : '还没有'), phone: 'line' },
  {
    key: 'came',
    title: '参加',
    align: 'right',
    render: (l) => <Status kind={l.came > 0 ? 'done' : 'soon'}>{`${l.came} 次`}</Status>,
    phone: 'status',
  },
]

function Study({ asked }: Asked) {
  const list = useReadPages('meetings.study', asked)
  return (
    <ListTable
      label="集体学习"
      columns={studied}
      {...tableOf<Studied>(list as never)}
      rowKey={(s) => s.personId}
      empty={<Empty why="这一年还没有记过集体学习。" later="记了党课、主题党日，到会的时间会算在这里。" />}
    />
  )
}

const studied: Column<Studied>[] = [
  { key: 'name', title: '姓名', render: (s) => s.name },
  { key: 'sessions', title: '参加', align: 'right', render: (s) => `${s.sessions} 次` },
  {
    key: 'untimed',
    title: '没有记时间',
    align: 'right',
    render: (s) => (s.untimed > 0 ? `${s.untimed} 次没有记时间` : '都有时间'),
    phone: 'line',
  },
  { key: 'minutes', title: '合计', align: 'right', render: (s) => `${(s.minutes / 60).toFixed(1)} 小时`, phone: 'status' },
]

function FirstAgendas({ asked }: Asked) {
  const navigate = useNavigate()
  const [{ without = false }, choose] = useAddress<{ without?: boolean }>()
  const list = useReadPages('meetings.firstAgendas', { ...asked, withoutMeasures: without })
  return (
    <>
      <label className="row small list-tools">
        <input type="checkbox" checked={without} onChange={(e) => choose({ without: e.target.checked || undefined })} />
        只看学了还没有落实措施的
      </label>
      <ListTable
        label="第一议题"
        columns={firsts}
        {...tableOf<First>(list as never)}
        rowKey={(f) => `${f.meetingId}/${f.position}`}
        onOpen={(key) => key && void navigate({ to: `/meetings/${key.split('/')[0]}` } as never)}
        empty={
          <Empty
            done={without}
            why={without ? '学过的都有落实措施。' : '这一年还没有第一议题。'}
            later="记党委会时在议题旁勾“第一议题”。"
          />
        }
      />
    </>
  )
}

const firsts: Column<First>[] = [
  { key: 'topic', title: '学习内容', render: (f) => f.topic },
  { key: 'on', title: '会议', render: (f) => <span className="nowrap">{dateText(f.heldOn)}</span>, phone: 'line' },
  { key: 'org', title: '组织', render: (f) => f.orgName },
  {
    key: 'measures',
    title: '落实措施',
    render: (f) =>
      f.measures === 0 ? (
        <Status kind="soon">还没有措施</Status>
      ) : (
        <Status kind={f.done === f.measures ? 'done' : 'calm'}>{`${f.measures} 件，办结 ${f.done} 件`}</Status>
      ),
    phone: 'status',
  },
]
