import { Link } from '@tanstack/react-router'
import { Icon } from '#web/parts/Icon.tsx'
import { Status } from '#web/parts/Status.tsx'
import { dateText } from '#web/text.ts'
import type { MeetingCard } from '../contract.ts'
import { kindsText, stateLook, whenText } from './words.ts'

/** Meetings as lines of a card: title, when and how many came, and the state to the right. */
export function MeetingLines({ meetings, empty }: { meetings: MeetingCard[]; empty: string }) {
  if (meetings.length === 0) return <p className="inside t2">{empty}</p>
  return (
    <ul className="plain-links">
      {meetings.map((m) => {
        const look = stateLook(m.state)
        return (
          <li key={m.id}>
            <Link to={`/meetings/${m.id}`}>
              <span className="grow">
                <b className="ellipsis">{m.title}</b>
                <small className="t2 small">
                  {whenText(m)} · {kindsText(m)} · 应到 {m.expected} 实到 {m.present}
                  {m.late && ` · ${dateText(m.recordedOn)}补录`}
                </small>
              </span>
              <Status kind={look.kind}>{look.words}</Status>
              <Icon name="right" />
            </Link>
          </li>
        )
      })}
    </ul>
  )
}
