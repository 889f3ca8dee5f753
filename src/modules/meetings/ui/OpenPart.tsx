import { dateText } from '#web/text.ts'
import type { PartProps } from './MeetingPart.tsx'

/** What earlier meetings decided and nobody has settled: ticked here with its result, else it comes back next time. */
export function OpenPart({ form, prepared, set }: PartProps) {
  const open = prepared?.openActions ?? []
  if (open.length === 0) return null
  const resultOf = (id: string) => form.settled.find((s) => s.actionId === id)
  const toggle = (actionId: string) =>
    set({
      settled: resultOf(actionId) ? form.settled.filter((s) => s.actionId !== actionId) : [...form.settled, { actionId, result: '已完成' }],
    })
  return (
    <section className="form-part" aria-labelledby="part-open">
      <header>
        <h2 id="part-open">上次没有办完的</h2>
        <span className="small t2">{open.length} 件</span>
      </header>
      <ul className="absent-lines">
        {open.map((a) => {
          const settled = resultOf(a.id)
          return (
            <li key={a.id}>
              <label className="row grow">
                <input type="checkbox" checked={settled !== undefined} onChange={() => toggle(a.id)} />
                <span className="grow">{a.text}</span>
              </label>
              <span className={`small ${a.overdue ? 'zhe' : 't2'}`}>
                {a.owner ?? '未定责任人'} · {a.dueOn ? `${a.overdue ? '已过' : ''}${dateText(a.dueOn)}` : '时限未定'} · {dateText(a.from)}
                的会
              </span>
              {settled && (
                <input
                  className="text grow"
                  aria-label={`${a.text}的结果`}
                  maxLength={500}
                  value={settled.result}
                  onChange={(e) => set({ settled: form.settled.map((s) => (s.actionId === a.id ? { ...s, result: e.target.value } : s)) })}
                />
              )}
            </li>
          )
        })}
      </ul>
    </section>
  )
}
