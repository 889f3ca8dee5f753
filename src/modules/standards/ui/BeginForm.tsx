import { useState } from 'react'
import type { Picked } from '#web/parts/FindField.tsx'
import { LabelledDate } from '#web/parts/LabelledDate.tsx'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { PersonPicker } from '#web/parts/PersonPicker.tsx'
import { TextArea } from '#web/parts/TextArea.tsx'
import type { Api } from '../../../platform.ts'
import { REASONS, type Reason } from '../contract.ts'

type Found = Api['standards.weakFound']['output']['items'][number]

/** A person of the committee confirms that a branch is put in order: for which situations, who helps, until when. */
export function BeginForm({ found, onClose }: { found: Found; onClose: () => void }) {
  const [reasons, setReasons] = useState<Reason[]>(found.situations.map(({ reason }) => reason))
  const [helper, setHelper] = useState<Picked | null>(null)
  const [untilOn, setUntilOn] = useState<string | null>(null)
  const [plan, setPlan] = useState('')
  const input = () => {
    if (reasons.length === 0) return '请选列入的情形'
    if (!helper) return '请选由谁联系帮助'
    if (!untilOn) return '请填整顿到哪一天'
    if (plan.trim().length < 4) return '请写整顿方案'
    return { orgId: found.orgId, reasons, helperId: helper.id, untilOn, plan }
  }
  return (
    <PanelForm
      name="standards.beginOverhaul"
      open
      onClose={onClose}
      kicker={found.orgName}
      title="列入整顿"
      note="支部和联系人马上看得到依据和方案；措施列入以后一条一条交办"
      input={input}
      submit="确认列入整顿"
      done="已列入整顿，支部和联系人已收到提醒"
    >
      {(problems) => (
        <>
          <fieldset className="std-choices">
            <legend>依据的情形</legend>
            {found.situations.map(({ reason, says }) => (
              <label key={reason} className="row">
                <input
                  type="checkbox"
                  checked={reasons.includes(reason)}
                  onChange={(e) => setReasons((all) => (e.target.checked ? [...all, reason] : all.filter((r) => r !== reason)))}
                />
                <span>
                  {REASONS[reason]}：{says}
                </span>
              </label>
            ))}
            {problems.reasons && <p className="problem">{problems.reasons}</p>}
          </fieldset>
          <PersonPicker label="由谁联系帮助" value={helper} onChange={setHelper} problem={problems.helperId} />
          <LabelledDate label="整顿到哪一天" value={untilOn} onChange={setUntilOn} problem={problems.untilOn} />
          <TextArea label="整顿方案" value={plan} onChange={setPlan} problem={problems.plan} rows={4} max={2000} />
        </>
      )}
    </PanelForm>
  )
}
