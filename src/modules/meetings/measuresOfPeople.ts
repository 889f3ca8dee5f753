import { type RawBuilder, sql } from 'kysely'
import { daysBetween } from '#kernel/civilDate.ts'
import type { Db } from '#kernel/database.ts'
import { type Case, measure, type Question } from '#kernel/measure.ts'
import { COMMITTEE_POSTS } from '#modules/organisation/contract.ts'
import { COMMITTEE_KINDS, MEETING_KINDS, type MeetingKind, STUDY_KINDS } from './contract.ts'
import { caseOf, HELD, type Held, held, KINDS } from './measures.ts'

/** Of the committee meetings held, how many began with 第一议题; with `measures`, how many of these also decided what to do. */
export const firstAgenda = measure({
  key: 'meetings.first-agenda',
  title: '第一议题：学习并有落实措施',
  filters: { want: ['learned', 'measures'] },
  reads: HELD,
  cases: async (q) => {
    const meetings = (await held(q)).filter((m) => m.kinds.includes('committeeMeeting') && !m.paper)
    const asked = q.filter.want === 'measures' ? meetings.filter((m) => m.firstAgenda) : meetings
    return asked.map((m) => {
      const { items = 0, withMeasures = 0 } = m.firstAgenda ?? {}
      const met = q.filter.want === 'measures' ? items === withMeasures : items > 0
      const says = items === 0 ? '没有第一议题' : `第一议题 ${items} 项，${withMeasures} 项有落实措施`
      return { ...caseOf(m), expected: 1, met: met ? 1 : 0, note: `${m.on} 的党委会${says}` }
    })
  },
})

/**
 * 双重组织生活: one case for each member of a committee above who stands on the roster of this organisation, met when the records of its
 * meetings name them as present at least `times` times (支部工作条例; 全年 2 次 is a practice of enterprises). With `per: time` each time is
 * expected for itself, for schemes that deduct by the time.
 */
export const doubleLife = measure({
  key: 'meetings.double-life',
  title: '领导干部参加双重组织生活',
  filters: { times: ['1', '2', '4', '12'], per: ['person', 'time'] },
  reads: [...HELD, 'org.founded', 'org.placed', 'post.began', 'post.ended'],
  cases: async (q) => {
    const times = Number(q.filter.times ?? '2')
    const meetings = (await held(q)).filter((m) => !m.kinds.every((k) => COMMITTEE_KINDS.includes(k)))
    const above = await ancestorsOf(q.db, q.facts, q.orgIds)
    const leaders = await leadersIn(q, [...new Set([...above.values()].flat())])
    return q.orgIds.flatMap((orgId) => {
      const ours = meetings.filter((m) => m.orgId === orgId)
      const mine = leaders.filter((l) => above.get(orgId)?.includes(l.orgId)).map((l) => l.personId)
      return [...new Set(mine)].flatMap((personId) => caseOfLeader(orgId, personId, ours, times, q))
    })
  },
})

function caseOfLeader(orgId: string, personId: string, meetings: Held[], times: number, { to, asAt, filter }: Question): Case[] {
  const called = meetings.filter((m) => m.presentIds.includes(personId) || m.absent.some((a) => a.personId === personId))
  // Who was never called to a meeting here stands on another organisation's roster.
  if (called.length === 0) return []
  const came = called.filter((m) => m.presentIds.includes(personId))
  const note = `领导班子成员一人，所在支部 ${called.length} 次组织生活参加 ${came.length} 次，要求 ${times} 次`
  const open = asAt < to && came.length < times
  return [
    {
      orgId,
      period: to.slice(0, 4),
      ...(filter.per === 'time'
        ? { expected: times, met: Math.min(came.length, times) }
        : { expected: 1, met: came.length >= times ? 1 : 0 }),
      facts: came.flatMap((m) => m.facts),
      note,
      ...(open ? { due: false } : {}),
    },
  ]
}

/** Of the people called to meetings, how many were present at study of `hours` in all: 党课, 主题党日, 中心组学习, by the times recorded. */
export const studyHours = measure({
  key: 'meetings.study-hours',
  title: '集体学习学时达到要求的党员',
  filters: { hours: ['24', '32', '40', '56'] },
  reads: HELD,
  cases: async (q) => {
    const hours = Number(q.filter.hours ?? '32')
    const meetings = await held(q)
    return q.orgIds.flatMap((orgId) => {
      const ours = meetings.filter((m) => m.orgId === orgId)
      const people = new Set(ours.flatMap((m) => [...m.presentIds, ...m.absent.map((a) => a.personId)]))
      if (people.size === 0) return []
      const study = ours.filter((m) => m.minutes !== null && m.kinds.some((k) => STUDY_KINDS.includes(k)))
      const enough = [...people].filter((p) => minutesOf(study, p) >= hours * 60).length
      const open = q.asAt < q.to && enough < people.size
      return [
        {
          orgId,
          period: q.to.slice(0, 4),
          expected: people.size,
          met: enough,
          facts: study.flatMap((m) => m.facts),
          note: `党课、主题党日、中心组学习共 ${study.length} 次有起止时间；${people.size} 人中 ${enough} 人参加满 ${hours} 小时（核对原文：学时折算以单位规定为准）`,
          ...(open ? { due: false } : {}),
        },
      ]
    })
  },
})

