import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { FileLinks } from '#web/parts/FileLinks.tsx'
import { Icon } from '#web/parts/Icon.tsx'
import { Status } from '#web/parts/Status.tsx'
import { holds, useSession } from '#web/session.ts'
import { dateText } from '#web/text.ts'
import { CorrectForm } from './CorrectForm.tsx'
import type { Course, Step } from './CoursePage.tsx'
import { Notices } from './Notices.tsx'
import { TakeForm } from './TakeForm.tsx'

interface Props {
  course: Course
  step: Step
}

/** One step: what the rule says, what was done, and what can be done now or why not. */
export function StepDetail({ course, step }: Props) {
  const session = useSession()
  const [doing, setDoing] = useState<'take' | string | null>(null)
  const open = course.state === 'open'
  const sendable = step.request && open && step.state === 'open' && (!step.asked || step.asked.state === 'refused')
  const waiting = step.asked && ['sent', 'registered', 'returned'].includes(step.asked.state)
  return (
    <div className="stack">
      <p>{step.hint}</p>
      <p className="small t3">依据：{step.clause}</p>
      <p className="small t2">要有的材料：{step.papers.join('、')}</p>
      {step.records.map((r) => (
        <section key={r.id} className="course-record" aria-label={`${dateText(r.on)}的记录`}>
          <div className="row wrap">
            <Status kind="done">{dateText(r.on)}</Status>
            {r.entered && <span className="tag">据纸质材料补录</span>}
            <span className="small t3">
              {r.by} {dateText(r.recordedOn)}记
            </span>
          </div>
          {r.people.length > 0 && <p>{r.people.map(({ name }) => name).join('、')}</p>}
          {r.votes && (
            <p>
              应到会有表决权的正式党员 {r.votes.entitled}，实到 {r.votes.present}；赞成 {r.votes.inFavour}，不赞成 {r.votes.against}，弃权{' '}
              {r.votes.abstained}
            </p>
          )}
          {(r.hours !== null || r.days !== null) && (
            <p>
              {r.days !== null && `${r.days} 天 `}
              {r.hours !== null && `${r.hours} 学时`}
            </p>
          )}
          {r.papers.length > 0 && (
            <p className="small t2">
              材料：{r.papers.join('、')}
              {r.place && `，存${r.place}`}
            </p>
          )}
          {r.leavingReason && (
            <p className="small">
              {r.leavesOn && `${dateText(r.leavesOn)}将离开：`}
              {r.leavingReason}
            </p>
          )}
          {r.note && <p className="small">{r.note}</p>}
          <FileLinks files={r.files} />
          {r.notes.map((n) => (
            <Note key={n.says} note={n} />
          ))}
          <div className="row wrap">
            {r.meetingId && (
              <Link to={`/meetings/${r.meetingId}` as '/meetings'} className="small">
                看会议记录
              </Link>
            )}
            {r.requestId && (
              <Link to="/requests" search={{ open: r.requestId } as never} className="small">
                看批复
              </Link>
            )}
            {r.canCorrect && (
              <button type="button" className="button text small" onClick={() => setDoing(r.id)}>
                更正日期
              </button>
            )}
          </div>
        </section>
      ))}
      {course.failures
        .filter(({ no }) => no === step.no)
        .map((f) => (
          <p key={f.on} className="note hu">
            {dateText(f.on)}支部大会没有通过：应到 {f.entitled}，实到 {f.present}，赞成 {f.inFavour}。
            <Link to={`/meetings/${f.meetingId}` as '/meetings'} className="small">
              看会议记录
            </Link>
          </p>
        ))}
      <Notices course={course} step={step} />
      {open && step.state === 'open' && step.notes.map((n) => <Note key={n.says} note={n} />)}
      {open && step.state !== 'done' && !step.can && step.closed && !step.notes.some(({ level }) => level === 'block') && (
        <p className="note">
          <Icon name="info" /> {step.closed}
        </p>
      )}
      {open && step.from && <p className="small t2">最早 {dateText(step.from)}可以办</p>}
      {open && step.due && (
        <p className="small t2">
          {dateText(step.due)}前办{step.whose === 'superior' ? '，由上级负责，不计在支部名下' : ''}
        </p>
      )}
      {waiting && (
        <p className="note">
          <Icon name="clock" /> {dateText(step.asked!.sentOn)}已报送，上级应在 {dateText(step.asked!.dueOn)}前答复。
          <Link to="/requests" search={{ open: step.asked!.id } as never}>
            看请示
          </Link>
        </p>
      )}
      {sendable && holds(session, 'requests.send') && (
        <Link className="button primary" to="/requests" search={{ send: step.request, about: course.personId, org: course.orgId } as never}>
          报送上级
        </Link>
      )}
      {step.can && (
        <button type="button" className="button primary" onClick={() => setDoing('take')}>
          {step.state === 'paper' ? '补录这一步' : `记「${step.title}」`}
        </button>
      )}
      {doing === 'take' && <TakeForm course={course} step={step} onClose={() => setDoing(null)} />}
      {doing !== null && doing !== 'take' && (
        <CorrectForm course={course} step={step} record={step.records.find(({ id }) => id === doing)!} onClose={() => setDoing(null)} />
      )}
    </div>
  )
}

/** What a rule says: refused, generally otherwise, or to be checked with the source. */
function Note({ note: { level, says, clause } }: { note: Step['notes'][number] }) {
  return (
    <div className={`note ${level === 'block' ? 'hu' : ''}`}>
      <Icon name={level === 'block' ? 'warning' : 'info'} />
      <p>
        {level === 'verify' && '核对原文：'}
        {says}
        <span className="small t3">（{clause}）</span>
      </p>
    </div>
  )
}
