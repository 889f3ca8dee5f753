import { dateAt } from '#kernel/civilDate.ts'
import type { MeetingCard } from '../contract.ts'
import { kindsName, type MeetingKind } from '../contract.ts'
import type { Seen } from '../find.ts'

const clock = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Shanghai', hour: '2-digit', minute: '2-digit' })

/** HH:MM in Shanghai. */
export const clockOf = (at: Date | null): string | null => (at ? clock.format(at) : null)

/** A meeting as a line of a list; without its text where the reader may only know that it was held. */
export const cardOf = (m: Seen, hidden: boolean): MeetingCard => ({
  id: m.id,
  orgId: m.org_id,
  orgName: m.org_name,
  kinds: m.kinds as MeetingKind[],
  ownKind: ownKindOf(m),
  title: hidden ? kindsName(m.kinds, m.own_kind) : m.title,
  heldOn: m.held_on,
  start: clockOf(m.started_at),
  end: clockOf(m.ended_at),
  place: m.place,
  state: m.state,
  expected: m.expected,
  present: m.present,
  late: m.late,
  recordedOn: dateAt(m.recorded_at),
  warnings: hidden ? 0 : m.warnings.length,
  belowQuorum: m.warnings.some((w) => w.code === 'below-quorum'),
  hidden,
})

export const ownKindOf = (m: { own_kind_id: string | null; own_kind: string | null }) =>
  m.own_kind_id ? { id: m.own_kind_id, name: m.own_kind ?? '' } : null