/**
 * Of the meetings people were called to, how many were called at least `days` days before the day (议题提前通知; how many is the unit's own
 * rule, one where nothing is said). A new day needs a new call in time.
 */
export const calledInTime = measure({
  key: 'meetings.called-in-time',
  title: '提前通知的会议',
  filters: { kind: KINDS, days: ['1', '2', '3', '5', '7', '10'] },
  reads: ['plan.announced', 'plan.changed', 'plan.cancelled'],
  cases: async ({ db, facts, orgIds, from, to, asAt, filter }) => {
    const days = Number(filter.days ?? '1')
    const { rows } = await sql<Called>`
      select f.org_id as "orgId", f.subject, f.id, f.kind, f.happened_on as on, f.body ->> 'heldOn' as "heldOn", f.body -> 'kinds' as kinds
      from ${facts} f where f.org_id = any(${[...orgIds]}::uuid[]) and f.kind in ('plan.announced', 'plan.changed', 'plan.cancelled')
        and f.happened_on <= ${asAt}::date order by f.org_id, f.recorded_at, f.id`.execute(db)
    return [...Map.groupBy(rows, (r) => r.subject).values()].flatMap((calls) => {
      const last = calls.at(-1)!
      if (last.kind === 'plan.cancelled' || last.heldOn < from || last.heldOn > to) return []
      if (filter.kind && !last.kinds.includes(filter.kind as MeetingKind)) return []
      const first = calls.find(({ heldOn }) => heldOn === last.heldOn)!
      const ahead = daysBetween(first.on, last.heldOn)
      const name = last.kinds.map((k) => MEETING_KINDS[k]).join('、')
      return [
        {
          orgId: last.orgId,
          period: last.heldOn.slice(0, 7),
          expected: 1,
          met: ahead >= days ? 1 : 0,
          facts: calls.map(({ id }) => id),
          note: `${last.heldOn} 的${name} ${first.on} 通知，提前 ${ahead} 天，要求 ${days} 天`,
        },
      ]
    })
  },
})

interface Called {
  orgId: string
  subject: string
  id: string
  kind: string
  on: string
  heldOn: string
  kinds: MeetingKind[]
}

export const measuresOfPeople = [firstAgenda, doubleLife, studyHours, calledInTime]

const minutesOf = (meetings: readonly Held[], personId: string) =>
  meetings.reduce((sum, m) => sum + (m.presentIds.includes(personId) ? (m.minutes ?? 0) : 0), 0)

interface Placed {
  orgId: string
  parentId: string | null
}

/** Every organisation that ever stood above each of these, read level by level. */
async function ancestorsOf(db: Db, facts: RawBuilder<unknown>, orgIds: readonly string[]): Promise<Map<string, string[]>> {
  const parents = new Map<string, Set<string>>()
  for (let level = [...new Set(orgIds)]; level.length > 0; ) {
    const { rows } = await sql<Placed>`select f.org_id as "orgId", f.body ->> 'parentId' as "parentId" from ${facts} f
      where f.org_id = any(${level}::uuid[]) and f.kind in ('org.founded', 'org.placed')`.execute(db)
    for (const id of level) parents.set(id, new Set())
    for (const { orgId, parentId } of rows) if (parentId) parents.get(orgId)!.add(parentId)
    level = [...new Set(rows.flatMap((r) => r.parentId ?? []))].filter((id) => !parents.has(id))
  }
  const climb = (id: string, seen = new Set<string>()): string[] =>
    [...(parents.get(id) ?? [])].filter((p) => !seen.has(p)).flatMap((p) => [p, ...climb(p, seen.add(p))])
  return new Map(orgIds.map((id) => [id, [...new Set(climb(id))]]))
}

/** Who held a post in the committees of these organisations on some day of the span. */
async function leadersIn({ db, facts, from, to }: Question, orgIds: readonly string[]): Promise<{ orgId: string; personId: string }[]> {
  if (orgIds.length === 0) return []
  const { rows } = await sql<{ orgId: string; personId: string }>`select b.org_id as "orgId", b.person_id as "personId" from ${facts} b
    left join ${facts} e on e.org_id = any(${[...orgIds]}::uuid[]) and e.org_id = b.org_id and e.subject = b.subject and e.kind = 'post.ended'
    where b.kind = 'post.began' and b.org_id = any(${[...orgIds]}::uuid[]) and b.body ->> 'role' = any(${[...COMMITTEE_POSTS]})
      and b.happened_on <= ${to}::date and (e.id is null or e.happened_on > ${from}::date) order by 1, 2`.execute(db)
  return rows
}
