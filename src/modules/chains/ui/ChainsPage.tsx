import { useNavigate } from '@tanstack/react-router'
import { today } from '#kernel/civilDate.ts'
import { useAddress } from '#web/address.ts'
import { useReadPages } from '#web/api.ts'
import { useOrg } from '#web/org.ts'
import { Empty } from '#web/parts/Empty.tsx'
import { type Column, ListTable } from '#web/parts/ListTable.tsx'
import { PageTitle } from '#web/parts/PageTitle.tsx'
import { Status } from '#web/parts/Status.tsx'
import { StepButton } from '#web/parts/StepButton.tsx'
import { StepPips } from '#web/parts/Steps.tsx'
import { Tabs } from '#web/parts/Tabs.tsx'
import { YearPick } from '#web/parts/YearPick.tsx'
import { holds, useSession } from '#web/session.ts'
import { CHAIN_KINDS, type ChainCard, type ChainKind, nextOf } from '../contract.ts'

const ABOVE = ['partyCommittee', 'workCommittee', 'generalBranch']

/** 组织生活会 and 民主生活会 of a year: one's own, and for those above how far each organisation has come. */
export function ChainsPage() {
  const { org } = useOrg()
  const session = useSession()
  const navigate = useNavigate()
  const above = org !== undefined && ABOVE.includes(org.kind)
  const [{ kind = 'orgLifeMeeting', year = Number(today().slice(0, 4)), left = false }, choose] = useAddress<{
    kind?: ChainKind
    year?: number
    left?: boolean
  }>()
  const asked = { orgId: org?.id ?? '', year, kind, notHeld: left, limit: 50 }
  const list = useReadPages('chains.states', asked, { enabled: org !== undefined })
  if (!org) return <Empty why="你还没有所在的党组织，这里没有可看的。" />
  const rows = list.items as ChainCard[]
  const mine = rows.find((c) => c.orgId === org.id)
  const own: ChainKind = above ? 'democraticLifeMeeting' : 'orgLifeMeeting'
  const next = mine?.id ? nextOf(mine.steps) : undefined
  return (
    <>
      <PageTitle
        conclusion={
          kind !== own || !mine
            ? `${year} 年${CHAIN_KINDS[kind]}${countsOf(list.first)}`
            : !mine.id
              ? `${year} 年${CHAIN_KINDS[own]}还没有开始筹备`
              : next
                ? `${year} 年${CHAIN_KINDS[own]}：下一步${next.title}`
                : `${year} 年${CHAIN_KINDS[own]}${mine.steps.every((s) => s.done) ? '各步' : '会后各步'}都已办`
        }
        note="征求意见、谈心谈话、对照检查、开会、整改清单，一步接一步；整改的每一项自动成为任务。"
        actions={
          mine &&
          !mine.id &&
          holds(session, 'chains.lead', org.id) && (
            <StepButton
              name="chains.open"
              label={`开始筹备${CHAIN_KINDS[own]}`}
              kind="primary"
              input={{ orgId: org.id, kind: own, year, title: '' }}
              can
              warn="按今天的名册列出参加的人，各人可以在手机上写对照检查。"
              done="已开始筹备"
            />
          )
        }
      />
      <section className="card">
        {above && (
          <Tabs
            label="会议"
            tabs={(Object.keys(CHAIN_KINDS) as ChainKind[]).map((key) => ({ key, label: CHAIN_KINDS[key] }))}
            active={kind}
            onChange={(key) => choose({ kind: key })}
          />
        )}
        <div className="list-tools row wrap">
          <YearPick year={year} onChange={(y) => choose({ year: y })} />
          {above && (
            <label className="row small">
              <input type="checkbox" checked={left} onChange={(e) => choose({ left: e.target.checked || undefined })} />
              只看还没有开的
            </label>
          )}
        </div>
        <ListTable
          label={CHAIN_KINDS[kind]}
          columns={columns}
          rows={rows}
          rowKey={(c) => c.id ?? c.orgId}
          isPending={list.isPending}
          isFetching={list.isFetching}
          error={list.error}
          again={list.again}
          more={list.more}
          canOpen={(c) => c.id !== null}
          onOpen={(key) => {
            const found = rows.find((c) => c.id === key)
            if (found?.id) void navigate({ to: `/life-meeting/${found.id}` } as never)
          }}
          empty={<Empty done={left} why={left ? '都已经开过了。' : '这里没有要开这种会的组织。'} />}
        />
      </section>
    </>
  )
}

/** 「：40 个组织开了 3 个」; nothing while it is not known. */
const countsOf = (counted: { all: number; held: number } | undefined) =>
  !counted || counted.all === 0
    ? ''
    : counted.held === counted.all
      ? `：${counted.all} 个组织都已开`
      : `：${counted.all} 个组织开了 ${counted.held} 个`

const reached = (c: ChainCard) => {
  const next = nextOf(c.steps)
  return next ? c.steps.findIndex((s) => s.key === next.key) : c.steps.length
}

/** What was left undone before the meeting is said after it too, though nothing more can be done about it. */
const saysOf = (c: ChainCard) =>
  nextOf(c.steps)?.says ??
  (c.steps
    .filter((s) => !s.done)
    .map((s) => `${s.title}${s.says}`)
    .join('；') ||
    '各步都已办')

const columns: Column<ChainCard>[] = [
  { key: 'org', title: '组织', render: (c) => c.orgName },
  {
    key: 'steps',
    title: '办到哪一步',
    render: (c) => (c.id ? <StepPips steps={c.steps.map((s) => s.title)} now={reached(c)} done={c.steps.map((s) => s.done)} /> : '—'),
  },
  { key: 'says', title: '说明', render: (c) => (c.id ? saysOf(c) : '还没有开始筹备'), phone: 'line' },
  {
    key: 'state',
    title: '状态',
    render: (c) =>
      !c.id ? (
        <Status kind="calm">未开始</Status>
      ) : c.steps.every((s) => s.done) ? (
        <Status kind="done">已办完</Status>
      ) : (
        <Status kind="soon">{c.steps.find((s) => s.key === 'meeting')!.done ? '会已开' : '筹备中'}</Status>
      ),
    phone: 'status',
  },
]
