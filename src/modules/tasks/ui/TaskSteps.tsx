import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { StepButton } from '#web/parts/StepButton.tsx'
import type { TaskView } from '../contract.ts'
import { PassingForms } from './PassingForms.tsx'
import { WritingForm } from './WritingForm.tsx'

export type FormOf =
  | 'plan'
  | 'note'
  | 'submit'
  | 'return'
  | 'verify'
  | 'askExtension'
  | 'decideExtension'
  | 'handOff'
  | 'settle'
  | 'assign'
  | 'checkEffect'
  | 'reopen'
  | 'cancel'
  | 'label'
  | 'withdrawLabel'

/** The steps this reader can take now, in the order of the work; the first is the one that is expected. */
const STEPS: [FormOf | 'receive', string][] = [
  ['settle', '定由谁来办'],
  ['verify', '验收'],
  ['return', '退回重办'],
  ['decideExtension', '答复延期申请'],
  ['receive', '接收'],
  ['plan', '写怎么落实'],
  ['submit', '报办结'],
  ['note', '记进展'],
  ['assign', '指定谁来办'],
  ['askExtension', '申请延期'],
  ['handOff', '转办'],
  ['checkEffect', '看成效'],
  ['reopen', '又出现了，重新办'],
  ['cancel', '撤销'],
  ['label', '认定作风问题'],
  ['withdrawLabel', '撤回认定'],
]

export function TaskSteps({ t }: { t: TaskView }) {
  const [open, setOpen] = useState<FormOf>()
  const steps = STEPS.filter(([step]) => t.can[step] === true)
  const [first] = steps
  const mayLabelOnly = first?.[0] === 'label'
  const splits = t.source === 'deployment' && t.can.assign === true
  if (steps.length === 0) return null
  return (
    <section className="card" aria-label="下一步">
      <header>
        <h2>下一步</h2>
      </header>
      <div className="inside row wrap">
        {steps.map(([step, label]) =>
          step === 'receive' ? (
            <StepButton
              key={step}
              name="tasks.receive"
              kind={first?.[0] === step ? 'primary' : 'plain'}
              label={label}
              input={{ id: t.id, version: t.version }}
              can
              done="已接收"
            />
          ) : (
            <button
              key={step}
              type="button"
              className={`button ${first?.[0] === step && !mayLabelOnly ? 'primary' : ''}`}
              onClick={() => setOpen(step)}
            >
              {label}
            </button>
          ),
        )}
        {splits && (
          <Link className="button" to="/deployments" search={{ org: t.orgId, from: t.id } as never}>
            分解给下级
          </Link>
        )}
      </div>
      {open && (open === 'handOff' || open === 'settle' || open === 'assign') && (
        <PassingForms t={t} step={open} onClose={() => setOpen(undefined)} />
      )}
      {open && open !== 'handOff' && open !== 'settle' && open !== 'assign' && (
        <WritingForm t={t} step={open} onClose={() => setOpen(undefined)} />
      )}
    </section>
  )
}
