import { useState } from 'react'
import { today } from '#kernel/civilDate.ts'
import { useRead } from '#web/api.ts'
import { Choice } from '#web/parts/Choice.tsx'
import { LabelledDate } from '#web/parts/LabelledDate.tsx'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { StepButton } from '#web/parts/StepButton.tsx'
import { TextLine } from '#web/parts/TextLine.tsx'
import { dateText } from '#web/text.ts'
import { DUTY_KINDS, type DutyKind } from '../contract.ts'

/** Who was exempt from what, by whom and until when; withdrawn ones stay in sight. */
export function Exemptions({ orgId }: { orgId: string }) {
  const [open, setOpen] = useState<'duties.exempt' | 'duties.askExemption'>()
  const { data } = useRead('duties.exemptions', { orgId })
  if (!data || (data.items.length === 0 && !data.can.grant && !data.can.ask)) return null
  return (
    <section className="card" aria-label="豁免">
      <header>
        <h2>豁免</h2>
        {(data.can.grant || data.can.ask) && (
          <button type="button" className="button small" onClick={() => setOpen(data.can.grant ? 'duties.exempt' : 'duties.askExemption')}>
            {data.can.grant ? '登记豁免' : '请上级豁免'}
          </button>
        )}
      </header>
      {data.items.length === 0 ? (
        <p className="inside t2">没有豁免。经批准暂不召开的，登记以后不算逾期，但会一直显示。</p>
      ) : (
        <ul className="lines">
          {data.items.map((e) => (
            <li key={e.id}>
              <span className="grow">
                <b>
                  {DUTY_KINDS[e.duty]} {dateText(e.from)}至{dateText(e.until)}
                </b>
                <small className="t2 duty-block">
                  {e.reason} · 批准：{e.approvedBy}
                  {!e.withdrawn && e.until < today() && ' · 已到期，恢复应办'}
                </small>
              </span>
              {e.withdrawn ? (
                <span className="tag">已撤回</span>
              ) : (
                data.can.grant && (
                  <StepButton
                    name="duties.withdrawExemption"
                    kind="small"
                    label="撤回豁免"
                    input={{ id: e.id, version: e.version }}
                    can
                    done="豁免已撤回"
                    warn="撤回以后，这段时间仍按规则计算，没办的会算逾期。"
                  />
                )
              )}
            </li>
          ))}
        </ul>
      )}
      {open && <ExemptForm name={open} orgId={orgId} onClose={() => setOpen(undefined)} />}
    </section>
  )
}

interface FormProps {
  /** Registered by whoever manages above, or asked for by the branch. */
  name: 'duties.exempt' | 'duties.askExemption'
  orgId: string
  onClose: () => void
}

function ExemptForm({ name, orgId, onClose }: FormProps) {
  const asking = name === 'duties.askExemption'
  const [duty, setDuty] = useState<DutyKind | null>(null)
  const [from, setFrom] = useState<string | null>(today())
  const [until, setUntil] = useState<string | null>(null)
  const [reason, setReason] = useState('')
  const [approvedBy, setApprovedBy] = useState('')
  const input = () => {
    if (!duty) return '请选事项'
    if (!from || !until) return '请填起止日期'
    if (reason.trim().length < 2) return '请写明原因'
    const asked = { orgId, duty, from, until, reason }
    if (asking) return asked
    return approvedBy.trim().length < 2 ? '请写明批准的组织或人' : { ...asked, approvedBy }
  }
  return (
    <PanelForm
      name={name}
      open
      onClose={onClose}
      title={asking ? '请上级豁免' : '登记豁免'}
      note={`${asking ? '上级批准以后，' : ''}最后一天落在这段日期里的期间不算逾期，在各处显示“已豁免”；一次最多一年`}
      input={input}
      submit={asking ? '报上级审批' : '登记这项豁免'}
      done={asking ? '已报上级，批准前照常提醒' : '豁免已登记'}
    >
      {(problems) => (
        <>
          <Choice label="事项" value={duty} options={DUTY_KINDS} onChange={setDuty} problem={problems.duty} />
          <LabelledDate label="从哪一天" value={from} onChange={setFrom} problem={problems.from} />
          <LabelledDate label="到哪一天" value={until} onChange={setUntil} problem={problems.until} />
          <TextLine label="原因" value={reason} onChange={setReason} problem={problems.reason} hint="如：井下大修，全员顶岗" max={300} />
          {!asking && (
            <TextLine
              label="谁批准的"
              value={approvedBy}
              onChange={setApprovedBy}
              problem={problems.approvedBy}
              hint="批准的组织和文号"
              max={100}
            />
          )}
        </>
      )}
    </PanelForm>
  )
}
