import { useState } from 'react'
import { Choice } from '#web/parts/Choice.tsx'
import { LabelledDate } from '#web/parts/LabelledDate.tsx'
import { OrgPicker, type Picked } from '#web/parts/OrgPicker.tsx'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { PersonPicker } from '#web/parts/PersonPicker.tsx'
import { TextLine } from '#web/parts/TextLine.tsx'
import { SLIP_POSTS } from '../contract.ts'

/** Asks for a grant beside posts. */
export function RequestForm({ onClose }: { onClose: () => void }) {
  const [person, setPerson] = useState<Picked | null>(null)
  const [org, setOrg] = useState<Picked | null>(null)
  const [role, setRole] = useState<keyof typeof SLIP_POSTS | null>(null)
  const [subtree, setSubtree] = useState(false)
  const [until, setUntil] = useState<string | null>(null)
  const [reason, setReason] = useState('')
  const input = () => {
    if (!person || !org || !role) return '请选人、权限和组织'
    const more = { ...(until ? { until } : {}), ...(reason.trim() ? { reason } : {}) }
    return { personId: person.id, orgId: org.id, role, subtree, ...more }
  }
  return (
    <PanelForm
      name="identity.requestAssignment"
      open
      onClose={onClose}
      title="申请一项授权"
      note="安全管理员核准后才生效；给自己申请的，也要他核准"
      input={input}
      submit="提交申请"
      done="已提交，等安全管理员核准"
    >
      {(problems) => (
        <>
          <PersonPicker label="给谁" value={person} onChange={setPerson} problem={problems.personId} />
          <Choice label="按哪个职务的权限" value={role} options={SLIP_POSTS} onChange={setRole} problem={problems.role} />
          <OrgPicker label="在哪个组织" value={org} onChange={setOrg} problem={problems.orgId} />
          <label className="row small">
            <input type="checkbox" checked={subtree} onChange={(event) => setSubtree(event.target.checked)} /> 包括它的下级组织
          </label>
          <LabelledDate label="到哪天为止（可不填）" value={until} onChange={setUntil} problem={problems.until} hint="这一天起不再有" />
          <TextLine label="理由" value={reason} onChange={setReason} problem={problems.reason} max={200} />
        </>
      )}
    </PanelForm>
  )
}
