import { App } from 'antd'
import { useState } from 'react'
import { useCommand } from '#web/api.ts'
import { Status } from '#web/parts/Status.tsx'
import { ABSENCES, type Absence, type PlanCard } from '../contract.ts'

const REASONS = Object.entries(ABSENCES).filter(([key]) => key !== 'none') as [Exclude<Absence, 'none'>, string][]

/** One's own answer to a call: one tap to come; to ask leave, one more for the reason. */
export function Answer({ p, small }: { p: PlanCard; small?: boolean }) {
  const { message } = App.useApp()
  const [leaving, setLeaving] = useState(false)
  const answer = useCommand('meetings.answer', { keepOffline: '会议回复' })
  if (!p.mine || p.state !== 'announced') return null
  const send = (input: { answer: 'comes' } | { answer: 'leave'; reason: Exclude<Absence, 'none'> }) =>
    answer.mutate(
      { id: p.id, ...input },
      {
        onSuccess: () => {
          setLeaving(false)
          message.success(input.answer === 'comes' ? '已回复：参加' : '已请假，等主持人或书记批准')
        },
        onError: (error) => void message.info(error.message),
      },
    )
  const said = p.mine.answer
  const inside = (
    <>
      {said && (
        <Status kind={said === 'comes' ? 'done' : p.mine.excused === false ? 'wrong' : p.mine.excused ? 'done' : 'soon'}>
          {said === 'comes'
            ? '已回复：参加'
            : `已请假（${ABSENCES[p.mine.reason ?? 'other']}）${p.mine.excused === null ? '，待批准' : p.mine.excused ? '，已批准' : '，没有批准，请到会'}`}
        </Status>
      )}
      {leaving ? (
        <fieldset className="chips">
          <legend className="small t2">请假原因，点一下就送出</legend>
          {REASONS.map(([reason, name]) => (
            <button key={reason} type="button" className="chip" onClick={() => send({ answer: 'leave', reason })}>
              {name}
            </button>
          ))}
          <button type="button" className="button text small" onClick={() => setLeaving(false)}>
            先不
          </button>
        </fieldset>
      ) : (
        <div className="row">
          {said !== 'comes' && (
            <button type="button" className={`button ${small ? '' : 'large'}`} onClick={() => send({ answer: 'comes' })}>
              参加
            </button>
          )}
          {said !== 'leave' && (
            <button type="button" className={`button ${small ? '' : 'large'}`} onClick={() => setLeaving(true)}>
              请假
            </button>
          )}
        </div>
      )}
    </>
  )
  const label = `回复「${p.title}」`
  if (small)
    return (
      <section className="answer" aria-label={label}>
        {inside}
      </section>
    )
  return (
    <section className="card" aria-label={label}>
      <header>
        <h2>通知你{p.mine.part === 'guest' ? '列席' : '参加'}这次会</h2>
      </header>
      <div className="inside answer">{inside}</div>
    </section>
  )
}
