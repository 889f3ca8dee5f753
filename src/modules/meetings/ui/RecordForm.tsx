import { useNavigate } from '@tanstack/react-router'
import { App } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { ApiError, useCommand, useRead } from '#web/api.ts'
import { useDraft } from '#web/drafts.ts'
import { DraftNotice } from '#web/parts/DraftNotice.tsx'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { usePhone } from '#web/screen.ts'
import type { MeetingKind, PlanView } from '../contract.ts'
import { AttendancePart } from './AttendancePart.tsx'
import { ItemsPart } from './ItemsPart.tsx'
import { MeetingPart } from './MeetingPart.tsx'
import { OpenPart } from './OpenPart.tsx'
import { RecordSide } from './RecordSide.tsx'
import { contentOf, emptyForm, type Form, formOfPlanned, leftOverOf, missingIn, type Prepared } from './recordForm.ts'
import { type ServerDraft, ServerDrafts } from './ServerDrafts.tsx'

interface Props {
  orgId: string
  editing: { id: string; version: number; form: Form } | undefined
  kind: MeetingKind | undefined
  /** What it was planned as: everything that is known from there is filled in. */
  plan?: PlanView | undefined
}

/** The form, its draft in this browser, and where it goes; on a phone one screen a group. */
export function RecordForm({ orgId, editing, kind, plan }: Props) {
  const draft = useDraft<Form>(`meetings.record:${editing?.id ?? plan?.id ?? orgId}`)
  const first = () => editing?.form ?? (plan ? formOfPlanned(plan) : emptyForm(kind))
  const [form, setForm] = useState<Form>(() => draft.restored?.values ?? first())
  const [step, setStep] = useState(0)
  const [kept, setKept] = useState<ServerDraft | undefined>(undefined)
  const phone = usePhone()
  const prepared = usePrepared(orgId, form)
  const set = (change: Partial<Form>) => {
    const next = { ...form, ...change }
    setForm(next)
    draft.save(next)
  }
  const submit = useSubmit(orgId, editing, kept, draft.clear, plan && { planId: plan.id, leftOver: leftOverOf(plan, form) })
  const parts = { form, prepared: prepared.data, set, problems: problemsOf(submit.error) }
  const missing = missingIn(form, prepared.data)
  const send = (another = false) => prepared.data && submit.send(contentOf(form, prepared.data), another)
  const discard = () => {
    draft.clear()
    setForm(first())
  }
  const screens = [
    <MeetingPart key="meeting" {...parts} orgId={orgId} copies={!editing} />,
    <AttendancePart key="attendance" {...parts} />,
    <div key="items">
      <OpenPart {...parts} />
      <ItemsPart {...parts} />
    </div>,
  ]
  const side = (
    <RecordSide
      {...parts}
      missing={missing}
      submit={submit}
      onSend={send}
      orgId={orgId}
      editing={editing !== undefined}
      kept={kept}
      onKept={setKept}
    />
  )
  return (
    <div className="stack">
      {draft.restored && <DraftNotice at={draft.restored.at} onDiscard={discard} />}
      {!editing && !plan && (
        <ServerDrafts
          orgId={orgId}
          kept={kept}
          onTake={(taken, from) => {
            set(taken)
            setKept(from)
          }}
        />
      )}
      {prepared.error && <ErrorCard error={prepared.error} again={prepared.refetch} />}
      {phone ? (
        <div className="with-step-bar">
          <p className="small t2" role="status">
            第 {step + 1} 步，共 {screens.length + 1} 步
          </p>
          <section className="card">{screens[step] ?? <div className="inside">{side}</div>}</section>
          <StepBar step={step} last={screens.length} onStep={setStep} />
        </div>
      ) : (
        <div className="columns meeting-columns">
          <section className="card">{screens}</section>
          <aside className="card inside-card record-side">
            <div className="inside">{side}</div>
          </aside>
        </div>
      )}
    </div>
  )
}

function StepBar({ step, last, onStep }: { step: number; last: number; onStep: (step: number) => void }) {
  if (step === last)
    return (
      <div className="step-bar">
        <button type="button" className="button large" onClick={() => onStep(step - 1)}>
          上一步
        </button>
      </div>
    )
  return (
    <div className="step-bar">
      {step > 0 && (
        <button type="button" className="button large" onClick={() => onStep(step - 1)}>
          上一步
        </button>
      )}
      <button type="button" className="button primary large" onClick={() => onStep(step + 1)}>
        {step === last - 1 ? '核对并存入' : '下一步'}
      </button>
    </div>
  )
}

/** The roster of that day; while a new answer is on its way the last one stays on show. */
function usePrepared(orgId: string, { heldOn, kinds, own }: Form) {
  const asked = kinds.length > 0 ? kinds : (['memberAssembly'] as MeetingKind[])
  const read = useRead(
    'meetings.prepare',
    { orgId, day: heldOn, kinds: asked, ...(own ? { ownKindId: own.id } : {}) },
    { enabled: heldOn !== '' },
  )
  const last = useRef<Prepared | undefined>(undefined)
  useEffect(() => {
    if (read.data) last.current = read.data
  }, [read.data])
  return { data: read.data ?? last.current, error: read.error, refetch: read.refetch }
}

export type Submit = ReturnType<typeof useSubmit>

function useSubmit(
  orgId: string,
  editing: Props['editing'],
  kept: ServerDraft | undefined,
  done: () => void,
  fromPlan: { planId: string; leftOver: number[] } | undefined,
) {
  const record = useCommand('meetings.record', { keepOffline: '会议记录' })
  const edit = useCommand('meetings.edit')
  const navigate = useNavigate()
  const { message } = App.useApp()
  const finish = ({ id, late, warnings }: { id: string; late: boolean; warnings: { says: string }[] }) => {
    done()
    message.success(`已存入记录${late ? '，标为补录' : ''}${warnings.length > 0 ? `，有 ${warnings.length} 处提示` : ''}`)
    void navigate({ to: `/meetings/${id}` } as never)
  }
  return {
    pending: record.isPending || edit.isPending,
    error: record.error ?? edit.error,
    send: (content: ReturnType<typeof contentOf>, another: boolean) =>
      editing
        ? edit.mutate({ id: editing.id, version: editing.version, content }, { onSuccess: finish })
        : record.mutate({ orgId, ...content, ...fromPlan, another, ...(kept ? { draftId: kept.id } : {}) }, { onSuccess: finish }),
  }
}

function problemsOf(error: Error | null): Record<string, string[]> {
  return error instanceof ApiError ? (error.fields ?? {}) : {}
}
