import { useState } from 'react'
import { today } from '#kernel/civilDate.ts'
import { Choice } from '#web/parts/Choice.tsx'
import { LabelledDate } from '#web/parts/LabelledDate.tsx'
import { OrgPicker, type Picked } from '#web/parts/OrgPicker.tsx'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { TextLine } from '#web/parts/TextLine.tsx'
import { ORG_KINDS, type OrgKind } from '../contract.ts'
import type { Org } from './OrgDetail.tsx'

export type Change = 'rename' | 'move' | 'merge' | 'dissolve'

const WORDS: Record<Change, { title: string; submit: string; done: string; note: string }> = {
  rename: { title: '改名', submit: '改成这个名称', done: '名称已改', note: '从这一天起用新名称；以前的记录保留当时的名称' },
  move: { title: '调整隶属', submit: '从这一天起调整', done: '隶属已调整', note: '它的下级跟着走；以前的记录仍按当时的隶属' },
  merge: {
    title: '并入另一个党组织',
    submit: '从这一天起并入',
    done: '已合并',
    note: '下级、名册上的党员和覆盖单位一并转过去，现任职务和任期到这一天为止。以前的记录不变',
  },
  dissolve: { title: '撤销', submit: '从这一天起撤销', done: '已撤销', note: '下级和党员要先转走。以前的记录不变' },
}

interface Props {
  org: Org
  change: Change
  onClose: () => void
  onDone: () => void
}

/** Changes an organisation from a day on. */
export function ChangeForm({ org, change, onClose, onDone }: Props) {
  const [on, setOn] = useState<string | null>(today())
  const [name, setName] = useState(org.name)
  const [shortName, setShortName] = useState(org.shortName ?? '')
  const [target, setTarget] = useState<Picked | null>(null)
  const [kind, setKind] = useState<OrgKind>(org.kind)
  const words = WORDS[change]
  const input = () => {
    if (!on) return '请填生效日期'
    if ((change === 'move' || change === 'merge') && !target) return '请选另一个党组织'
    const common = { id: org.id, version: org.version, on }
    if (change === 'rename') return { ...common, name, shortName: shortName.trim() || null }
    if (change === 'move') return { ...common, parentId: target!.id, kind }
    return change === 'merge' ? { ...common, intoId: target!.id } : common
  }
  return (
    <PanelForm
      name={`organisation.${change}`}
      open
      onClose={onClose}
      kicker={org.name}
      title={words.title}
      note={words.note}
      input={input}
      submit={words.submit}
      done={words.done}
      onDone={onDone}
    >
      {(problems) => (
        <>
          {change === 'rename' && (
            <>
              <TextLine label="新的全称" value={name} onChange={setName} problem={problems.name} max={100} />
              <TextLine label="新的简称（可以不填）" value={shortName} onChange={setShortName} problem={problems.shortName} max={100} />
            </>
          )}
          {change === 'move' && (
            <>
              <OrgPicker label="新的上级党组织" value={target} onChange={setTarget} problem={problems.parentId} />
              <Choice label="类别" value={kind} options={ORG_KINDS} onChange={setKind} problem={problems.kind} />
            </>
          )}
          {change === 'merge' && <OrgPicker label="并入哪个党组织" value={target} onChange={setTarget} problem={problems.intoId} />}
          <LabelledDate
            label="从哪一天起"
            value={on}
            onChange={setOn}
            problem={problems.on}
            hint="过去、今天或以后的日期都可以；以后的到那一天自动生效"
          />
        </>
      )}
    </PanelForm>
  )
}
