import { useState } from 'react'
import { useReadPages } from '#web/api.ts'
import { Empty } from '#web/parts/Empty.tsx'
import { type Column, ListTable } from '#web/parts/ListTable.tsx'
import { PageTitle } from '#web/parts/PageTitle.tsx'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { StepButton } from '#web/parts/StepButton.tsx'
import { Tabs } from '#web/parts/Tabs.tsx'
import { TextLine } from '#web/parts/TextLine.tsx'
import { holds, useSession } from '#web/session.ts'
import { dateText, momentText } from '#web/text.ts'
import type { Api } from '../../../platform.ts'
import { AgreementsCard } from './AgreementsCard.tsx'
import { OfficesToApprove } from './OfficesToApprove.tsx'
import { PasswordRules } from './PasswordRules.tsx'
import { RequestForm } from './RequestForm.tsx'
import './identity.css'

type Row = Api['identity.assignments']['output']['items'][number]

const VIEWS = { waiting: '等核准', inForce: '在用的授权' }
type View = keyof typeof VIEWS

/** Grants beside posts: asked for by the 党务干部, put in force by the security officer, never by the same person. */
export function GrantsPage() {
  const session = useSession()
  const approves = holds(session, 'identity.approveGrants')
  const asks = holds(session, 'organisation.manage')
  const [view, setView] = useState<View>('waiting')
  const [asking, setAsking] = useState(false)
  const [refusing, setRefusing] = useState<Row | null>(null)
  const list = useReadPages('identity.assignments', { state: view, limit: 50 })
  const count = view === 'waiting' ? list.items.length : undefined
  return (
    <>
      <PageTitle
        conclusion={count === undefined || list.isPending ? '审批授权' : count > 0 ? `${count} 项授权等核准` : '没有等核准的授权'}
        note="任职自带的权限不用申请。这里是任职以外的授权：一人申请，安全管理员核准，两步都记入账本，核准后才生效"
        actions={
          asks && (
            <button type="button" className="button primary" onClick={() => setAsking(true)}>
              申请一项授权
            </button>
          )
        }
      />
      <div className="stack">
        <AgreementsCard />
        {approves && <OfficesToApprove />}
        <section className="card">
          <Tabs
            label="看哪些授权"
            active={view}
            onChange={setView}
            tabs={(Object.keys(VIEWS) as View[]).map((key) => ({ key, label: VIEWS[key] }))}
          />
          <ListTable
            label={VIEWS[view]}
            columns={columnsOf(view, approves, setRefusing)}
            {...list.table}
            rowKey={(row) => row.id}
            empty={
              view === 'waiting' ? (
                <Empty done why="没有等核准的授权" />
              ) : (
                <Empty why="现在没有任职以外的授权" later="党务干部申请、安全管理员核准后，会列在这里。" />
              )
            }
          />
        </section>
        {approves && <PasswordRules />}
      </div>
      {asking && <RequestForm onClose={() => setAsking(false)} />}
      {refusing && <RefuseForm row={refusing} onClose={() => setRefusing(null)} />}
    </>
  )
}

const columnsOf = (view: View, approves: boolean, onRefuse: (row: Row) => void): Column<Row>[] => [
  { key: 'person', title: '给谁', render: (row) => row.personName },
  { key: 'role', title: '权限', render: (row) => row.role, phone: 'line' },
  { key: 'org', title: '在哪里', render: (row) => `${row.orgName}${row.subtree ? '（含下级）' : ''}`, phone: 'line' },
  { key: 'days', title: '起止', render: (row) => `${dateText(row.from)}起${row.until ? `，${dateText(row.until)}止` : ''}` },
  { key: 'reason', title: '理由', render: (row) => row.reason ?? <span className="t3">未填</span> },
  { key: 'by', title: '谁申请的', render: (row) => `${row.requestedBy ?? '本机管理员'} ${momentText(row.requestedAt)}` },
  {
    key: 'steps',
    title: '',
    phone: 'status',
    render: (row) => {
      const input = { id: row.id, version: row.version }
      if (view === 'inForce')
        return (
          <StepButton
            name="identity.endAssignment"
            label="收回"
            kind="danger"
            input={input}
            can={row.can.end}
            warn={`${row.personName} 马上不再有这项权限。`}
            done="已收回"
          />
        )
      if (!approves) return <span className="t2">等安全管理员</span>
      return (
        <span className="row">
          <StepButton
            name="identity.approveAssignment"
            label="核准"
            kind="small"
            input={input}
            can={row.can.approve}
            done="已核准，马上生效"
          />
          <button type="button" className="button small" onClick={() => onRefuse(row)}>
            不核准
          </button>
        </span>
      )
    },
  },
]

function RefuseForm({ row, onClose }: { row: Row; onClose: () => void }) {
  const [reason, setReason] = useState('')
  return (
    <PanelForm
      name="identity.refuseAssignment"
      open
      onClose={onClose}
      kicker={`${row.personName} · ${row.role}`}
      title="不核准这项授权"
      note="申请人会看到理由"
      input={() => (reason.trim().length >= 2 ? { id: row.id, version: row.version, reason } : '请写明理由')}
      submit="不核准"
      done="没有核准，授权没有生效"
    >
      {(problems) => <TextLine label="理由" value={reason} onChange={setReason} problem={problems.reason} max={200} />}
    </PanelForm>
  )
}
