import { useState } from 'react'
import { today } from '#kernel/civilDate.ts'
import { POSTS } from '#modules/organisation/contract.ts'
import { useRead } from '#web/api.ts'
import { Choice } from '#web/parts/Choice.tsx'
import type { Picked } from '#web/parts/FindField.tsx'
import { LabelledDate } from '#web/parts/LabelledDate.tsx'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { PersonPicker } from '#web/parts/PersonPicker.tsx'
import { Segments } from '#web/parts/Segments.tsx'
import { TextLine } from '#web/parts/TextLine.tsx'
import { CAUSES, type Cause } from '../contract.ts'
import { BranchPicker } from './BranchPicker.tsx'
import { DaysField } from './DaysField.tsx'

interface Props {
  org: { id: string; name: string }
  /** Known already when the form is opened from a member's file. */
  person?: Picked
  onClose: () => void
  onDone?: (id: string) => void
}

/** Issues a letter of introduction: who, where to, until when; and asks what becomes of the posts. */
export function SendForm({ org, person, onClose, onDone }: Props) {
  const [who, setWho] = useState<Picked | null>(person ?? null)
  const [inside, setInside] = useState<'inside' | 'out'>('inside')
  const [to, setTo] = useState<Picked | null>(null)
  const [place, setPlace] = useState('')
  const [cause, setCause] = useState<Cause>('job')
  const [sentOn, setSentOn] = useState<string | null>(today())
  const [days, setDays] = useState(10)
  const [keep, setKeep] = useState<string[]>([])
  const { data } = useRead('transfers.ofMember', { personId: who?.id ?? '' }, { enabled: who !== null })
  const posts = data?.from?.posts ?? []
  const input = () => {
    if (!who) return '请选要转出的党员'
    if (inside === 'inside' && !to) return '请选转到哪个支部'
    if (inside === 'out' && place.trim().length < 2) return '请填对方党组织的全称'
    if (!sentOn) return '请填开出日期'
    const where = inside === 'inside' ? { toOrgId: to!.id } : { place }
    const endPosts = posts.map(({ id }) => id).filter((id) => !keep.includes(id))
    return { orgId: data?.from?.orgId ?? org.id, personId: who.id, ...where, cause, sentOn, days, endPosts }
  }
  return (
    <PanelForm
      name="transfers.send"
      open
      onClose={onClose}
      kicker={data?.from?.orgName ?? org.name}
      title="转出组织关系"
      note="开出介绍信以后名册不变；对方接收那一天两边名册各变一次，接收以前仍由你们管理"
      input={input}
      submit="开出介绍信"
      done="介绍信已开出，等对方接收"
      onDone={(answer) => onDone?.(answer.id)}
    >
      {(problems) => (
        <>
          {person ? <p className="strong">{person.name}</p> : <PersonPicker label="谁" value={who} onChange={setWho} />}
          <Segments
            label="转到哪里"
            value={inside}
            options={{ inside: '本单位的支部', out: '外单位' }}
            onChange={(where) => {
              setInside(where)
              setDays(where === 'out' ? 30 : 10)
            }}
          />
          {inside === 'inside' ? (
            <BranchPicker value={to} onChange={setTo} problem={problems.toOrgId} />
          ) : (
            <TextLine label="对方党组织全称" value={place} onChange={setPlace} problem={problems.place} max={100} />
          )}
          <Choice label="为什么转" value={cause} options={CAUSES} onChange={setCause} />
          <LabelledDate label="介绍信开出日期" value={sentOn} onChange={setSentOn} problem={problems.sentOn} />
          <DaysField days={days} onChange={setDays} problem={problems.days} />
          {posts.length > 0 && (
            <fieldset className="transfer-posts">
              <legend>接收那一天，这些任职一并结束吗？</legend>
              {posts.map(({ id, role, orgName }) => (
                <label key={id}>
                  <input
                    type="checkbox"
                    checked={!keep.includes(id)}
                    onChange={() => setKeep(keep.includes(id) ? keep.filter((k) => k !== id) : [...keep, id])}
                  />
                  {orgName} {POSTS[role]}
                </label>
              ))}
            </fieldset>
          )}
        </>
      )}
    </PanelForm>
  )
}
