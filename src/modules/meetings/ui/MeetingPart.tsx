import { App } from 'antd'
import { today } from '#kernel/civilDate.ts'
import { DateField } from '#web/parts/DateField.tsx'
import { ask } from '#web/request.ts'
import type { MeetingView } from '../contract.ts'
import { KindField } from './KindField.tsx'
import { Pick } from './Pick.tsx'
import { attendanceOf, type Form, formOf, newItem, type Prepared, titleOf } from './recordForm.ts'

export interface PartProps {
  form: Form
  prepared: Prepared | undefined
  set: (change: Partial<Form>) => void
  /** What the server said of each field. */
  problems: Record<string, string[]>
}

/** 会议: what, when, where, and who led it. */
export function MeetingPart({ form, prepared, set, problems, orgId, copies }: PartProps & { orgId: string; copies: boolean }) {
  const known = prepared?.known ?? []
  const here = attendanceOf(form, prepared).present.map((p) => ({ id: p.personId, name: p.name }))
  const ballot = form.items.some((item) => item.vote?.method === 'ballot')
  return (
    <section className="form-part" aria-labelledby="part-meeting">
      <header>
        <h2 id="part-meeting">会议</h2>
        {copies && <CopyLast orgId={orgId} form={form} set={set} />}
      </header>
      <div className="form-grid">
        <KindField form={form} set={set} orgId={orgId} problem={problems.kinds ?? problems.ownKindId} />
        <Text
          label="会议名称"
          className="wide"
          value={titleOf(form)}
          max={200}
          onChange={(title) => set({ title })}
          problem={problems.title}
        />
        <div className="field">
          <label htmlFor="held-on">日期</label>
          <DateField id="held-on" value={form.heldOn} max={today()} onChange={(day) => set({ heldOn: day ?? today() })} />
          <Problem of={problems.heldOn} />
        </div>
        <div className="field half-on-phone">
          <label htmlFor="start">开始</label>
          <input id="start" type="time" className="text" value={form.start} onChange={(e) => set({ start: e.target.value })} />
          <Problem of={problems.start} />
        </div>
        <div className="field">
          <label htmlFor="end">结束</label>
          <input id="end" type="time" className="text" value={form.end} onChange={(e) => set({ end: e.target.value })} />
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
        {ballot && (
          <>
            <Pick
              label="计票人"
              need="有票决，必填"
              className="half"
              value={form.tellerId}
              options={here}
              onChange={(tellerId) => set({ tellerId })}
              problem={problems.tellerId?.[0]}
            />
            <Pick
              label="监票人"
              need="有票决，必填"
              className="half"
              value={form.scrutineerId}
              options={here}
              onChange={(scrutineerId) => set({ scrutineerId })}
              problem={problems.scrutineerId?.[0]}
            />
          </>
        )}
      </div>
    </section>
  )
}

/** Takes place, roles and topics from the last meeting of the same kind; what was said and decided stays there. */
function CopyLast({ orgId, form, set }: { orgId: string; form: Form; set: PartProps['set'] }) {
  const { message } = App.useApp()
  const [kind] = form.kinds
  const copy = async () => {
    const { items } = await ask<{ items: { id: string }[] }>('meetings.list', { orgId, limit: 1, ...(kind ? { kind } : {}) })
    if (!items[0]) return void message.info('以前还没有记过这类会议')
    const last = formOf(await ask<MeetingView>('meetings.get', { id: items[0].id }))
    const topics = last.items.map(({ topic }) => ({ ...newItem(), topic }))
    const { place, chairId, recorderId, observers } = last
    set({
      place,
      chairId,
      recorderId,
      observers,
      ...(form.kinds.length > 0 ? {} : { kinds: last.kinds }),
      ...(topics.length > 0 ? { items: topics } : {}),
    })
  }
  return (
    <button type="button" className="button text small" onClick={() => void copy().catch((e: Error) => message.error(e.message))}>
      从上次复制
    </button>
  )
}

interface TextProps {
  label: string
  value: string
  max: number
  onChange: (text: string) => void
  problem?: string[] | undefined
  className?: string
  rows?: number
}

/** A labelled text, of one line or several. */
export function Text({ label, value, max, onChange, problem, className = '', rows }: TextProps) {
  const id = `text-${label}`
  const common = { id, className: 'text', value, maxLength: max, 'aria-invalid': problem ? true : undefined }
  return (
    <div className={`field ${className}`}>
      <label htmlFor={id}>{label}</label>
      {rows ? (
        <textarea {...common} rows={rows} onChange={(e) => onChange(e.target.value)} />
      ) : (
        <input {...common} onChange={(e) => onChange(e.target.value)} />
      )}
      <Problem of={problem} />
    </div>
  )
}

/** What is wrong with a field. */
export const Problem = ({ of }: { of: string[] | undefined }) => (of ? <p className="problem">{of[0]}</p> : null)
