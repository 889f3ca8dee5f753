import { useState } from 'react'
import { today } from '#kernel/civilDate.ts'
import { useRead } from '#web/api.ts'
import { LabelledDate } from '#web/parts/LabelledDate.tsx'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { TextLine } from '#web/parts/TextLine.tsx'
import { dateText } from '#web/text.ts'
import { CHAIN_KINDS, type ChainView } from '../contract.ts'

interface Props {
  c: ChainView
  onClose: () => void
}

/** The meeting of that kind that was recorded, chosen among those of the year. */
export function LinkForm({ c, onClose }: Props) {
  const { data } = useRead('chains.meetings', { id: c.id })
  const [chosen, setChosen] = useState<string | null>(null)
  const meetingId = chosen ?? data?.items[0]?.id ?? null
  return (
    <PanelForm
      name="chains.link"
      open
      onClose={onClose}
      title="关联开过的会"
      note={`选这一年记过的${CHAIN_KINDS[c.kind]}。还没有记的，先到「记工作」里记。`}
      input={() => (meetingId ? { id: c.id, version: c.version, meetingId } : `还没有记过${CHAIN_KINDS[c.kind]}，请先记会议。`)}
      submit="关联这次会"
      done="已关联"
    >
      {(problems) => (
        <fieldset className="field">
          <legend className="label">会议</legend>
          {data?.items.length === 0 && <p className="t2">这一年还没有记过{CHAIN_KINDS[c.kind]}。</p>}
          {data?.items.map((m) => (
            <label key={m.id} className="row">
              <input type="radio" name="meeting" checked={meetingId === m.id} onChange={() => setChosen(m.id)} />
              <span>
                {dateText(m.heldOn)} {m.title}（应到 {m.expected}，实到 {m.present}）
              </span>
            </label>
          ))}
          {problems.meetingId && <p className="problem">{problems.meetingId}</p>}
        </fieldset>
      )}
    </PanelForm>
  )
}

export function HandInForm({ c, onClose }: Props) {
  const [chosen, setChosen] = useState<string[]>([])
  const toggle = (id: string) => setChosen(chosen.includes(id) ? chosen.filter((other) => other !== id) : [...chosen, id])
  return (
    <PanelForm
      name="chains.handIn"
      open
      onClose={onClose}
      title="登记交了纸质对照检查的人"
      input={() => (chosen.length > 0 ? { id: c.id, personIds: chosen } : '请点选交了的人。')}
      submit={`登记 ${chosen.length} 人已交`}
      done="已登记"
    >
      {(problems) => (
        <fieldset className="field">
          <legend className="label">谁交了</legend>
          <div className="chips">
            {c.people
              .filter((p) => !p.written)
              .map((p) => (
                <button
                  key={p.personId}
                  type="button"
                  className="chip"
                  aria-pressed={chosen.includes(p.personId)}
                  onClick={() => toggle(p.personId)}
                >
                  {p.name}
                </button>
              ))}
          </div>
          {problems.personIds && <p className="problem">{problems.personIds}</p>}
        </fieldset>
      )}
    </PanelForm>
  )
}

export function ReportForm({ c, onClose }: Props) {
  const [on, setOn] = useState<string | null>(c.reportedOn ?? today())
  return (
    <PanelForm
      name="chains.report"
      open
      onClose={onClose}
      title="登记民主生活会情况已报上级"
      note="一般在会后 15 日内报（核对原文）。"
      input={() => (on ? { id: c.id, version: c.version, on } : '请填报送的日期。')}
      submit="登记已上报"
      done="已登记"
    >
      {(problems) => <LabelledDate label="哪一天报的" value={on} onChange={setOn} problem={problems.on} />}
    </PanelForm>
  )
}

export function DropForm({ c, onClose }: Props) {
  const [reason, setReason] = useState('')
  return (
    <PanelForm
      name="chains.drop"
      open
      onClose={onClose}
      title="作废这次筹备"
      input={() => (reason.trim() ? { id: c.id, version: c.version, reason } : '请写明原因。')}
      submit="作废这次筹备"
      done="已作废，可以重新开始"
    >
      {(problems) => <TextLine label="原因" value={reason} onChange={setReason} problem={problems.reason} max={200} />}
    </PanelForm>
  )
}
