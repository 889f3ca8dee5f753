import { useNavigate } from '@tanstack/react-router'
import { today } from '#kernel/civilDate.ts'
import { useReadPages } from '#web/api.ts'
import { useOrg } from '#web/org.ts'
import { Empty } from '#web/parts/Empty.tsx'
import { type Column, ListTable } from '#web/parts/ListTable.tsx'
import { PageTitle } from '#web/parts/PageTitle.tsx'
import { Status } from '#web/parts/Status.tsx'
import { StepButton } from '#web/parts/StepButton.tsx'
import { holds, useSession } from '#web/session.ts'
import { ROUND_STATES, type RoundCard } from '../contract.ts'

/** 民主评议党员 of the organisations one works for, by year. */
export function RoundsPage() {
  const { org } = useOrg()
  const session = useSession()
  const navigate = useNavigate()
  const list = useReadPages('appraisals.list', {})
  const year = Number(today().slice(0, 4))
  const open = list.items.find((r) => r.orgId === org?.id && r.year === year && r.state !== 'dropped')
  return (
    <>
      <PageTitle
        conclusion={open ? `${year} 年民主评议：${ROUND_STATES[open.state]}` : `${year} 年民主评议还没有开始`}
        note="一般每年一次，可与组织生活会合并：自评、互评、民主测评、提出意见、反馈本人。"
        actions={
          org &&
          !open &&
          holds(session, 'appraisals.lead', org.id) && (
            <StepButton
              name="appraisals.open"
              label={`开始 ${year} 年民主评议`}
              kind="primary"
              input={{ orgId: org.id, year }}
              can
              warn="按今天的名册列出参加评议的党员；正式党员定等次，预备党员参加但不定等次（核对原文）。"
              done="已开始，党员可以在手机上写自评了"
            />
          )
        }
      />
      <section className="card">
        <ListTable
          label="民主评议"
          columns={columns}
          {...list.table}
          rowKey={(r) => r.id}
          onOpen={(id) => id && void navigate({ to: `/appraisal/${id}` } as never)}
          empty={<Empty why="还没有民主评议。" later="开始以后，每一步办到哪里会列在这里。" />}
        />
      </section>
    </>
  )
}

const columns: Column<RoundCard>[] = [
  { key: 'title', title: '评议', render: (r) => r.title },
  { key: 'year', title: '年度', render: (r) => r.year, phone: 'line' },
  { key: 'members', title: '党员', align: 'right', render: (r) => r.members },
  { key: 'reviewed', title: '已自评', align: 'right', render: (r) => r.reviewed },
  { key: 'told', title: '已反馈', align: 'right', render: (r) => r.told },
  { key: 'state', title: '状态', render: (r) => <RoundStatus state={r.state} />, phone: 'status' },
]

export const RoundStatus = ({ state }: { state: RoundCard['state'] }) => (
  <Status kind={state === 'closed' ? 'done' : state === 'dropped' ? 'wrong' : 'soon'}>{ROUND_STATES[state]}</Status>
)
