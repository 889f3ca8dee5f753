import { sql } from 'kysely'
import { z } from 'zod'
import { query } from '#kernel/operation.ts'
import { afterCursor, cut, type OrderBy, orderOf, Paged, pageOf } from '#kernel/paging.ts'
import { BRANCH_KINDS, COMMITTEE_POSTS } from '#modules/organisation/contract.ts'
import { COMMITTEE_KINDS, STUDY_KINDS } from '../contract.ts'
import { meetingsPlaced, type Seen, seenColumns, seenOrg } from '../find.ts'
import { seesText } from '../policy.ts'
import { inSubtree } from './list.ts'

const Year = Paged.extend({ orgId: z.uuid(), year: z.int().min(2000).max(2100) })
const spanOf = (year: number) => ({ from: `${year}-01-01`, to: `${year}-12-31` })

const byName: OrderBy[] = [{ by: sql`p.name` }, { by: sql`p.id` }]

interface Leader {
  personId: string
  name: string
  posts: string
  called: number
  came: number
  last: string | null
}

/** 双重组织生活: members of committees, and how often the records of their own branch name them as present. */
export const doubleLifeOf = query('meetings.doubleLife', {
  title: '看领导干部参加双重组织生活',
  input: Year,
  output: pageOf(
    z.object({
      personId: z.uuid(),
      name: z.string(),
      posts: z.string(),
      called: z.int(),
      came: z.int(),
      last: z.iso.date().nullable(),
    }),
  ),
  load: (ctx, { orgId }) => seenOrg(ctx, orgId),
  may: (actor, org) => actor.holds('meetings.readCommittee', org.path),
  run: async (ctx, { year, after, limit }, org) => {
    const { from, to } = spanOf(year)
    const { rows } = await sql<Leader>`
      select p.id as "personId", p.name, t.posts, coalesce(x.called, 0) as called, coalesce(x.came, 0) as came, x.last
      from organisation.person p
      join (select t.person_id, string_agg(distinct o.name, '、' order by o.name) as posts from organisation.post t
        join organisation.org o on o.id = t.org_id
        where ${inSubtree(org.path)} and ${ctx.actor.within('meetings.readCommittee', 'o.path')} and o.kind <> all(${[...BRANCH_KINDS, 'partyGroup']})
          and t.role = any(${[...COMMITTEE_POSTS]}) and t.valid && daterange(${from}::date, ${to}::date, '[]') group by t.person_id) t
        on t.person_id = p.id
      left join (select a.person_id, count(*)::int as called, count(*) filter (where a.present)::int as came,
          max(m.held_on) filter (where a.present) as last
        from meetings.attendance a join meetings.meeting m on m.org_id = a.org_id and m.id = a.meeting_id
        where m.held_on between ${from}::date and ${to}::date and m.state <> 'cancelled' and not m.kinds <@ ${[...COMMITTEE_KINDS]}::text[]
        group by a.person_id) x on x.person_id = p.id
      where ${afterCursor(byName, after)} order by ${orderOf(byName)} limit ${limit + 1}`.execute(ctx.db)
    return cut(rows, limit, (r) => [r.name, r.personId])
  },
})

interface Studied {
  personId: string
  name: string
  sessions: number
  minutes: number
  untimed: number
}

/** Study of each member by the sessions they were present at; a session without times is told apart, never guessed. */
export const studyOf = query('meetings.study', {
  title: '看党员参加集体学习的时间',
  input: Year,
  output: pageOf(z.object({ personId: z.uuid(), name: z.string(), sessions: z.int(), minutes: z.int(), untimed: z.int() })),
  load: (ctx, { orgId }) => seenOrg(ctx, orgId),
  may: (actor, org) => actor.holds('meetings.readCommittee', org.path),
  run: async (ctx, { year, after, limit }, org) => {
    const { from, to } = spanOf(year)
    const { rows } = await sql<Studied>`
      select p.id as "personId", p.name, x.sessions, x.minutes, x.untimed from organisation.person p
      join (select a.person_id, count(*) filter (where a.present)::int as sessions,
          coalesce(sum(extract(epoch from m.ended_at - m.started_at) / 60) filter (where a.present), 0)::int as minutes,
          count(*) filter (where a.present and m.ended_at is null)::int as untimed
        from meetings.attendance a join meetings.meeting m on m.org_id = a.org_id and m.id = a.meeting_id
        join organisation.org o on o.id = m.org_id
        where ${inSubtree(org.path)} and ${ctx.actor.within('meetings.readCommittee', 'o.path')}
          and m.held_on between ${from}::date and ${to}::date and m.state <> 'cancelled' and m.kinds && ${[...STUDY_KINDS]}::text[]
        group by a.person_id) x on x.person_id = p.id
      where ${afterCursor(byName, after)} order by ${orderOf(byName)} limit ${limit + 1}`.execute(ctx.db)
    return cut(rows, limit, (r) => [r.name, r.personId])
  },
})

const newestFirst: OrderBy[] = [{ by: sql`m.held_on`, desc: true }, { by: sql`m.id`, desc: true }, { by: sql`i.position` }]

type First = Seen & { position: number; topic: string; measures: number; done: number }

/** 第一议题: what was learned, and what followed; `withoutMeasures` leaves those with measures out. */
export const firstAgendas = query('meetings.firstAgendas', {
  title: '看第一议题的学习和落实',
  input: Year.extend({ withoutMeasures: z.boolean().default(false) }),
  output: pageOf(
    z.object({
      meetingId: z.uuid(),
      position: z.int(),
      orgName: z.string(),
      heldOn: z.iso.date(),
      topic: z.string(),
      /** What was to be done, and how much of it is settled. */
      measures: z.int(),
      done: z.int(),
    }),
  ),
  load: (ctx, { orgId }) => seenOrg(ctx, orgId),
  may: (actor, org) => actor.holds('meetings.readCommittee', org.path),
  run: async (ctx, { year, withoutMeasures, after, limit }, org) => {
    const { from, to } = spanOf(year)
    const { rows } = await sql<First>`select ${seenColumns}, i.position, i.topic,
        coalesce(a.measures, 0) as measures, coalesce(a.done, 0) as done
      from ${meetingsPlaced}
      join meetings.item i on i.org_id = m.org_id and i.meeting_id = m.id and i.first_agenda
      left join (select org_id, meeting_id, position, count(*)::int as measures, count(settled_on)::int as done
        from meetings.action group by org_id, meeting_id, position) a
        on a.org_id = i.org_id and a.meeting_id = i.meeting_id and a.position = i.position
      where ${inSubtree(org.path)} and ${ctx.actor.within('meetings.readCommittee', 'o.path')} and m.state <> 'cancelled'
        and m.held_on between ${from}::date and ${to}::date and ${withoutMeasures ? sql`a.org_id is null` : sql`true`}
        and ${afterCursor(newestFirst, after)} order by ${orderOf(newestFirst)} limit ${limit + 1}`.execute(ctx.db)
    const { items, next } = cut(rows, limit, (r) => [r.held_on, r.id, r.position])
    const shown = items.filter((m) => seesText(ctx.actor, m))
    return {
      items: shown.map((m) => ({
        meetingId: m.id,
        position: m.position,
        orgName: m.org_name,
        heldOn: m.held_on,
        topic: m.topic,
        measures: m.measures,
        done: m.done,
      })),
      next,
    }
  },
})
