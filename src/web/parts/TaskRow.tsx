import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { usePhone } from '../screen.ts'
import { Due } from './Due.tsx'
import { Icon } from './Icon.tsx'

interface Props {
  due: string | null
  now?: string
  title: string
  /** Why it has to be done: what happened so far, and the clause. */
  line: ReactNode
  /** A way to do two things at once. */
  tip?: ReactNode
  to: string
  search?: object
  /** The verb of the button: 安排会议. */
  action: string
}

/** One thing that has to be done: its term, its reason, and the button that leads there. On a phone the whole row is the link. */
export function TaskRow({ due, now, title, line, tip, to, search = {}, action }: Props) {
  const phone = usePhone()
  const target = { to, search } as never
  const term = { due, ...(now ? { now } : {}) }
  const words = (
    <span className="grow">
      <b>{title}</b>
      <span className="task-line">{line}</span>
      {tip && (
        <span className="task-tip">
          <Icon name="link" size={14} /> {tip}
        </span>
      )}
    </span>
  )
  if (phone)
    return (
      <li className="task">
        <Link {...(target as { to: string })}>
          {words}
          <Due {...term} shape="line" />
          <Icon name="right" />
        </Link>
      </li>
    )
  return (
    <li className="task">
      <Due {...term} shape="big" />
      {words}
      <Link {...(target as { to: string })} className="button small">
        {action}
        <span className="hidden-text">：{title}</span>
      </Link>
    </li>
  )
}
