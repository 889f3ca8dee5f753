import { useState } from 'react'
import { today } from '#kernel/civilDate.ts'
import { Choice } from '#web/parts/Choice.tsx'
import { LabelledDate } from '#web/parts/LabelledDate.tsx'
import { OrgPicker, type Picked } from '#web/parts/OrgPicker.tsx'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { TextLine } from '#web/parts/TextLine.tsx'
import type { UnitNode } from './UnitList.tsx'

export type UnitStep = 'found' | 'rename' | 'move' | 'dissolve' | 'cover' | 'uncover'

const WORDS: Record<UnitStep, { name: string; title: string; submit: string; date: string }> = {
  found: { name: 'organisation.foundUnit', title: '设立行政单位', submit: '存入这个单位', date: '设立日期' },
  rename: { name: 'organisation.renameUnit', title: '行政单位改名', submit: '改成这个名称', date: '从哪一天起' },
  move: { name: 'organisation.moveUnit', title: '调整行政隶属', submit: '从这一天起调整', date: '从哪一天起' },
  dissolve: { name: 'organisation.dissolveUnit', title: '撤销行政单位', submit: '从这一天起撤销', date: '从哪一天起不再存在' },
  cover: { name: 'organisation.cover', title: '由党组织覆盖', submit: '从这一天起覆盖', date: '从哪一天起' },
  uncover: { name: 'organisation.uncover', title: '不再覆盖', submit: '从这一天起不再覆盖', date: '从哪一天起' },
}

const TOP = 'top'

interface Props {
  step: UnitStep
  unit: UnitNode | null
  units: UnitNode[]
  onClose: () => void
}

/** A step of an administrative unit, dated. */
export function UnitForm({ step, unit, units, onClose }: Props) {
  const [on, setOn] = useState<string | null>(today())
  const [name, setName] = useState(unit?.name ?? '')
  const [org, setOrg] = useState<Picked | null>(null)
  const [covering, setCovering] = useState<string | null>(unit?.orgs.length === 1 ? unit.orgs[0]!.id : null)
  const [parent, setParent] = useState<string>(unit?.parentId ?? TOP)
  const words = WORDS[step]
  const input = () => {
    if (!on) return '请填日期'
    const parentId = parent === TOP ? null : parent
    if (step === 'found') return org ? { orgId: org.id, parentId, name, foundedOn: on } : '请选覆盖它的党组织'
    const own = { id: unit!.id, version: unit!.version, on }
    if (step === 'rename') return { ...own, name }
    if (step === 'move') return { ...own, parentId }
    if (step === 'dissolve') return own
    if (step === 'cover') return org ? { orgId: org.id, unitId: unit!.id, on } : '请选党组织'
    return covering ? { orgId: covering, unitId: unit!.id, on } : '请选党组织'
  }
  const others = Object.fromEntries([
    [TOP, '最高一级'],
    ...units.filter(({ id }) => id !== unit?.id).map(({ id, name: text }) => [id, text]),
  ])
  const orgs = Object.fromEntries((unit?.orgs ?? []).map(({ id, name: text }) => [id, text]))
  return (
    <PanelForm
      name={words.name as 'organisation.foundUnit'}
      open
      onClose={onClose}
      {...(unit ? { kicker: unit.name } : {})}
      title={words.title}
      input={input}
      submit={words.submit}
      done="已存入"
    >
      {(problems) => (
        <>
          {(step === 'found' || step === 'rename') && (
            <TextLine label="单位名称" value={name} onChange={setName} problem={problems.name} max={100} />
          )}
          {(step === 'found' || step === 'move') && (
            <Choice label="上级单位" value={parent} options={others} onChange={setParent} problem={problems.parentId} />
          )}
          {(step === 'found' || step === 'cover') && (
            <OrgPicker label="由哪个党组织覆盖" value={org} onChange={setOrg} problem={problems.orgId} />
          )}
          {step === 'uncover' && (
            <Choice label="哪个党组织" value={covering} options={orgs} onChange={setCovering} problem={problems.orgId} />
          )}
          <LabelledDate label={words.date} value={on} onChange={setOn} problem={problems.on ?? problems.foundedOn} />
        </>
      )}
    </PanelForm>
  )
}
