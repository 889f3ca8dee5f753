import { daysBetween, today } from '#kernel/civilDate.ts'
import { dateText, dueText } from '../text.ts'
import { Icon } from './Icon.tsx'

const SOON = 14

interface Props {
  /** A civil date, or null where none is set. */
  due: string | null
  now?: string
  /** From how many days before the term it is drawn as near. */
  soon?: number
  /** `line`: one line with an icon; `two`: words and the date below, for tables; `big`: the number large, for lists of duties. */
  shape?: 'line' | 'two' | 'big'
}

/** 期限: how many days are left or past, always with the date. */
export function Due({ due, now = today(), soon = SOON, shape = 'two' }: Props) {
  if (due === null) return <span className="t3">未定</span>
  const left = daysBetween(now, due)
  const tone = left < 0 ? 'zhe' : left <= soon ? 'hu' : ''
  const words = dueText(due, now)
  if (shape === 'big')
    return (
      <span className={`due-big ${tone}`}>
        <b>{Math.abs(left)}</b>
        <span>天</span>
        <small>{left < 0 ? `已逾期 ${dateText(due)}` : dateText(due)}</small>
      </span>
    )
  if (shape === 'line')
    return (
      <span className={`status ${tone}`} title={dateText(due)}>
        <Icon name={left < 0 ? 'warning' : 'clock'} size={15} />
        {words}
      </span>
    )
  return (
    <span className={`due-two ${tone}`}>
      <b>{words}</b>
      <small>{dateText(due)}</small>
    </span>
  )
}
