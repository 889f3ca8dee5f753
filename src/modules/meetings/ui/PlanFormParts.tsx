import { useNavigate } from '@tanstack/react-router'
import { App } from 'antd'
import { useDeferredValue, useEffect, useRef, useState } from 'react'
import { today } from '#kernel/civilDate.ts'
import { ApiError, useCommand, useRead } from '#web/api.ts'
import { useDraft } from '#web/drafts.ts'
import { DraftNotice } from '#web/parts/DraftNotice.tsx'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { Icon } from '#web/parts/Icon.tsx'
import type { MeetingKind } from '../contract.ts'
import { HeldFields } from './HeldFields.tsx'
import { KindField } from './KindField.tsx'
import { PlanAgenda } from './PlanAgenda.tsx'
import { Called, Others } from './PlanCalled.tsx'
import { emptyPlan, missingInPlan, type PlanForm, type PreparedPlan, planOf, planTitle } from './planForm.ts'
import { Text } from './Text.tsx'

interface Props {
  orgId: string
  editing: { id: string; version: number; form: PlanForm } | undefined
  kinds: MeetingKind[]
  day: string | undefined
}

export interface PlanPartProps {
  form: PlanForm
  prepared: PreparedPlan | undefined
  set: (change: Partial<PlanForm>) => void
  problems: Record<string, string[]>
}

/** The plan on the left, and on the right whom it calls, what it clashes with and what is missing. */
export function PlanFormParts({ orgId, editing, kinds, day }: Props) {
  const draft = useDraft<PlanForm>(`meetings.plan:${editing?.id ?? orgId}`)
  const first = () => editing?.form ?? emptyPlan(kinds, day)
  const [form, setForm] = useState<PlanForm>(() => draft.restored?.values ?? first())
  const prepared = usePreparedPlan(orgId, form, editing?.id)
  const set = (change: Partial<PlanForm>) => {
    const next = { ...form, ...change }
    setForm(next)
    draft.save(next)
  }
  const submit = useSubmitPlan(orgId, editing, draft.clear)
  const problems = submit.error instanceof ApiError ? (submit.error.fields ?? {}) : {}
  const parts = { form, prepared: prepared.data, set, problems }
  const missing = missingInPlan(form, prepared.data)
  return (
    <div className="stack">
      {draft.restored && (
        <DraftNotice
          at={draft.restored.at}
          onDiscard={() => {
            draft.clear()
            setForm(first())
          }}
        />
      )}
      {prepared.error && <ErrorCard error={prepared.error} again={prepared.refetch} />}
      <div className="columns meeting-columns">
        <section className="card">
          <WhenAndWho {...parts} orgId={orgId} />
          <PlanAgenda {...parts} orgId={orgId} />
          <Others {...parts} />
        </section>
        <aside className="card inside-card record-side">
          <div className="inside">
            <Called {...parts} />
            <div className="record-foot">
              {missing.length > 0 && (
                <div className="note hu" role="status">
                  <Icon name="warning" />
                  <p>
                    还差 {missing.length} 个必填：<b>{missing.join('、')}</b>
                  </p>
                </div>
              )}
              {submit.error && <ErrorCard error={submit.error} />}
              <button
                type="button"
                className="button primary large block"
                aria-disabled={missing.length > 0 || submit.pending || !prepared.data || undefined}
                onClick={() => missing.length === 0 && !submit.pending && prepared.data && submit.send(planOf(form, prepared.data))}
              >
                {submit.pending ? '正在存…' : editing ? '存下变更并重出通知' : '安排并出通知'}
              </button>
            </div>
          </div>
        </aside>
      </div>
    </div>
  )
}

function WhenAndWho({ form, prepared, set, problems, orgId }: PlanPartProps & { orgId: string }) {
  return (
    <section className="form-part" aria-labelledby="plan-when">
      <header>
        <h2 id="plan-when">会议</h2>
      </header>
      <div className="form-grid">
        <KindField form={form} set={set} orgId={orgId} problem={problems.kinds ?? problems.ownKindId} />
        {form.kinds.includes('memberAssembly') && (
          <label className="row wide">
            <input type="checkbox" checked={form.election ?? false} onChange={(e) => set({ election: e.target.checked })} />
            这次大会要选举（到会按选举规定的五分之四核对）
          </label>
        )}
        <Text
          label="会议名称"
          className="wide"
          value={planTitle(form)}
          max={200}
          onChange={(title) => set({ title })}
          problem={problems.title}
        />
        <HeldFields form={form} usual={prepared} set={set} problems={problems} min={today()} />
      </div>
    </section>
  )
}

function usePreparedPlan(orgId: string, form: PlanForm, planId: string | undefined) {
  const { heldOn, kinds, own, start, end, place, chairId, recorderId, expectedIds } = useDeferredValue(form)
  const read = useRead(
    'meetings.preparePlan',
    {
      orgId,
      day: heldOn,
      kinds: kinds.length > 0 ? kinds : ['memberAssembly'],
      ...(start ? { start } : {}),
      ...(end ? { end } : {}),
      ...(place === null ? {} : { place }),
      ...(chairId ? { chairId } : {}),
      ...(recorderId ? { recorderId } : {}),
      ...(expectedIds ? { expectedIds } : {}),
      ...(planId ? { planId } : {}),
      ...(own ? { ownKindId: own.id } : {}),
    },
    { enabled: heldOn !== '' },
  )
  const last = useRef<PreparedPlan | undefined>(undefined)
  useEffect(() => {
    if (read.data) last.current = read.data
  }, [read.data])
  return { data: read.data ?? last.current, error: read.error, refetch: read.refetch }
}

function useSubmitPlan(orgId: string, editing: Props['editing'], done: () => void) {
  const plan = useCommand('meetings.plan')
  const change = useCommand('meetings.changePlan')
  const navigate = useNavigate()
  const { message } = App.useApp()
  const finish = ({ id }: { id: string }) => {
    done()
    message.success(editing ? '已变更，通知已重出' : '已安排，通知可以复制了')
    void navigate({ to: `/meetings/plans/${id}` } as never)
  }
  return {
    pending: plan.isPending || change.isPending,
    error: plan.error ?? change.error,
    send: (content: ReturnType<typeof planOf>) =>
      editing
        ? change.mutate({ id: editing.id, version: editing.version, content }, { onSuccess: finish })
        : plan.mutate({ orgId, ...content }, { onSuccess: finish }),
  }
}
