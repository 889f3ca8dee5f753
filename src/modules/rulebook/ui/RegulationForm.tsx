import { useState } from 'react'
import { addYears, today } from '#kernel/civilDate.ts'
import { DUTY_KINDS, frequencyText } from '#modules/duties/contract.ts'
import type { FileCard } from '#modules/files/contract.ts'
import { useRead } from '#web/api.ts'
import { Attach } from '#web/parts/Attach.tsx'
import { LabelledDate } from '#web/parts/LabelledDate.tsx'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { TextArea } from '#web/parts/TextArea.tsx'
import { TextLine } from '#web/parts/TextLine.tsx'
import { dateText } from '#web/text.ts'
import type { Edition } from '../contract.ts'

interface Props {
  orgId: string
  orgName: string
  /** The edition that the new one follows. */
  revises?: Edition
  onClose: () => void
}

/** Registers a regulation, or the next edition of one. */
export function RegulationForm({ orgId, orgName, revises, onClose }: Props) {
  const [name, setName] = useState(revises?.name ?? '')
  const [letterNo, setLetterNo] = useState('')
  const [owner, setOwner] = useState(revises?.owner ?? '')
  const [source, setSource] = useState(revises?.source ?? '')
  const [note, setNote] = useState('')
  const [validFrom, setValidFrom] = useState<string | null>(today())
  const [reviewOn, setReviewOn] = useState<string | null>(addYears(today(), 2))
  const [ruleIds, setRuleIds] = useState<string[]>(revises?.rules.map((r) => r.id) ?? [])
  const [files, setFiles] = useState<FileCard[]>([])
  const input = () => {
    if (name.trim().length < 2) return '请写制度的全称'
    if (owner.trim().length < 2) return '请写负责的部门或人'
    if (source.trim().length < 2) return '请写依据的文件和条款'
    if (!validFrom) return '请填执行日期'
    const written = { name, letterNo, owner, source, note, validFrom, reviewOn, ruleIds, files: files.map((f) => f.id) }
    return revises ? { id: revises.id, version: revises.version, ...written } : { orgId, ...written }
  }
  return (
    <PanelForm
      name={revises ? 'rulebook.revise' : 'rulebook.enact'}
      open
      onClose={onClose}
      kicker={orgName}
      title={revises ? `修订《${revises.name}》` : '登记制度'}
      note={
        revises
          ? `第 ${revises.number} 版${dateText(revises.validFrom)}起执行，新版执行那天自动转为已修订`
          : '登记以后，下级也看得到；到复审日期前三十天提醒'
      }
      input={input}
      submit={revises ? '登记新版' : '登记这项制度'}
      done={revises ? '新版已登记' : '制度已登记'}
    >
      {(problems) => (
        <>
          <TextLine label="制度全称" value={name} onChange={setName} problem={problems.name} max={200} />
          <TextLine label="文号" value={letterNo} onChange={setLetterNo} problem={problems.letterNo} hint="没有就不填" max={60} />
          <TextLine label="负责的部门或人" value={owner} onChange={setOwner} problem={problems.owner} max={100} />
          <TextLine label="依据" value={source} onChange={setSource} problem={problems.source} hint="文件名和条款" max={300} />
          <LabelledDate label="从哪一天起执行" value={validFrom} onChange={setValidFrom} problem={problems.validFrom} />
          <LabelledDate label="下次复审" value={reviewOn} onChange={setReviewOn} problem={problems.reviewOn} />
          <Applied orgId={orgId} chosen={ruleIds} onChange={setRuleIds} problem={problems.ruleIds} />
          <TextArea label="说明" value={note} onChange={setNote} rows={2} max={500} hint="这次立、改了什么，可以不写" />
          <Attach
            label="文本"
            orgId={orgId}
            files={files}
            onChange={setFiles}
            problem={problems.files}
            hint="Word、PDF 或扫描件，可以搜到内容"
          />
        </>
      )}
    </PanelForm>
  )
}

interface AppliedProps {
  orgId: string
  chosen: string[]
  onChange: (ids: string[]) => void
  problem: string | undefined
}

/** The organisation's own duty rules that rest on the regulation. */
function Applied({ orgId, chosen, onChange, problem }: AppliedProps) {
  const { data } = useRead('duties.rules', { orgId })
  const own = (data?.items ?? []).filter((r) => r.body.layer === 'unit' && r.canEnd)
  if (own.length === 0) return null
  return (
    <fieldset className="field">
      <legend>系统里按它提醒的应办规则</legend>
      {own.map((r) => (
        <label key={r.id} className="row">
          <input
            type="checkbox"
            checked={chosen.includes(r.id)}
            onChange={(event) => onChange(event.target.checked ? [...chosen, r.id] : chosen.filter((id) => id !== r.id))}
          />
          {DUTY_KINDS[r.body.duty]}
          {frequencyText(r.body)} <span className="t3">{r.source}</span>
        </label>
      ))}
      {problem && <p className="problem">{problem}</p>}
    </fieldset>
  )
}
