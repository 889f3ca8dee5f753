import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { today } from '#kernel/civilDate.ts'
import { useAddress } from '#web/address.ts'
import { downloadOf, useRead } from '#web/api.ts'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { Icon } from '#web/parts/Icon.tsx'
import { PageTitle } from '#web/parts/PageTitle.tsx'
import { PaperLinks } from '#web/parts/PaperLinks.tsx'
import { SidePanel } from '#web/parts/SidePanel.tsx'
import { Skeleton } from '#web/parts/Skeleton.tsx'
import { Slot } from '#web/Slot.tsx'
import { usePhone } from '#web/screen.ts'
import { dateText, dueText } from '#web/text.ts'
import type { Api } from '../../../platform.ts'
import { STAGES, STOPS } from '../contract.ts'
import { ProlongForm, StopForm } from './EndForms.tsx'
import { StepDetail } from './StepDetail.tsx'
import './development.css'

export type Course = Api['development.get']['output']
export type Step = Course['steps'][number]

/** One person's way into the Party: twenty-five steps, each with its state, and why a closed one is closed. */
export function CoursePage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const { data: course, error, refetch } = useRead('development.get', { id })
  const [{ step }, show] = useAddress<{ step?: number }>()
  const [doing, setDoing] = useState<'stop' | 'prolong' | null>(null)
  const phone = usePhone()
  if (error) return <ErrorCard error={error} again={refetch} />
  if (!course) return <Skeleton lines={12} />
  const next =
    course.steps.find(({ state, repeated }) => state === 'open' && !repeated) ?? course.steps.find(({ state }) => state === 'open')
  const shown = course.steps.find(({ no }) => no === step) ?? (phone ? undefined : next)
  return (
    <>
      <PageTitle
        conclusion={conclusionOf(course, next)}
        crumb={course.name}
        note={noteOf(course)}
        actions={
          <>
            <Link className="button" to="/development">
              返回
            </Link>
            <PaperLinks label="全程纪实" of={(format) => downloadOf('development.fullRecord', { id, format })} />
            {course.can.prolong && (
              <button type="button" className="button" onClick={() => setDoing('prolong')}>
                延长预备期
              </button>
            )}
            {course.can.stop && (
              <button type="button" className="button danger" onClick={() => setDoing('stop')}>
                停止发展
              </button>
            )}
          </>
        }
      />
      {course.state === 'stopped' && course.stopReason && (
        <div className="note hu">
          <Icon name="info" />
          <p>
            {dateText(course.stoppedOn!)}停止发展：{STOPS[course.stopReason]}。{course.stopNote}
          </p>
        </div>
      )}
      <div className="course-columns">
        <section className="card" aria-label="二十五步">
          {STAGES.map((name, i) => (
            <div key={name} className="course-stage">
              <h2>
                {'一二三四五'[i]}、{name}
              </h2>
              <ol>
                {course.steps
                  .filter(({ stage }) => stage === i)
                  .map((s) => (
                    <StepLine key={s.no} step={s} on={shown?.no === s.no} onOpen={() => show({ step: s.no })} />
                  ))}
              </ol>
            </div>
          ))}
        </section>
        {!phone && shown && (
          <aside className="stack">
            <section className="card course-step" aria-label={`第 ${shown.no} 步`}>
              <header>
                <h2>
                  第 {shown.no} 步 {shown.title}
                </h2>
              </header>
              <div className="inside">
                <StepDetail key={shown.no} course={course} step={shown} />
              </div>
            </section>
            <Slot name="requests.about" id={course.personId} />
          </aside>
        )}
      </div>
      {phone && shown && (
        <SidePanel open onClose={() => show({ step: undefined })} kicker={course.name} title={`第 ${shown.no} 步 ${shown.title}`}>
          <StepDetail key={shown.no} course={course} step={shown} />
        </SidePanel>
      )}
      {phone && <Slot name="requests.about" id={course.personId} />}
      {doing === 'stop' && <StopForm course={course} onClose={() => setDoing(null)} />}
      {doing === 'prolong' && <ProlongForm course={course} onClose={() => setDoing(null)} />}
    </>
  )
}

const WORDS: Record<Step['state'], string> = { done: '已办', paper: '纸上办过，未录', open: '可以办', later: '还没到' }

/** A step in the list: number or tick, title, and its day, its term or why it waits. */
function StepLine({ step, on, onOpen }: { step: Step; on: boolean; onOpen: () => void }) {
  const last = step.records.at(-1)
  const asked = step.asked && (step.asked.state === 'sent' || step.asked.state === 'registered') ? '已报送，等批复' : null
  const waits = step.state === 'open' && step.notes.some(({ level }) => level === 'block')
  const look = waits ? 'later' : step.state
  return (
    <li>
      <button type="button" className={`course-line ${look} ${on ? 'on' : ''}`} aria-pressed={on} onClick={onOpen}>
        <span className="course-mark" aria-hidden="true">
          {step.state === 'done' ? <Icon name="tick" size={14} weight={2} /> : step.no}
        </span>
        <span className="grow">
          {step.title}
          <span className="hidden-text">，{WORDS[step.state]}</span>
        </span>
        <span className={`small nowrap ${toneOf(step)}`}>
          {last && step.state === 'done'
            ? dateText(last.on)
            : asked
              ? asked
              : waits && step.from
                ? `${dateText(step.from)}起`
                : step.state === 'open' && step.due
                  ? dueText(step.due)
                  : last
                    ? `${step.records.length} 次，${dateText(last.on)}`
                    : step.state === 'later'
                      ? ''
                      : WORDS[step.state]}
        </span>
      </button>
    </li>
  )
}

const toneOf = ({ state, due }: Step) => (state !== 'open' || due === null ? 't3' : due < today() ? 'zhe' : 'hu')

function conclusionOf(course: Course, next: Step | undefined): string {
  if (course.state === 'done') return `${course.name}：已转正归档`
  if (course.state === 'stopped') return `${course.name}：已停止发展`
  return next ? `${course.name}：接着办第 ${next.no} 步「${next.title}」` : `${course.name}：等上级办理`
}

function noteOf(course: Course): string {
  const probation =
    course.probationUntil && course.stage === 4
      ? `，预备期至 ${dateText(course.probationUntil)}${course.prolonged?.until ? '（已延长）' : ''}`
      : ''
  const paper = course.enteredThrough > 0 ? `，前 ${course.enteredThrough} 步据纸质材料补录` : ''
  return `${course.orgName}，${course.stageName}${probation}${paper}`
}
