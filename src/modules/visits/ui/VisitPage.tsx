import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useRead } from '#web/api.ts'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { PageTitle } from '#web/parts/PageTitle.tsx'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { Skeleton } from '#web/parts/Skeleton.tsx'
import { TextLine } from '#web/parts/TextLine.tsx'
import { dateText } from '#web/text.ts'
import type { VisitView } from '../contract.ts'

/** One visit of a guide: what was said, and how far what was asked for has come. */
export function VisitPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const { data: v, error, refetch } = useRead('visits.get', { id })
  const [taking, setTaking] = useState(false)
  if (error) return <ErrorCard error={error} again={refetch} />
  if (!v) return <Skeleton lines={6} />
  return (
    <>
      <PageTitle
        conclusion={`${v.orgName} ${dateText(v.on)}督导意见`}
        crumb="督导意见"
        {...(v.withdrawnReason ? { badge: <span className="tag">已撤回：{v.withdrawnReason}</span> } : {})}
        note={`${v.fromName} ${v.guide}`}
        actions={
          v.can.withdraw === true && (
            <button type="button" className="button" onClick={() => setTaking(true)}>
              撤回
            </button>
          )
        }
      />
      <div className="stack">
        <section className="card">
          <header>
            <h2>意见</h2>
            <Link to={`/meetings/${v.meetingId}`}>{v.meetingTitle ?? '看会议'}</Link>
          </header>
          <div className="inside">
            <p className="said">{v.comment}</p>
          </div>
        </section>
        {v.items.length > 0 && (
          <section className="card">
            <header>
              <h2>要跟进的事</h2>
            </header>
            <ul className="plain-links">
              {v.items.map((i) => (
                <li key={i.id}>
                  <Link to={i.taskId ? `/todo/${i.taskId}` : '/tasks'}>
                    <span className="grow">
                      <b>{i.text}</b>
                      <small className="t2 small">{dateText(i.dueOn)}前</small>
                    </span>
                    <span className="tag nowrap">{i.taskState ?? ''}</span>
                  </Link>
                </li>
              ))}
            </ul>
          </section>
        )}
      </div>
      {taking && <Withdraw v={v} onClose={() => setTaking(false)} />}
    </>
  )
}

function Withdraw({ v, onClose }: { v: VisitView; onClose: () => void }) {
  const [reason, setReason] = useState('')
  return (
    <PanelForm
      name="visits.withdraw"
      open
      onClose={onClose}
      title="撤回这份督导意见"
      note="已经交办的跟进任务要撤的，请到任务里撤销。"
      input={() => (reason.trim() ? { id: v.id, version: v.version, reason } : '请写明原因。')}
      submit="撤回督导意见"
      done="已撤回"
    >
      {(problems) => <TextLine label="原因" value={reason} onChange={setReason} problem={problems.reason} max={200} />}
    </PanelForm>
  )
}
