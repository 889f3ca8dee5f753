import { useState } from 'react'
import { today } from '#kernel/civilDate.ts'
import { Choice } from '#web/parts/Choice.tsx'
import { LabelledDate } from '#web/parts/LabelledDate.tsx'
import type { Picked } from '#web/parts/OrgPicker.tsx'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { PersonPicker } from '#web/parts/PersonPicker.tsx'
import { useSession } from '#web/session.ts'
import { POSTS, type PostRole } from '../contract.ts'
import type { Org } from './OrgDetail.tsx'

/** Gives somebody a post in the organisation. */
export function AppointForm({ org, onClose }: { org: Org; onClose: () => void }) {
  const own = useSession().account.personId
  const [person, setPerson] = useState<Picked | null>(null)
  const [role, setRole] = useState<PostRole | null>(null)
  const [from, setFrom] = useState<string | null>(today())
  const input = () => {
    if (!person) return '请选人'
    if (person.id === own) return '自己的任职不能自己登记，请另一位党务干部或上级党务干部登记'
    if (!role) return '请选职务'
    return from ? { orgId: org.id, personId: person.id, role, from } : '请填任职日期'
  }
  return (
    <PanelForm
      name="organisation.appoint"
      open
      onClose={onClose}
      kicker={org.name}
      title="任职"
      note="任职从这一天起生效，能办的事随之开通；免职时随之收回"
      input={input}
      submit="存入这项任职"
      done="任职已存入"
    >
      {(problems) => (
        <>
          <PersonPicker label="谁" value={person} onChange={setPerson} problem={problems.personId} />
          <Choice label="职务" value={role} options={POSTS} onChange={setRole} problem={problems.role} />
          <LabelledDate label="任职日期" value={from} onChange={setFrom} problem={problems.from} />
        </>
      )}
    </PanelForm>
  )
}
