import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { Picked } from '#web/parts/FindField.tsx'
import { OrgPicker } from '#web/parts/OrgPicker.tsx'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { PersonPicker } from '#web/parts/PersonPicker.tsx'
import { Segments } from '#web/parts/Segments.tsx'
import { TextArea } from '#web/parts/TextArea.tsx'
import { TextLine } from '#web/parts/TextLine.tsx'
import type { DutyItem } from '../contract.ts'
import { PartyPicker } from './PartyFields.tsx'
import { firstTerm, TermField, termInput } from './Term.tsx'

interface Props {
  orgId: string
  orgName: string
  /** The item of a leader's list that it counts for: its lead is that leader. */
  under?: DutyItem
  onClose: () => void
}

/** Gives one thing to one lead: the organisation itself, one below it, or a person; others may be asked to work on it. */
export function GiveForm({ orgId, orgName, under, onClose }: Props) {
  const navigate = useNavigate()
  const [title, setTitle] = useState('')
  const [text, setText] = useState('')
  const [org, setOrg] = useState<Picked | null>({ id: orgId, name: orgName })
  const [person, setPerson] = useState<Picked | null>(under ? { id: under.personId, name: under.personName } : null)
  const [source, setSource] = useState<'direct' | 'plan'>('direct')
  const [helper, setHelper] = useState<Picked | null>(null)
  const [term, setTerm] = useState(firstTerm)
  const input = () => {
    if (title.trim().length < 2) return '请写清要办什么'
    if (!org) return '请选牵头组织'
    const due = termInput(term)
    if (typeof due === 'string') return due
    const coOwners = helper ? [{ orgId: helper.id }] : []
    const origin = under ? { source: 'dualDuty', itemId: under.id } : { source }
    return { orgId, title, text, ...origin, lead: { orgId: org.id, personId: person?.id ?? null }, coOwners, ...due }
  }
  return (
    <PanelForm
      name="tasks.give"
      open
      onClose={onClose}
      kicker={under ? `${under.personName} · ${under.text}` : orgName}
      title="交办一件事"
      note="牵头只有一个。办完由交办方另一个人验收。"
      input={input}
      submit="交办这件事"
      done="已交办，出现在对方的待办里"
      onDone={({ id }: { id: string }) => void navigate({ to: `/tasks/${id}` } as never)}
    >
      {(problems) => (
        <>
          <TextLine
            label="要办什么"
            value={title}
            onChange={setTitle}
            problem={problems.title}
            max={200}
            hint="动词开头，办成什么样写清楚"
          />
          <TextArea label="要求（可不填）" value={text} onChange={setText} problem={problems.text} max={4000} rows={3} />
          {!under && <Segments label="来自" value={source} options={{ direct: '直接交办', plan: '年度计划' }} onChange={setSource} />}
          <OrgPicker label="牵头组织" value={org} onChange={setOrg} problem={problems['lead.orgId']} />
          <PersonPicker label="牵头人（可不填，由牵头组织定）" value={person} onChange={setPerson} problem={problems['lead.personId']} />
          <PartyPicker label="请谁协办（可不填）" value={helper} onChange={setHelper} problem={problems['coOwners.0.orgId']} />
          <TermField term={term} onChange={setTerm} problems={problems} />
        </>
      )}
    </PanelForm>
  )
}
