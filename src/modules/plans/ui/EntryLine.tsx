import { Link } from '@tanstack/react-router'
import { MEETING_KINDS } from '#modules/meetings/contract.ts'
import { StepButton } from '#web/parts/StepButton.tsx'
import { dateText } from '#web/text.ts'
import { type Entry, STATES } from '../contract.ts'

const TONES = { done: 'song', open: '', late: 'zhe', ended: '' } as const

interface Props {
  entry: Entry
  manage: boolean
  onDone: () => void
  onPair: () => void
}

/** One entry: what, until when, who, how far by the records, what stands beside it, and what can be done next. */
export function EntryLine({ entry: e, manage, onDone, onPair }: Props) {
  const pairs = manage && e.side === 'business' && e.state !== 'ended'
  const can = manage && e.state !== 'ended' && e.state !== 'done'
  return (
    <li>
      <div className="plan-what">
        <span className="strong">{e.title}</span>
        {e.text && <span className="small t2 plan-text">{e.text}</span>}
        <span className="small t2">
          {dateText(e.dueOn)}前{e.lead ? `　${e.lead.name}` : ''}　{countedText(e)}
        </span>
        {e.state !== 'ended' && (e.side === 'business' || e.beside.length > 0) && (
          <span className="small t2">
            {e.beside.length > 0
              ? `${e.side === 'business' ? '党建举措' : '配给'}：${e.beside.map((b) => b.title).join('；')}`
              : '没有配党建举措'}
          </span>
        )}
        {e.records.length > 0 && (
          <span className="small plan-records">
            {e.records.slice(0, 6).map((record) => (
              <Link key={record.id} to={record.open as never}>
                {record.says}
              </Link>
            ))}
            {e.records.length > 6 && <span className="t3">等 {e.records.length} 条</span>}
          </span>
        )}
        {e.doneNote && (
          <span className="small t2">
            {e.doneOn && dateText(e.doneOn)} {e.doneNote}
          </span>
        )}
      </div>
      <span className={`tag ${TONES[e.state]}`}>{STATES[e.state]}</span>
      {(can || pairs) && (
        <span className="row plan-steps">
          {pairs && (
            <button type="button" className="button small" onClick={onPair}>
              配党建举措
            </button>
          )}
          {can && e.counted === 'meetings' && (
            <Link className="button small" to={'/meetings/plan' as never} search={{ kind: e.meetingKind, day: e.dueOn } as never}>
              安排会议
            </Link>
          )}
          {can && e.counted === 'task' && e.records.length < e.target && (
            <StepButton
              kind="small"
              name="plans.giveTask"
              label="交办成任务"
              input={{ id: e.id, version: e.version }}
              can
              done="已交办，出现在负责人的待办里"
            />
          )}
          {can && e.counted === 'said' && (
            <button type="button" className="button small" onClick={onDone}>
              写明结果
            </button>
          )}
          {can && (
            <StepButton kind="small" name="plans.end" label="取消这一项" input={{ id: e.id, version: e.version }} can done="已取消" />
          )}
        </span>
      )}
    </li>
  )
}

const countedText = (e: Entry) =>
  e.counted === 'meetings'
    ? `${MEETING_KINDS[e.meetingKind!]} ${e.count}/${e.target} 次`
    : e.counted === 'task'
      ? `办结任务 ${e.count}/${e.target} 件`
      : '写明结果'
