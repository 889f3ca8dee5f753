import { useState } from 'react'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { Ticks } from '#web/parts/Ticks.tsx'
import type { Entry } from '../contract.ts'

interface Props {
  task: Entry
  measures: readonly Entry[]
  onClose: () => void
  /** Leads to putting a new measure on the plan, for this task. */
  onAdopt: () => void
}

/** Chooses which Party measures of the plan stand beside a key business task. */
export function PairForm({ task, measures, onClose, onAdopt }: Props) {
  const [chosen, setChosen] = useState(task.beside.map((b) => b.id))
  return (
    <PanelForm
      name="plans.pair"
      open
      onClose={onClose}
      kicker={task.title}
      title="配党建举措"
      note="一项举措可以配给几项任务，一项任务也可以配几项举措。"
      input={() => ({ id: task.id, version: task.version, measureIds: chosen })}
      submit="存下"
      done="已存下"
    >
      {(problems) => (
        <>
          <Ticks
            label="计划里的党建举措"
            options={measures.map((m) => ({ id: m.id, label: m.title }))}
            chosen={chosen}
            onChange={setChosen}
            problem={problems.measureIds}
            none="计划里还没有党建举措。"
          />
          <div>
            <button type="button" className="button small" onClick={onAdopt}>
              列入一项新的党建举措
            </button>
          </div>
        </>
      )}
    </PanelForm>
  )
}
