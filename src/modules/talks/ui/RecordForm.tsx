import { useState } from 'react'
import { today } from '#kernel/civilDate.ts'
import { Choice } from '#web/parts/Choice.tsx'
import { LabelledDate } from '#web/parts/LabelledDate.tsx'
import { PanelForm, type Problems } from '#web/parts/PanelForm.tsx'
import { useSession } from '#web/session.ts'
import type { CoverageView } from '../contract.ts'

/** Several talks of one person in one go: who, on which day, and a tap for everybody they talked with. */
export function RecordForm({ view, onClose }: { view: CoverageView; onClose: () => void }) {
  const me = useSession().account.personId
  const [who, setWho] = useState<string | null>(view.people.find((p) => p.personId === me)?.personId ?? view.people[0]?.personId ?? null)
  const [on, setOn] = useState<string | null>(today())
  const [chosen, setChosen] = useState<string[]>([])
  const others = view.people.filter((p) => p.personId !== who).sort((a, b) => rank(a, who) - rank(b, who))
  const toggle = (id: string) => setChosen(chosen.includes(id) ? chosen.filter((other) => other !== id) : [...chosen, id])
  const talks = chosen.filter((id) => id !== who)
  const input = () => {
    if (!who || !on) return '请选谁谈的、哪一天谈的。'
    if (talks.length === 0) return '请点选和谁谈了，可以选好几个人。'
    return { orgId: view.orgId, talks: talks.map((id) => ({ on, aId: who, bId: id })) }
  }
  return (
    <PanelForm
      name="talks.record"
      open
      onClose={onClose}
      title="登记谈话"
      note="只记谁和谁、哪一天。谈了什么不记，也没有地方填。"
      input={input}
      submit={talks.length > 1 ? `登记 ${talks.length} 次谈话` : '登记这次谈话'}
      done="已登记"
    >
      {(problems) => (
        <>
          <Choice label="谁谈的" value={who} options={Object.fromEntries(view.people.map((p) => [p.personId, p.name]))} onChange={setWho} />
          <LabelledDate label="哪一天" value={on} onChange={setOn} problem={problems['talks.0.on']} />
          <fieldset className="field">
            <legend className="label">和谁谈了（带 ○ 的今年还没有委员谈过）</legend>
            <div className="chips">
              {others.map((p) => (
                <button
                  key={p.personId}
                  type="button"
                  className="chip"
                  aria-pressed={chosen.includes(p.personId)}
                  onClick={() => toggle(p.personId)}
                >
                  {rank(p, who) === 0 ? '○ ' : ''}
                  {p.name}
                </button>
              ))}
            </div>
            {wrongPeople(problems).map((says) => (
              <p key={says} className="problem">
                {says}
              </p>
            ))}
          </fieldset>
        </>
      )}
    </PanelForm>
  )
}

const rank = (p: CoverageView['people'][number], who: string | null) =>
  (p.committee ? p.missing.includes(who ?? '') : p.missing.length > 0) ? 0 : 1

const wrongPeople = (problems: Problems) => [
  ...new Set(Object.entries(problems).flatMap(([field, says]) => (/\.(aId|bId)$/.test(field) ? [says] : []))),
]
