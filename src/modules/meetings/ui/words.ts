import { dateText } from '#web/text.ts'
import { kindsName, type MeetingCard, type PlanCard, STATES } from '../contract.ts'

/** 党员大会、党课; a unit's own kind by its own name. */
export const kindsText = (m: { kinds: readonly string[]; ownKind?: { name: string } | null }): string => kindsName(m.kinds, m.ownKind?.name)

/** 9月10日 16:30–18:10. */
export const whenText = ({ heldOn, start, end }: Pick<MeetingCard, 'heldOn' | 'start' | 'end'>): string =>
  `${dateText(heldOn)}${start ? ` ${start}` : ''}${end ? `–${end}` : ''}`

/** 9月24日 15:00–次日 00:40. */
export const planWhen = ({ heldOn, start, end, overnight }: Pick<PlanCard, 'heldOn' | 'start' | 'end' | 'overnight'>): string =>
  `${dateText(heldOn)} ${start}–${overnight ? '次日 ' : ''}${end}`

/** How a state is drawn: by kind of Status and in words. */
export const stateLook = (state: string) =>
  ({
    submitted: { kind: 'soon', words: STATES.submitted },
    signed: { kind: 'done', words: STATES.signed },
    archivedOnPaper: { kind: 'done', words: STATES.archivedOnPaper },
    cancelled: { kind: 'wrong', words: STATES.cancelled },
  })[state as keyof typeof STATES] as { kind: 'soon' | 'done' | 'wrong'; words: string }

/** 2026-03388: how the number of a fact is written, with the year of its meeting. */
export const factNumber = (n: number | null | undefined, day: string): string | undefined =>
  n ? `${day.slice(0, 4)}-${String(n).padStart(5, '0')}` : undefined
