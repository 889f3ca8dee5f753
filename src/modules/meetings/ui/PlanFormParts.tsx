import { useNavigate } from '@tanstack/react-router'
import { App } from 'antd'
import { useDeferredValue, useEffect, useRef, useState } from 'react'
import { today } from '#kernel/civilDate.ts'
import { ApiError, useCommand, useRead } from '#web/api.ts'
import { useDraft } from '#web/drafts.ts'
import { DateField } from '#web/parts/DateField.tsx'
import { DraftNotice } from '#web/parts/DraftNotice.tsx'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { Icon } from '#web/parts/Icon.tsx'
import { PersonPicker } from '#web/parts/PersonPicker.tsx'
import type { MeetingKind } from '../contract.ts'
import { KindChips } from './KindChips.tsx'
import { Problem, Text } from './MeetingPart.tsx'
import { Pick } from './Pick.tsx'
import { PlanAgenda } from './PlanAgenda.tsx'
import { emptyPlan, itemsOf, missingInPlan, type PlanForm, type PreparedPlan, planOf, planTitle } from './planForm.ts'

interface Props {
  orgId: string
  editing: { id: string; version: number; form: PlanForm } | undefined
  kind: MeetingKind | undefined
  day: string | undefined
}

export interface PlanPartProps {
  form: PlanForm
  prepared: PreparedPlan | undefined
  set: (change: Partial<PlanForm>) => void
  problems: Record<string, string[]>
}

/** The plan on the left, and on the right whom it calls, what it clashes with and what is missing. */
export function PlanFormParts({ orgId, editing, kind, day }: Props) {
  const draft = useDraft<PlanForm>(`meetings.plan:${editing?.id ?? orgId}`)
  const first = () => editing?.form ?? emptyPlan(kind, day)
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
  const known = prepared?.known ?? []
  return (
    <section className="form-part" aria-labelledby="plan-when">
      <header>
        <h2 id="plan-when">会议</h2>
      </header>
      <div className="form-grid">
        <KindChips label="类别（可多选）" orgId={orgId} kinds={form.kinds} onChange={(kinds) => set({ kinds })} />
        <Text
          label="会议名称"
          className="wide"
          value={planTitle(form)}
          max={200}
          onChange={(title) => set({ title })}
          problem={problems.title}
        />
        <div className="field">
          <label htmlFor="plan-day">日期</label>
          <DateField id="plan-day" value={form.heldOn} min={today()} onChange={(heldOn) => set({ heldOn: heldOn ?? today() })} />
          <Problem of={problems.heldOn} />
        </div>
        <div className="field half-on-phone">
          <label htmlFor="plan-start">开始</label>
          <input id="plan-start" type="time" className="text" value={form.start} onChange={(e) => set({ start: e.target.value })} />
          <Problem of={problems.start} />
        </div>
        <div className="field">
          <label htmlFor="plan-end">结束{form.start && form.end && form.end < form.start ? '（次日）' : ''}</label>
          <input id="plan-end" type="time" className="text" value={form.end} onChange={(e) => set({ end: e.target.value })} />
          <Problem of={problems.end} />
        </div>
        <Text
          label="地点"
          value={form.place ?? prepared?.place ?? ''}
          max={100}
          onChange={(place) => set({ place })}
          problem={problems.place}
        />
        <Pick
          label="主持人"
          value={form.chairId ?? prepared?.chair?.id ?? null}
          options={known}
          onChange={(chairId) => set({ chairId })}
          problem={problems.chairId?.[0]}
        />
        <Pick
          label="记录人"
          value={form.recorderId ?? prepared?.recorder?.id ?? null}
          options={known}
          onChange={(recorderId) => set({ recorderId })}
          problem={problems.recorderId?.[0]}
        />
      </div>
    </section>
  )
}

/** Who comes besides the roster. */
function Others({ form, set, problems }: PlanPartProps) {
  return (
    <section className="form-part" aria-labelledby="plan-others">
      <header>
        <h2 id="plan-others">邀请和说明（选填）</h2>
      </header>
      <div className="form-grid">
        <div className="wide">
          <PersonPicker
            key={form.guests.length}
            label="邀请其他组织的人（上级指导、列席）"
            value={null}
            problem={problems.guestIds?.[0]}
            onChange={(guest) => guest && !form.guests.some((g) => g.id === guest.id) && set({ guests: [...form.guests, guest] })}
          />
          {form.guests.length > 0 && (
            <div className="chips">
              {form.guests.map((g) => (
                <button
                  key={g.id}
                  type="button"
                  className="chip"
                  onClick={() => set({ guests: form.guests.filter((other) => other.id !== g.id) })}
                >
                  {g.name} <span className="t3">去掉</span>
                </button>
              ))}
            </div>
          )}
        </div>
        <Text
          label="列席人员（系统里没有的人，用顿号隔开）"
          className="wide"
          max={2000}
          value={form.observers}
          onChange={(observers) => set({ observers })}
        />
        <Text
          label="通知里另外要说的话"
          className="wide"
          max={500}
          value={form.note}
          onChange={(note) => set({ note })}
          problem={problems.note}
        />
      </div>
    </section>
  )
}

/** Whom the plan calls, and what the time would clash with. */
function Called({ form, prepared, set, problems }: PlanPartProps) {
  const people = prepared?.people ?? []
  const chosen = new Set(form.expectedIds ?? people.map((p) => p.personId))
  const choosing = prepared?.basis === 'chosen'
  const count = choosing ? people.filter((p) => chosen.has(p.personId)).length : people.length
  const toggle = (id: string) => {
    const next = new Set(chosen)
    if (!next.delete(id)) next.add(id)
    set({ expectedIds: [...next] })
  }
  return (
    <>
      <h2>通知到谁</h2>
      <p className="small t2" role="status">
        {form.kinds.length === 0
          ? '选了会议类别，这里列出应到的人。'
          : `应到 ${count} 人，其中有表决权 ${people.filter((p) => p.entitled && (!choosing || chosen.has(p.personId))).length} 人；${
              prepared?.basis === 'posts' ? '按当天的委员' : choosing ? '从当天名册里选' : '按当天名册'
            }。`}
      </p>
      {choosing && form.kinds.length > 0 && (
        <div className="chips">
          {people.map((p) => (
            <button
              key={p.personId}
              type="button"
              className="chip"
              aria-pressed={chosen.has(p.personId)}
              onClick={() => toggle(p.personId)}
            >
              {p.name}
            </button>
          ))}
        </div>
      )}
      <Problem of={problems.expectedIds} />
      {(prepared?.clashes ?? []).map((c) => (
        <div key={c.says} className="note hu" role="status">
          <Icon name="warning" />
          <p>{c.says}。</p>
        </div>
      ))}
      {prepared && prepared.clashes.length === 0 && form.kinds.length > 0 && (
        <p className="small song row">
          <Icon name="tick" size={14} /> 这个时间，人和地点都没有冲突
        </p>
      )}
      <p className="small t3">
        议程 {itemsOf(form, prepared).filter((i) => i.topic.trim() !== '').length} 项
        {prepared && prepared.openActions > 0 && `；还有 ${prepared.openActions} 件以前议定的事没有办结，记录时逐件核对`}。
      </p>
    </>
  )
}

function usePreparedPlan(orgId: string, form: PlanForm, planId: string | undefined) {
  const { heldOn, kinds, start, end, place, chairId, recorderId, expectedIds } = useDeferredValue(form)
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
