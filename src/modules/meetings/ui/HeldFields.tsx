import { useId } from 'react'
import { today } from '#kernel/civilDate.ts'
import { DateField } from '#web/parts/DateField.tsx'
import { Pick } from './Pick.tsx'
import { Problem, Text } from './Text.tsx'

/** When and where a meeting is, and who leads and records it; null where what is usual holds. */
export interface Held {
  heldOn: string
  start: string
  end: string
  place: string | null
  chairId: string | null
  recorderId: string | null
}

interface Usual {
  known: readonly { id: string; name: string }[]
  place: string
  chair: { id: string } | null
  recorder: { id: string } | null
}

interface Props {
  form: Held
  usual: Usual | undefined
  set: (change: Partial<Held>) => void
  problems: Record<string, string[]>
  /** Days that can be chosen. */
  min?: string
  max?: string
}

/** The fields that a plan and a record of a meeting share. */
export function HeldFields({ form, usual, set, problems, ...days }: Props) {
  const id = useId()
  const known = usual?.known ?? []
  const overnight = form.start !== '' && form.end !== '' && form.end < form.start
  return (
    <>
      <div className="field">
        <label htmlFor={`${id}-day`}>日期</label>
        <DateField id={`${id}-day`} value={form.heldOn} {...days} onChange={(day) => set({ heldOn: day ?? today() })} />
        <Problem of={problems.heldOn} />
      </div>
      <div className="field half-on-phone">
        <label htmlFor={`${id}-start`}>开始</label>
        <input id={`${id}-start`} type="time" className="text" value={form.start} onChange={(e) => set({ start: e.target.value })} />
        <Problem of={problems.start} />
      </div>
      <div className="field">
        <label htmlFor={`${id}-end`}>结束{overnight ? '（次日）' : ''}</label>
        <input id={`${id}-end`} type="time" className="text" value={form.end} onChange={(e) => set({ end: e.target.value })} />
        <Problem of={problems.end} />
      </div>
      <Text label="地点" value={form.place ?? usual?.place ?? ''} max={100} onChange={(place) => set({ place })} problem={problems.place} />
      <Pick
        label="主持人"
        value={form.chairId ?? usual?.chair?.id ?? null}
        options={known}
        onChange={(chairId) => set({ chairId })}
        problem={problems.chairId?.[0]}
      />
      <Pick
        label="记录人"
        value={form.recorderId ?? usual?.recorder?.id ?? null}
        options={known}
        onChange={(recorderId) => set({ recorderId })}
        problem={problems.recorderId?.[0]}
      />
    </>
  )
}
