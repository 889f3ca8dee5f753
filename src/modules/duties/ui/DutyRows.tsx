import { Due } from '#web/parts/Due.tsx'
import { Empty } from '#web/parts/Empty.tsx'
import { Icon } from '#web/parts/Icon.tsx'
import { Status } from '#web/parts/Status.tsx'
import { usePhone } from '#web/screen.ts'
import type { DutyView } from '../contract.ts'
import { RecordLink } from './DutyPanel.tsx'
import { type Now, soFarText, togetherWith } from './words.ts'

interface Props {
  now: Now
  rows: readonly DutyView[]
  onOpen: (duty: DutyView) => void
}

/** Duties that are open or overdue: term, what is missing and by which clause, why, and the way to do it. */
export function DutyRows({ now, rows, onOpen }: Props) {
  const phone = usePhone()
  if (rows.length === 0) return <Empty done why="没有别的事要办。" later="快到期还没办的，会出现在这里。" />
  return (
    <ul>
      {rows.map((duty) => (
        <li key={`${duty.duty} ${duty.period}`} className="task">
          {phone ? <PhoneRow now={now} duty={duty} onOpen={onOpen} /> : <DeskRow now={now} duty={duty} rows={rows} onOpen={onOpen} />}
        </li>
      ))}
    </ul>
  )
}

interface RowProps {
  now: Now
  duty: DutyView
  onOpen: (duty: DutyView) => void
}

function DeskRow({ now, duty, rows, onOpen }: RowProps & { rows: readonly DutyView[] }) {
  const rule = now.rules.find((r) => r.id === duty.ruleId)
  const together = duty.state === 'open' ? togetherWith(duty, now.open, now.rules, now.day) : undefined
  // Said once for the two of them, at the one that stands first.
  const other = together && at(rows, duty) < at(rows, together) ? together : undefined
  return (
    <>
      {duty.strength === 'may' ? <Practice /> : <Due due={duty.dueOn} now={now.day} shape="big" />}
      <span className="grow">
        <b>
          {duty.periodName}
          {duty.title}
        </b>
        <span className="task-line ellipsis" title={rule && `${rule.wording}（${rule.source}）`}>
          {duty.state === 'overdue' ? duty.note : soFarText(duty, now.day)}。{rule && `${rule.wording} `}
          {rule && <span className="t3">· {rule.source}</span>}
        </span>
        {other && (
          <span className="task-tip">
            <Icon name="link" size={14} /> 可与{other.title}合开，<b>一次会办两件事</b>
          </span>
        )}
      </span>
      <button type="button" className="button text small" onClick={() => onOpen(duty)}>
        为什么<span className="hidden-text">要办{duty.title}</span>
      </button>
      {now.can.record && <RecordLink orgId={now.orgId} duty={duty} look="button small quiet" />}
    </>
  )
}

const at = (rows: readonly DutyView[], d: DutyView) => rows.findIndex((r) => r.duty === d.duty && r.period === d.period)

/** No term is drawn for what the regulation sets no frequency for. */
const Practice = () => (
  <span className="due-big">
    <span>通行做法</span>
    <small>供参考</small>
  </span>
)

const PhoneRow = ({ now, duty, onOpen }: RowProps) => (
  <button type="button" className="duty-row" onClick={() => onOpen(duty)}>
    <span className="grow">
      <b>
        {duty.periodName}
        {duty.title}
      </b>
      <span className="task-line">{duty.state === 'overdue' ? duty.note : soFarText(duty, now.day)}</span>
    </span>
    {duty.strength === 'may' ? <Status kind="calm">供参考</Status> : <Due due={duty.dueOn} now={now.day} shape="line" />}
    <Icon name="right" />
  </button>
)
