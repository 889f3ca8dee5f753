import { sql } from 'kysely'
import { z } from 'zod'
import { query } from '#kernel/operation.ts'
import { afterCursor, cut, type OrderBy, orderOf, Paged, pageOf } from '#kernel/paging.ts'
import { BRANCH_KINDS } from '#modules/organisation/contract.ts'
import { orgSeen } from '#modules/organisation/published.ts'
import { BranchCoverage, CoverageView, coverage, leftOf, TalkLine } from '../contract.ts'
import { circlesOn, pairsOf, rosterDay } from '../store.ts'
import { ofOwn } from './record.ts'

const Year = z.int().min(2000).max(2100)

export const talkCoverage = query('talks.coverage', {
  title: '看谁和谁谈过心',
  input: z.object({ orgId: z.uuid(), year: Year }),
  output: CoverageView,
  load: (ctx, { orgId }) => orgSeen(ctx, orgId, 'talks.read'),
  may: (actor, org) => ofOwn(actor, org),
  run: async (ctx, { orgId, year }, org) => {
    const on = rosterDay(year, ctx.now)
    const [circle, pairs] = await Promise.all([circlesOn(ctx.db, [orgId], on), pairsOf(ctx.db, [orgId], year)])
    const covered = coverage(circle, pairs)
    const lastOf = (id: string) => pairs.find((p) => p.aId === id || p.bId === id)?.last ?? null
    return {
      orgId,
      orgName: org.shortName ?? org.name,
      year,
      on,
      people: circle.map(({ personId, name, committee }) => ({
        personId,
        name,
        committee,
        ...covered.get(personId)!,
        last: lastOf(personId),
      })),
      pairs: pairs.map(({ aId, bId, times, last }) => ({ aId, bId, times, last })),
      ...leftOf(covered),
      can: { record: org.dissolvedOn === null },
    }
  },
})

const newestFirst: OrderBy[] = [
  { by: sql`t.held_on`, desc: true },
  { by: sql`t.id`, desc: true },
]

interface Line {
  id: string
  held_on: string
  a_id: string
  a: string
  b_id: string
  b: string
  by: string | null
}

export const listTalks = query('talks.list', {
  title: '看谈心谈话登记',
  input: Paged.extend({ orgId: z.uuid(), year: Year }),
  output: pageOf(TalkLine),
  load: (ctx, { orgId }) => orgSeen(ctx, orgId, 'talks.read'),
  may: (actor, org) => ofOwn(actor, org),
  run: async (ctx, { orgId, year, after, limit }) => {
    const { rows } = await sql<Line>`select t.id, t.held_on, t.a_id, a.name as a, t.b_id, b.name as b, r.name as by
      from talks.talk t join organisation.person a on a.id = t.a_id join organisation.person b on b.id = t.b_id
      left join organisation.person r on r.id = t.recorded_by
      where t.org_id = ${orgId} and t.withdrawn_at is null and t.held_on between ${`${year}-01-01`}::date and ${`${year}-12-31`}::date
        and ${afterCursor(newestFirst, after)} order by ${orderOf(newestFirst)} limit ${limit + 1}`.execute(ctx.db)
    const { items, next } = cut(rows, limit, (t) => [t.held_on, t.id])
    return {
      items: items.map((t) => ({
        id: t.id,
        on: t.held_on,
        a: { id: t.a_id, name: t.a },
        b: { id: t.b_id, name: t.b },
        recordedBy: t.by,
      })),
      next,
    }
  },
})

/** So many branches are reckoned at once. */
const CHUNK = 200
const byName: OrderBy[] = [{ by: sql`o.name` }, { by: sql`o.id` }]

export const talkOverview = query('talks.overview', {
  title: '看各支部谈心谈话情况',
  input: Paged.extend({ orgId: z.uuid(), year: Year, leftOnly: z.boolean().default(false) }),
  output: pageOf(BranchCoverage),
  load: (ctx, { orgId }) => orgSeen(ctx, orgId, 'talks.read'),
  may: (actor, org) => actor.holds('talks.read', org.path),
  run: async (ctx, { year, leftOnly, after, limit }, org) => {
    const on = rosterDay(year, ctx.now)
    const found: { name: string; card: BranchCoverage }[] = []
    for (let from = after, more = true; more && found.length <= limit; ) {
      const { rows } = await sql<{ id: string; name: string; shown: string }>`select o.id, o.name, coalesce(o.short_name, o.name) as shown
        from organisation.org o where o.path >= ${org.path} and o.path < ${`${org.path}~`} and o.kind = any(${[...BRANCH_KINDS]})
          and o.founded_on <= ${on}::date and (o.dissolved_on is null or o.dissolved_on > ${on}::date)
          and ${ctx.actor.within('talks.read', 'o.path')} and ${afterCursor(byName, from)} order by ${orderOf(byName)} limit ${CHUNK + 1}`.execute(
        ctx.db,
      )
      const part = cut(rows, CHUNK, (o) => [o.name, o.id])
      const ids = part.items.map((o) => o.id)
      const [people, pairs] = await Promise.all([circlesOn(ctx.db, ids, on), pairsOf(ctx.db, ids, year)])
      const [circleOf, pairsBy] = [Map.groupBy(people, (p) => p.orgId), Map.groupBy(pairs, (p) => p.orgId)]
      for (const o of part.items) {
        const [circle, told] = [circleOf.get(o.id) ?? [], pairsBy.get(o.id) ?? []]
        const counts = leftOf(coverage(circle, told))
        if (leftOnly && counts.left === 0) continue
        const talks = told.reduce((sum, t) => sum + t.times, 0)
        const card = { orgId: o.id, orgName: o.shown, people: circle.length, talks, last: told[0]?.last ?? null, ...counts }
        found.push({ name: o.name, card })
      }
      from = part.next ?? undefined
      more = part.next !== null
    }
    const { items, next } = cut(found, limit, ({ name, card }) => [name, card.orgId])
    return { items: items.map(({ card }) => card), next }
  },
})
