import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { TASK_STATES } from '#modules/tasks/contract.ts'
import { useRead } from '#web/api.ts'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { PageTitle } from '#web/parts/PageTitle.tsx'
import { Skeleton } from '#web/parts/Skeleton.tsx'
import { dateText, momentText } from '#web/text.ts'
import type { Api } from '../../../platform.ts'
import { REASONS, STEP_WORDS } from '../contract.ts'
import { MeasureForm, type Step, StepForm } from './OverhaulSteps.tsx'
import { OverhaulState } from './OverhaulsPage.tsx'
import './standards.css'

type View = Api['standards.overhaulOf']['output']

/** One branch being put in order: from which records, by whom helped, what was given to do, said and accepted. */
export function OverhaulPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const { data, error, refetch } = useRead('standards.overhaulOf', { id })
  const [doing, setDoing] = useState<Step | 'giveMeasure' | null>(null)
  if (error)
    return (
      <>
        <PageTitle conclusion="支部整顿" />
        <ErrorCard error={error} again={refetch} />
      </>
    )
  if (!data)
    return (
      <>
        <PageTitle conclusion="支部整顿" />
        <Skeleton lines={8} />
      </>
    )
  const close = () => setDoing(null)
  return (
    <>
      <PageTitle
        conclusion={conclusionOf(data)}
        crumb="支部整顿"
        note={`${data.byName}确认列入，${data.helper.name}联系帮助`}
        actions={
          <Link className="button" to={'/overhauls' as '/'}>
            返回
          </Link>
        }
      />
      <div className="stack">
        <Why view={data} />
        <div className="row wrap">
          {STEPS.filter(({ can }) => data.can[can]).map(({ key, label, main }) => (
            <button type="button" key={key} className={`button ${main ? 'primary' : ''}`} onClick={() => setDoing(key)}>
              {label}
            </button>
          ))}
        </div>
        <History steps={data.steps} />
      </div>
      {doing === 'giveMeasure' && <MeasureForm view={data} onClose={close} />}
      {doing && doing !== 'giveMeasure' && <StepForm step={doing} view={data} onClose={close} />}
    </>
  )
}

const STEPS: { key: Step | 'giveMeasure'; label: string; can: 'lead' | 'say' | 'pass'; main?: true }[] = [
  { key: 'giveMeasure', label: '交办措施', can: 'lead', main: true },
  { key: 'sayOverhaul', label: '说明情况', can: 'say' },
  { key: 'passOverhaul', label: '验收合格', can: 'pass' },
  { key: 'extendOverhaul', label: '延长整顿', can: 'lead' },
  { key: 'withdrawOverhaul', label: '撤回', can: 'lead' },
]

function conclusionOf(v: View): string {
  if (v.state === 'passed') return `${v.orgName}：${dateText(v.endedOn!)}验收合格`
  if (v.state === 'withdrawn') return `${v.orgName}：列入整顿的决定已撤回`
  return `${v.orgName}：整顿到${dateText(v.untilOn)}${v.late ? '，已过期限' : ''}`
}

const Why = ({ view }: { view: View }) => (
  <section className="card" aria-label="依据">
    <header>
      <h2>依据</h2>
      <OverhaulState {...view} />
    </header>
    <ul className="lines">
      {view.situations.map(({ reason, says }) => (
        <li key={reason} className="std-item">
          <span className="grow">
            <b>{REASONS[reason]}</b>
            <span className="std-line">{says}</span>
          </span>
        </li>
      ))}
    </ul>
    <p className="inside small t3">
      {dateText(view.begunOn)}列入时的记录。{view.facts.length > 0 && `据账本 ${view.facts.length} 条记录，`}
      名册、任职、会议里都能打开核对。
    </p>
  </section>
)

const History = ({ steps }: { steps: View['steps'] }) => (
  <section className="card" aria-label="办理经过">
    <header>
      <h2>办理经过</h2>
    </header>
    <ol className="lines">
      {steps.map((s) => (
        <li key={s.id} className="std-item">
          <span className="grow">
            <b>{STEP_WORDS[s.step]}</b>
            <span className="std-line">{s.text}</span>
            <small className="t3 std-line">
              {s.by}，{momentText(s.at)}
            </small>
          </span>
          {s.task && (
            <Link className="button small" to={`/todo/${s.task.id}` as '/'}>
              {TASK_STATES[s.task.state]}
              {s.task.dueOn && `，${dateText(s.task.dueOn)}前`}
            </Link>
          )}
        </li>
      ))}
    </ol>
  </section>
)
