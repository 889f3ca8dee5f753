import { Icon } from '#web/parts/Icon.tsx'
import { PersonPicker } from '#web/parts/PersonPicker.tsx'
import type { PlanPartProps } from './PlanFormParts.tsx'
import { itemsOf } from './planForm.ts'
import { Problem, Text } from './Text.tsx'

/** Who comes besides the roster. */
export function Others({ form, set, problems }: PlanPartProps) {
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
export function Called({ form, prepared, set, problems }: PlanPartProps) {
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
