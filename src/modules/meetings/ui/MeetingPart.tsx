import { App } from 'antd'
import { today } from '#kernel/civilDate.ts'
import { ask } from '#web/request.ts'
import type { MeetingView } from '../contract.ts'
import { HeldFields } from './HeldFields.tsx'
import { KindField } from './KindField.tsx'
import { Pick } from './Pick.tsx'
import { attendanceOf, type Form, formOf, newItem, type Prepared, titleOf } from './recordForm.ts'
import { Text } from './Text.tsx'

export interface PartProps {
  form: Form
  prepared: Prepared | undefined
  set: (change: Partial<Form>) => void
  /** What the server said of each field. */
  problems: Record<string, string[]>
}

/** 会议: what, when, where, and who led it. */
export function MeetingPart({ form, prepared, set, problems, orgId, copies }: PartProps & { orgId: string; copies: boolean }) {
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
        <HeldFields form={form} usual={prepared} set={set} problems={problems} max={today()} />
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
