import { useEffect, useState } from 'react'
import { today } from '#kernel/civilDate.ts'
import { useRead } from '#web/api.ts'
import { Choice } from '#web/parts/Choice.tsx'
import type { Picked } from '#web/parts/FindField.tsx'
import { LabelledDate } from '#web/parts/LabelledDate.tsx'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { PersonPicker } from '#web/parts/PersonPicker.tsx'
import { TextArea } from '#web/parts/TextArea.tsx'
import { TextLine } from '#web/parts/TextLine.tsx'
import { KINDS, kindOf, RETENTIONS, type RequestKind, type Retention } from '../contract.ts'

interface Props {
  orgId: string
  /** Given by another page, with the person it is about. */
  kind?: RequestKind
  aboutId?: string
  onClose: () => void
  onDone?: (id: string) => void
}

/** A request to the superior: its kind, whom it is about, and a text drafted from records. */
export function SendForm({ orgId, kind: givenKind, aboutId, onClose, onDone }: Props) {
  const [kind, setKind] = useState<RequestKind | null>(givenKind ?? null)
  const [person, setPerson] = useState<Picked | null>(aboutId ? { id: aboutId, name: '' } : null)
  const [toOrgId, setTo] = useState<string | null>(null)
  const [title, setTitle] = useState('')
  const [body, setBody] = useState('')
  const [letterNo, setLetterNo] = useState('')
  const [sentOn, setSentOn] = useState<string | null>(today())
  const [retention, setRetention] = useState<Retention | null>(null)
  const whose = kind === null ? undefined : kindOf(kind).person
  const about = whose !== undefined
  const ready = kind !== null && (whose !== true || person !== null)
  const { data: draft } = useRead(
    'requests.compose',
    { orgId, kind: kind ?? 'other', ...(about && person ? { aboutId: person.id } : {}) },
    { enabled: ready },
  )
  useEffect(() => {
    if (!draft) return
    if (draft.person) setPerson((who) => who && { ...who, name: draft.person! })
    setTitle(draft.title)
    setBody(draft.body)
    setTo(draft.toOrgId)
    setRetention(draft.retention)
  }, [draft])
  const input = () => {
    if (!kind) return '请选办什么'
    if (whose === true && !person) return '请选是谁'
    if (!toOrgId) return '没有登记上级党组织，不能在这里报送'
    if (!sentOn) return '请填报送日期'
    if (body.includes('＿＿＿')) return '正文里还有空着的地方（＿＿＿），请补齐或删去'
    return {
      orgId,
      kind,
      aboutId: about && person ? person.id : null,
      toOrgId,
      title,
      body,
      letterNo: letterNo.trim() || null,
      sentOn,
      retention: retention ?? undefined,
    }
  }
  return (
    <PanelForm
      name="requests.send"
      open
      onClose={onClose}
      title="报送请示"
      note="正文由记录里已有的内容拟出，可以改；没有记录的地方留空"
      input={input}
      submit="报送上级"
      done="已报送，等上级登记和答复"
      onDone={({ id }) => onDone?.(id)}
    >
      {(problems) => (
        <>
          <Choice label="办什么" value={kind} options={KIND_NAMES} onChange={setKind} problem={problems.kind} />
          {about && (
            <PersonPicker
              label={whose === true ? '是谁' : '推荐的人（推荐集体的不选）'}
              value={person}
              onChange={setPerson}
              problem={problems.aboutId}
            />
          )}
          {draft && ready && (
            <>
              <Choice
                label="主送"
                value={toOrgId}
                options={Object.fromEntries(draft.receivers.map(({ id, name }) => [id, name]))}
                onChange={setTo}
                problem={problems.toOrgId ?? problems.orgId}
              />
              <TextLine label="标题" value={title} onChange={setTitle} problem={problems.title} max={200} />
              <TextArea
                label="正文"
                value={body}
                onChange={setBody}
                rows={12}
                max={10_000}
                problem={problems.body}
                hint={draft.open > 0 ? `有 ${draft.open} 处没有记录可用，请补上「＿＿＿」` : undefined}
              />
              <TextLine label="发文字号（没有可以不填）" value={letterNo} onChange={setLetterNo} problem={problems.letterNo} max={60} />
              <LabelledDate
                label="报送日期"
                value={sentOn}
                onChange={setSentOn}
                problem={problems.sentOn}
                hint="以前用纸报送的，填当时的日期"
              />
              <Choice label="保管期限" value={retention} options={RETENTIONS} onChange={setRetention} problem={problems.retention} />
            </>
          )}
        </>
      )}
    </PanelForm>
  )
}

const KIND_NAMES = Object.fromEntries(Object.entries(KINDS).map(([key, { title }]) => [key, title])) as Record<RequestKind, string>
