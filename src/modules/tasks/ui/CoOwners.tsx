import { useState } from 'react'
import type { Picked } from '#web/parts/FindField.tsx'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { Status } from '#web/parts/Status.tsx'
import { StepButton } from '#web/parts/StepButton.tsx'
import { TextArea } from '#web/parts/TextArea.tsx'
import type { TaskView } from '../contract.ts'
import { PartyPicker } from './PartyFields.tsx'

const STATES = { asked: ['soon', '等答复'], accepted: ['done', '同意协办'], declined: ['note', '不能协办'] } as const

/** Who works on it beside the lead: each answers for itself. */
export function CoOwners({ t }: { t: TaskView }) {
  const [inviting, setInviting] = useState(false)
  const [declining, setDeclining] = useState<TaskView['coOwners'][number]>()
  const mayInvite = t.can.askHelp === true
  if (t.coOwners.length === 0 && !mayInvite) return null
  return (
    <section className="card" aria-label="协办">
      <header>
        <h2>协办</h2>
        {mayInvite && (
          <button type="button" className="button small" onClick={() => setInviting(true)}>
            邀请协办
          </button>
        )}
      </header>
      {t.coOwners.length === 0 ? (
        <p className="inside t2">没有请别人协办。</p>
      ) : (
        <ul className="lines">
          {t.coOwners.map((c) => (
            <li key={c.id} className="tk-co">
              <span className="row wrap">
                <span className="grow">{c.name}</span>
                <Status kind={STATES[c.state][0]}>{STATES[c.state][1]}</Status>
              </span>
              {c.reason && <span className="small t2">{c.reason}</span>}
              {c.can.answer === true && (
                <span className="row">
                  <StepButton
                    name="tasks.answer"
                    kind="primary"
                    label="同意协办"
                    input={{ taskId: t.id, id: c.id, version: c.version, accept: true }}
                    can
                    done="已同意协办"
                  />
                  <button type="button" className="button" onClick={() => setDeclining(c)}>
                    不能协办
                  </button>
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
      {inviting && <InviteForm t={t} onClose={() => setInviting(false)} />}
      {declining && <DeclineForm t={t} co={declining} onClose={() => setDeclining(undefined)} />}
    </section>
  )
}

function InviteForm({ t, onClose }: { t: TaskView; onClose: () => void }) {
  const [org, setOrg] = useState<Picked | null>(null)
  const [text, setText] = useState('')
  return (
    <PanelForm
      name="tasks.invite"
      open
      onClose={onClose}
      title="邀请协办"
      note="对方答复同意后才算协办；不同意的要写原因。"
      input={() => (org ? { id: t.id, version: t.version, party: { orgId: org.id }, text } : '请选请谁协办')}
      submit="邀请它协办"
      done="已邀请，出现在对方的待办里"
    >
      {(problems) => (
        <>
          <PartyPicker label="请谁协办" value={org} onChange={setOrg} problem={problems['party.orgId']} />
          <TextArea label="请它办什么（可不填）" value={text} onChange={setText} max={500} rows={3} />
        </>
      )}
    </PanelForm>
  )
}

function DeclineForm({ t, co, onClose }: { t: TaskView; co: TaskView['coOwners'][number]; onClose: () => void }) {
  const [reason, setReason] = useState('')
  return (
    <PanelForm
      name="tasks.answer"
      open
      onClose={onClose}
      title="不能协办"
      note="原因写进办理过程，牵头方看得到。"
      input={() => (reason.trim().length < 2 ? '请写明原因' : { taskId: t.id, id: co.id, version: co.version, accept: false, reason })}
      submit="答复不能协办"
      done="已答复"
    >
      {(problems) => <TextArea label="原因" value={reason} onChange={setReason} problem={problems.reason} max={500} rows={3} />}
    </PanelForm>
  )
}
