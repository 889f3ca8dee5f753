import { useState } from 'react'
import { today } from '#kernel/civilDate.ts'
import { Choice } from '#web/parts/Choice.tsx'
import { LabelledDate } from '#web/parts/LabelledDate.tsx'
import { OrgPicker, type Picked } from '#web/parts/OrgPicker.tsx'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { TextLine } from '#web/parts/TextLine.tsx'
import { ORG_KINDS, type OrgKind } from '../contract.ts'

interface Props {
  parent: Picked | null
  isFirst: boolean
  onClose: () => void
  onDone: (id: string) => void
}

/** Founds a Party organisation. */
export function FoundForm({ parent: given, isFirst, onClose, onDone }: Props) {
  const [parent, setParent] = useState(given)
  const [kind, setKind] = useState<OrgKind | null>(isFirst ? 'partyCommittee' : null)
  const [name, setName] = useState('')
  const [shortName, setShortName] = useState('')
  const [foundedOn, setFoundedOn] = useState<string | null>(today())
  const input = () => {
    if (!kind) return '请选择类别'
    if (!foundedOn) return '请填成立日期'
    if (!parent && !isFirst) return '请选上级党组织'
    return { parentId: parent?.id ?? null, kind, name, foundedOn, ...(shortName.trim() ? { shortName } : {}) }
  }
  return (
    <PanelForm
      name="organisation.found"
      open
      onClose={onClose}
      title="成立党组织"
      note="日期按批复文件填；以后的日期也可以，到那一天自动生效"
      input={input}
      submit="存入这个组织"
      done={`${name}已成立`}
      onDone={({ id }) => onDone(id)}
    >
      {(problems) => (
        <>
          {!isFirst && <OrgPicker label="上级党组织" value={parent} onChange={setParent} problem={problems.parentId} />}
          <Choice label="类别" value={kind} options={ORG_KINDS} onChange={setKind} problem={problems.kind} />
          <TextLine label="全称" value={name} onChange={setName} problem={problems.name} max={100} hint="如：机电队党支部" />
          <TextLine label="简称（可以不填）" value={shortName} onChange={setShortName} problem={problems.shortName} max={100} />
          <LabelledDate
            label="成立日期"
            value={foundedOn}
            onChange={setFoundedOn}
            problem={problems.foundedOn}
            hint="应办的会议从这一天算起"
          />
        </>
      )}
    </PanelForm>
  )
}
