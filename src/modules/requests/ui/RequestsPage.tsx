import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { today } from '#kernel/civilDate.ts'
import { useAddress } from '#web/address.ts'
import { downloadOf, useReadPages } from '#web/api.ts'
import { useOrg } from '#web/org.ts'
import { Due } from '#web/parts/Due.tsx'
import { Empty } from '#web/parts/Empty.tsx'
import { Icon } from '#web/parts/Icon.tsx'
import { type Column, ListTable } from '#web/parts/ListTable.tsx'
import { PageTitle } from '#web/parts/PageTitle.tsx'
import { SidePanel } from '#web/parts/SidePanel.tsx'
import { Status } from '#web/parts/Status.tsx'
import { Tabs } from '#web/parts/Tabs.tsx'
import { dateText } from '#web/text.ts'
import type { Api } from '../../../platform.ts'
import { KINDS, type RequestKind, type RequestState, STATES } from '../contract.ts'
import { RequestDetail } from './RequestDetail.tsx'
import { SendForm } from './SendForm.tsx'
import './requests.css'

type Row = Api['requests.list']['output']['items'][number]
type View = 'toAnswer' | 'waiting' | 'returned' | 'done'
interface Search {
  view?: View
  kind?: RequestKind
  open?: string
  /** A kind: the form is open, drafted for it and for the person `about`. */
  send?: RequestKind
  about?: string
}

/** Requests of an organisation and those below it: what waits for an answer, what came back, what is done. */
export function RequestsPage() {
  const { org } = useOrg()
  const [{ view = 'waiting', kind, open, send, about }, show] = useAddress<Search>()
  const [sending, setSending] = useState(false)
  const list = useReadPages('requests.list', { ...(org ? { orgId: org.id } : {}), view, ...(kind ? { kind } : {}), limit: 50 })
  const counts = list.first?.counts
  const year = Number(today().slice(0, 4))
  const elsewhere = open && !list.isPending && !list.items.some(({ id }) => id === open)
  return (
    <>
      <PageTitle
        conclusion={conclusionOf(counts)}
        note="等待答复的期限由上级负责，不计在支部名下。"
        actions={
          <>
            <Link className="button" to="/requests/terms">
              答复时限
            </Link>
            {org && (
              <a
                className="button"
                href={downloadOf('requests.exportRegister', { orgId: org.id, year, side: view === 'toAnswer' ? 'in' : 'out' })}
              >
                <Icon name="download" /> {view === 'toAnswer' ? '收文' : '发文'}登记（Excel）
              </a>
            )}
            {list.first?.can.send && org && (
              <button type="button" className="button primary" onClick={() => setSending(true)}>
                报送请示
              </button>
            )}
          </>
        }
      />
      <section className="card">
        <Tabs
          label="请示与批复"
          active={view}
          onChange={(key) => show({ view: key === 'waiting' ? undefined : key, open: undefined })}
          tabs={[
            { key: 'waiting', label: '等待答复', count: counts?.waiting },
            { key: 'toAnswer', label: '轮到我们答复', count: counts?.toAnswer },
            { key: 'returned', label: '退回补充' },
            { key: 'done', label: '已办结' },
          ]}
        />
        <div className="list-tools">
          <label className="pick">
            类别
            <select
              className="text"
              value={kind ?? ''}
              onChange={(e) => show({ kind: (e.target.value || undefined) as RequestKind | undefined })}
            >
              <option value="">全部</option>
              {Object.entries(KINDS).map(([key, { title }]) => (
                <option key={key} value={key}>
                  {title}
                </option>
              ))}
            </select>
          </label>
        </div>
        <ListTable
          label="请示与批复"
          columns={COLUMNS}
          {...list.table}
          rowKey={(r) => r.id}
          open={open}
          onOpen={(id) => show({ open: id })}
          detail={(r) => ({ title: r.kindName, content: <RequestDetail id={r.id} /> })}
          empty={<Empty why={EMPTY[view]} later="报送、登记和批复都会按日期列在这里。" done={view === 'toAnswer'} />}
        />
      </section>
      {elsewhere && (
        <SidePanel open onClose={() => show({ open: undefined })} title="请示">
          <RequestDetail id={open} />
        </SidePanel>
      )}
      {(sending || send) && org && (
        <SendForm
          orgId={org.id}
          {...(send ? { kind: send } : {})}
          {...(about ? { aboutId: about } : {})}
          onClose={() => {
            setSending(false)
            show({ send: undefined, about: undefined })
          }}
          onDone={(id) => show({ view: undefined, kind: undefined, open: id })}
        />
      )}
    </>
  )
}

const EMPTY: Record<View, string> = {
  waiting: '没有等待答复的请示',
  toAnswer: '没有要你们答复的请示',
  returned: '没有退回补充的请示',
  done: '还没有办结的请示',
}

const COLUMNS: Column<Row>[] = [
  { key: 'title', title: '标题', render: (r) => r.title },
  { key: 'kind', title: '类别', render: (r) => <span className="nowrap">{r.kindName}</span>, phone: 'line' },
  { key: 'org', title: '报送', render: (r) => r.orgName },
  { key: 'to', title: '主送', render: (r) => r.toName },
  { key: 'sent', title: '报送日期', render: (r) => <span className="nowrap">{dateText(r.sentOn)}</span>, phone: 'line' },
  { key: 'state', title: '办理', narrow: true, phone: 'status', render: (r) => <State r={r} /> },
]

/** What a request waits for: the term while the superior owes an answer, else how it ended. */
function State({ r }: { r: Row }) {
  if (r.state === 'sent' || r.state === 'registered') return <Due due={r.dueOn} />
  const look: Record<Exclude<RequestState, 'sent' | 'registered'>, 'done' | 'note' | 'wrong' | 'calm'> = {
    returned: 'note',
    agreed: 'done',
    refused: 'wrong',
    withdrawn: 'calm',
  }
  return <Status kind={look[r.state]}>{STATES[r.state]}</Status>
}

function conclusionOf(counts: { waiting: number; toAnswer: number; overdue: number } | undefined): string {
  if (!counts) return '请示与批复'
  if (counts.toAnswer > 0)
    return `有 ${counts.toAnswer} 件请示等你们答复${counts.overdue > 0 ? `，其中 ${counts.overdue} 件已超过时限` : ''}`
  if (counts.overdue > 0) return `有 ${counts.overdue} 件请示上级超过时限还没有答复`
  return counts.waiting > 0 ? `有 ${counts.waiting} 件请示等上级答复` : '没有等待答复的请示'
}
