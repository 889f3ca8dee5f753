import { dateText } from '#web/text.ts'
import type { MeetingCard } from '../contract.ts'

/** 补录 with both days: when it was held, and when somebody wrote it down. Nothing for what was recorded in time. */
export const LateTag = ({ m }: { m: Pick<MeetingCard, 'late' | 'heldOn' | 'recordedOn'> }) =>
  m.late ? (
    <span className="tag hu nowrap" title={bothDays(m)}>
      {dateText(m.recordedOn)}补录
    </span>
  ) : null

/** 9月2日召开，9月20日补录. */
export const bothDays = ({ heldOn, recordedOn }: Pick<MeetingCard, 'heldOn' | 'recordedOn'>): string =>
  `${dateText(heldOn)}召开，${dateText(recordedOn)}补录`
