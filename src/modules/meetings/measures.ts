import { sql } from 'kysely'
import { type Case, measure, type Question } from '#kernel/measure.ts'
import { ABSENCES, MEETING_KINDS, type MeetingKind } from './contract.ts'

export const KINDS = Object.keys(MEETING_KINDS)
const EXCUSED = [...Object.keys(ABSENCES).filter((a) => a !== 'none'), 'all'] as const
export const HELD = ['meeting.held', 'meeting.corrected', 'meeting.cancelled'] as const

/** Of the people expected at meetings, how many came. `excuse` leaves out who was away with that reason, or with any (all). */
export const attendance = measure({
  key: 'meetings.attendance',
  title: '到会率：实到占应到',
  filters: { kind: KINDS, excuse: EXCUSED },
  reads: HELD,
  cases: async (q) =>
    (await held(q)).map((m) => {
      const excused = m.absent.filter((a) => a.reason !== 'none' && (q.filter.excuse === 'all' || a.reason === q.filter.excuse)).length
      const expected = Math.max(m.present, m.expected - (q.filter.excuse ? excused : 0))
      const away = expected - m.present
      return {
        ...caseOf(m),
        expected,
        met: m.present,
        note: `${m.on} ${nameOf(m)}应到 ${m.expected}，实到 ${m.present}${excused > 0 && q.filter.excuse ? `，请假不计 ${excused}` : ''}${away > 0 ? `，缺 ${away}` : ''}`,
        applicable: expected > 0,
      }
    }),
})

/** Of the meetings recorded here, how many were signed within seven days; what is still within its seven days is left out. */
export const signedInTime = measure({
  key: 'meetings.signed-in-time',
  title: '七天内签字的会议记录',
  filters: { kind: KINDS },
  reads: [...HELD, 'meeting.signed'],
  cases: async (q) => {
    const signed = await signatures(q)
    return (await held(q)).flatMap((m) => {
      if (m.paper) return []
      const signature = signed.get(m.subject)
      const inTime = signature !== undefined && signature.days <= 7
      if (!signature && m.openDays <= 7) return []
      const says = !signature ? '至今没有签字' : inTime ? '按时签字' : `第 ${signature.days} 天才签字`
      const facts = signature ? [...m.facts, signature.id] : m.facts
      return [{ ...caseOf(m), expected: 1, met: inTime ? 1 : 0, facts, note: `${m.on} ${nameOf(m)}记录${says}` }]
    })
  },
})

/** Of the meetings recorded here, how many were recorded within the grace period; a late one is a case not met. */
export const recordedInTime = measure({
  key: 'meetings.recorded-in-time',
  title: '按时记录的会议（补录为未达到）',
  filters: { kind: KINDS },
  reads: HELD,
  cases: async (q) =>
    (await held(q))
      .filter((m) => !m.paper)
      .map((m) => ({
        ...caseOf(m),
        expected: 1,
        met: m.late ? 0 : 1,
        note: `${m.on} ${nameOf(m)}${m.late ? `到 ${m.recorded} 才记录，标为补录` : '按时记录'}`,
      })),
})

/** How many late entries there were: each is one case met, for schemes that count them. */
export const lateEntries = measure({
  key: 'meetings.late-entries',
  title: '补录的会议次数',
  filters: { kind: KINDS },
  reads: HELD,
  cases: async (q) =>
    (await held(q))
      .filter((m) => m.late)
      .map((m) => ({ ...caseOf(m), expected: 1, met: 1, note: `${m.on} ${nameOf(m)}到 ${m.recorded} 才记录` })),
})

/** Votes that were taken below the needed attendance or recorded otherwise than the counts say: one case for each vote, met when sound. */
export const soundResolutions = measure({
  key: 'meetings.sound-resolutions',
  title: '表决符合规定的决议',
  filters: { kind: KINDS },
  reads: [...HELD, 'vote.taken'],
  cases: async (q) => (await votes(q)).map(({ sound, note, ...c }) => ({ ...c, expected: 1, met: sound ? 1 : 0, note })),
})

/** How many resolutions are void or were recorded as passed without being so: each is one case met. */
export const voidResolutions = measure({
  key: 'meetings.void-resolutions',
  title: '无效或误记为通过的决议',
  filters: { kind: KINDS },
  reads: [...HELD, 'vote.taken'],
  cases: async (q) => (await votes(q)).filter((v) => !v.sound).map(({ sound: _, ...c }) => ({ ...c, expected: 1, met: 1 })),
})

/** How often meetings of a kind were held: each meeting is one case met, counted once for each of its kinds asked for. */
export const heldMeetings = measure({
  key: 'meetings.held',
  title: '召开会议次数',
  filters: { kind: KINDS },
  reads: HELD,
  cases: async (q) => (await held(q)).map((m) => ({ ...caseOf(m), expected: 1, met: 1, note: `${m.on} ${nameOf(m)}` })),
})

export const meetingMeasures = [attendance, signedInTime, recordedInTime, lateEntries, soundResolutions, voidResolutions, heldMeetings]

export interface Held {
  orgId: string
  subject: string
  on: string
  recorded: string
  kinds: MeetingKind[]
  expected: number
  present: number
  presentIds: string[]
  absent: { personId: string; reason: string }[]
  /** How long it lasted; null where the record does not tell. */
  minutes: number | null
  firstAgenda: { items: number; withMeasures: number } | null
  topicIds: string[] | null
  late: boolean
  paper: boolean
  openDays: number
  facts: string[]
}

