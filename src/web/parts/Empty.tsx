import type { ReactNode } from 'react'
import { Icon } from './Icon.tsx'

interface Props {
  /** Why there is nothing, in one sentence. */
  why: string
  /** What will stand here later, and from what. */
  later?: string
  action?: ReactNode
  /** Nothing is left to do: a green tick instead of a question. */
  done?: boolean
}

/** An empty place that says why it is empty and what to do. */
export const Empty = ({ why, later, action, done }: Props) => (
  <div className="empty">
    {done && (
      <span className="song">
        <Icon name="tick" size={22} weight={2} />
      </span>
    )}
    <p>{why}</p>
    {later && <p className="small t3">{later}</p>}
    {action}
  </div>
)
