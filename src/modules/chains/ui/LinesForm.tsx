import { useState } from 'react'
import { addDays, today } from '#kernel/civilDate.ts'
import { Choice } from '#web/parts/Choice.tsx'
import { LabelledDate } from '#web/parts/LabelledDate.tsx'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { TextLine } from '#web/parts/TextLine.tsx'
import type { ChainView } from '../contract.ts'

interface Line {
  key: number
  problem: string
  measure: string
  ownerId: string
  dueOn: string | null
}

/** The rectification list: each line becomes a task of its owner. */
export function LinesForm({ c, onClose }: { c: ChainView; onClose: () => void }) {
  const [lines, setLines] = useState<Line[]>([empty(0)])
  const change = (key: number, change: Partial<Line>) => setLines(lines.map((l) => (l.key === key ? { ...l, ...change } : l)))
  const input = () => {
    const given = lines.filter((l) => l.problem.trim() || l.measure.trim())
    if (given.length === 0 || given.some((l) => !l.problem.trim() || !l.measure.trim() || !l.dueOn))
      return '每一项都要写问题、怎么改和时限。'
    return {
      id: c.id,
      version: c.version,
      lines: given.map(({ problem, measure, ownerId, dueOn }) => ({ problem, measure, ownerId: ownerId || null, dueOn })),
    }
  }
  const owners = { '': '支部委员会', ...Object.fromEntries(c.people.map((p) => [p.personId, p.name])) }
  return (
    <PanelForm
      name="chains.list"
      open
      onClose={onClose}
      title="列整改清单"
      note="每一项都会成为一件任务，到期提醒，办结由别人验收。"
      input={input}
      submit="列入整改清单"
      done="已列入，任务已交办"
    >
      {(problems) => (
        <>
          {lines.map((l, i) => (
            <fieldset key={l.key} className="field stack">
              <legend className="label">第 {i + 1} 项</legend>
              <TextLine
                label="问题"
                value={l.problem}
                onChange={(problem) => change(l.key, { problem })}
                problem={problems[`lines.${i}.problem`]}
                max={500}
              />
              <TextLine
                label="怎么改"
                value={l.measure}
                onChange={(measure) => change(l.key, { measure })}
                problem={problems[`lines.${i}.measure`]}
                max={1000}
              />
              <Choice
                label="谁来改"
                value={l.ownerId}
                options={owners}
                onChange={(ownerId) => change(l.key, { ownerId })}
                problem={problems[`lines.${i}.ownerId`]}
              />
              <LabelledDate
                label="时限"
                value={l.dueOn}
                onChange={(dueOn) => change(l.key, { dueOn })}
                problem={problems[`lines.${i}.dueOn`]}
              />
            </fieldset>
          ))}
          <button type="button" className="button" onClick={() => setLines([...lines, empty(lines.length)])}>
            再加一项
          </button>
        </>
      )}
    </PanelForm>
  )
}

const empty = (key: number): Line => ({ key, problem: '', measure: '', ownerId: '', dueOn: addDays(today(), 60) })