/** Meetings of the span, of the kind asked for; read once for all measures of an evaluation. */
export async function held(q: Question): Promise<Held[]> {
  const key = `meetings.held ${q.from} ${q.to} ${q.asAt}`
  const known = (q.memo.get(key) as Promise<Held[]> | undefined) ?? readHeld(q)
  q.memo.set(key, known)
  const { kind } = q.filter
  return kind ? (await known).filter((m) => m.kinds.includes(kind as MeetingKind)) : known
}

/** Meetings as they stand: the last correction instead of the first figures, cancelled ones left out. */
async function readHeld({ db, facts, orgIds, from, to, asAt }: Question): Promise<Held[]> {
  const { rows } = await sql<Held>`
    select h.org_id as "orgId", h.subject, coalesce(c.happened_on, h.happened_on) as on, h.happened_on as first,
      to_char(h.recorded_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as recorded,
      coalesce(c.body, h.body) -> 'kinds' as kinds, (coalesce(c.body, h.body) ->> 'expected')::int as expected,
      (coalesce(c.body, h.body) ->> 'present')::int as present, coalesce(c.body, h.body) -> 'absent' as absent,
      coalesce(c.body, h.body) -> 'presentIds' as "presentIds", (h.body ->> 'minutes')::int as minutes, h.body -> 'firstAgenda' as "firstAgenda",
      h.body -> 'topicIds' as "topicIds",
      coalesce(c.body ->> 'late', h.body ->> 'late')::boolean as late, (h.body ->> 'paper')::boolean as paper,
      ${asAt}::date - (h.recorded_at at time zone 'Asia/Shanghai')::date as "openDays",
      array_remove(array[h.id, c.id], null) as facts
    from ${facts} h
    left join (select distinct on (org_id, subject) * from ${facts} k where k.kind = 'meeting.corrected'
      and k.org_id = any(${[...orgIds]}::uuid[]) order by org_id, subject, recorded_at desc, id desc) c
      on c.org_id = h.org_id and c.subject = h.subject
    left join ${facts} x on x.org_id = any(${[...orgIds]}::uuid[]) and x.org_id = h.org_id and x.subject = h.subject
      and x.kind = 'meeting.cancelled'
    where h.kind = 'meeting.held' and h.org_id = any(${[...orgIds]}::uuid[]) and x.id is null
      and coalesce(c.happened_on, h.happened_on) between ${from}::date and least(${to}::date, ${asAt}::date)
    order by h.org_id, 3, h.subject`.execute(db)
  return rows
}

type Signatures = Map<string, { id: string; days: number }>

function signatures(q: Question): Promise<Signatures> {
  const key = 'meetings.signed'
  const known = (q.memo.get(key) as Promise<Signatures> | undefined) ?? readSignatures(q)
  q.memo.set(key, known)
  return known
}

// Both sides are bound to the organisations asked for: by one side alone the planner would read every meeting there is.
async function readSignatures({ db, facts, orgIds }: Question): Promise<Signatures> {
  const { rows } = await sql<{ subject: string; id: string; days: number }>`
    select s.subject, s.id,
      (s.recorded_at at time zone 'Asia/Shanghai')::date - (h.recorded_at at time zone 'Asia/Shanghai')::date as days
    from ${facts} s join ${facts} h on h.org_id = s.org_id and h.subject = s.subject and h.kind = 'meeting.held'
    where s.kind = 'meeting.signed' and s.org_id = any(${[...orgIds]}::uuid[]) and h.org_id = any(${[...orgIds]}::uuid[])`.execute(db)
  return new Map(rows.map((r) => [r.subject, r]))
}

interface TakenVote {
  id: string
  meetingId: string
  base: number
  present: number
  inFavour: number
  quorate: boolean
  passed: boolean
  recordedPassed: boolean | null
  notEntitled: number
}

async function votes(q: Question): Promise<(Omit<Case, 'expected' | 'met'> & { sound: boolean })[]> {
  const meetings = new Map((await held(q)).map((m) => [m.subject, m]))
  const { rows } = await sql<{ id: string; body: TakenVote }>`select v.id, v.body from ${q.facts} v
    where v.kind = 'vote.taken' and v.org_id = any(${[...q.orgIds]}::uuid[]) order by v.org_id, v.happened_on, v.id`.execute(q.db)
  return rows.flatMap(({ id, body }) => {
    const m = meetings.get(body.meetingId)
    return m ? [{ ...caseOf(m), facts: [id, ...m.facts], sound: isSound(body), note: `${m.on} ${nameOf(m)}表决：${sayVote(body)}` }] : []
  })
}

const isSound = (v: TakenVote) =>
  (v.quorate || v.recordedPassed === false) && (v.recordedPassed ?? v.passed) === v.passed && v.notEntitled === 0

const sayVote = (v: TakenVote): string =>
  !v.quorate
    ? `应到会有表决权 ${v.base}，实到 ${v.present}，到会人数未达到规定，决议不成立`
    : v.notEntitled > 0
      ? `计入了 ${v.notEntitled} 张没有表决权的人的票`
      : isSound(v)
        ? `赞成 ${v.inFavour}，结果与票数相符`
        : `赞成 ${v.inFavour}，记为${v.recordedPassed ? '通过' : '未通过'}，与票数不符`

export const caseOf = (m: Held) => ({ orgId: m.orgId, period: m.on.slice(0, 7), facts: m.facts })
const nameOf = (m: Held) => m.kinds.map((k) => MEETING_KINDS[k]).join('、')
