import { Link } from '@tanstack/react-router'
import { MEETING_KINDS } from '#modules/meetings/contract.ts'
import { Status } from '#web/parts/Status.tsx'
import { StepButton } from '#web/parts/StepButton.tsx'
import { dateText } from '#web/text.ts'
import { type DutyItem, SHORT_STATES, SIDES } from '../contract.ts'

interface Props {
  items: readonly DutyItem[]
  /** Offers to take an item out, and to give a task under it. */
  editable?: boolean
  onGive?: (item: DutyItem) => void
}

/** Items of a list with how far each is, and the records that count for it. */
export const DutyItems = ({ items, editable = false, onGive }: Props) => (
  <ul className="lines">
    {items.map((item) => (
      <li key={item.id} className="tk-item">
        <span className="row wrap">
          <span className="tag">{SIDES[item.side]}</span>
          <b className="grow">{item.text}</b>
          <Status kind={item.done >= item.target ? 'done' : 'calm'}>
            {item.done}/{item.target} {item.counted === 'tasksClosed' ? '件办结' : '次'}
          </Status>
          {onGive && item.canEnd && item.counted === 'tasksClosed' && (
            <button type="button" className="button small" onClick={() => onGive(item)}>
              交办一件<span className="hidden-text">：{item.text}</span>
            </button>
          )}
          {editable && item.canEnd && (
            <StepButton
              name="tasks.endDutyItem"
              kind="small"
              label="去掉"
              input={{ id: item.id, version: item.version }}
              can
              done="已去掉"
              warn={`“${item.text}”从清单里去掉，以前的记录还在。`}
            />
          )}
        </span>
        <span className="small t2">{item.meetingKind ? `按参加${MEETING_KINDS[item.meetingKind]}的记录算` : '按办结的任务算'}</span>
        <span className="small row wrap">
          {item.meetings.map((m) => (
            <Link key={m.id} to="/meetings/$id" params={{ id: m.id } as never}>
              {dateText(m.heldOn)}
            </Link>
          ))}
          {item.tasks.map((t) => (
            <Link key={t.id} to="/todo/$id" params={{ id: t.id } as never}>
              {t.title}（{SHORT_STATES[t.state]}）
            </Link>
          ))}
        </span>
      </li>
    ))}
  </ul>
)
