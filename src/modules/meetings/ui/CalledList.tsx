import { Icon } from '#web/parts/Icon.tsx'
import { Status } from '#web/parts/Status.tsx'
import { StepButton } from '#web/parts/StepButton.tsx'
import { ABSENCES, type InvitedView, type PlanView } from '../contract.ts'

/** Who was called and what they answered; leaves to be granted first. */
export function CalledList({ p }: { p: PlanView }) {
  const leave = p.invited.filter((i) => i.answer === 'leave')
  const silent = p.invited.filter((i) => i.answer === null && !i.gone)
  const comes = p.invited.filter((i) => i.answer === 'comes')
  const gone = p.invited.filter((i) => i.gone)
  return (
    <section className="card">
      <header>
        <h2>回复</h2>
        <span className="small t2">
          应到 {p.expected} · 参加 {p.comes} · 请假 {p.leave} · 没回复 {silent.length}
        </span>
      </header>
      <div className="inside stack">
        {(p.joined.length > 0 || gone.length > 0) && (
          <div className="note hu" role="status">
            <Icon name="warning" />
            <p>
              通知以后名册有变：
              {p.joined.length > 0 && `${p.joined.map((j) => j.name).join('、')} 当天在名册上，还没有通知到。`}
              {gone.length > 0 && `${gone.map((g) => g.name).join('、')} 当天已不在名册上，不计入应到。`}
              会议记录以当天名册为准。
            </p>
          </div>
        )}
        {leave.length > 0 && (
          <ul className="absent-lines" aria-label="请假">
            {leave.map((i) => (
              <Leave key={i.personId} i={i} p={p} />
            ))}
          </ul>
        )}
        {comes.length > 0 && (
          <p>
            <b className="song">参加</b> {comes.map((i) => i.name).join('、')}
          </p>
        )}
        {silent.length > 0 && (
          <p className="t2">
            <b>没回复</b> {silent.map((i) => i.name).join('、')}
          </p>
        )}
      </div>
    </section>
  )
}

function Leave({ i, p }: { i: InvitedView; p: PlanView }) {
  const input = { id: p.id, personId: i.personId }
  return (
    <li>
      <b>{i.name}</b>
      <span className="grow">
        请假：{ABSENCES[i.reason ?? 'other']}
        {i.note && `（${i.note}）`}
      </span>
      {i.excused === null && p.can.excuse === true ? (
        <>
          <StepButton name="meetings.excuse" label="准假" kind="small" input={{ ...input, excused: true }} can done="已准假" />
          <StepButton name="meetings.excuse" label="不准" kind="small" input={{ ...input, excused: false }} can done="已回复不准" />
        </>
      ) : (
        <Status kind={i.excused === null ? 'soon' : i.excused ? 'done' : 'wrong'}>
          {i.excused === null ? '待批准' : i.excused ? '已准假' : '没有批准'}
        </Status>
      )}
    </li>
  )
}
