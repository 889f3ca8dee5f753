import { sql } from 'kysely'
import { z } from 'zod'
import { beyond } from '#kernel/actor.ts'
import { dateAt } from '#kernel/civilDate.ts'
import { anyone, query } from '#kernel/operation.ts'
import { afterCursor, cut, type OrderBy, orderOf, Paged, pageOf } from '#kernel/paging.ts'
import { orgSeen } from '#modules/organisation/published.ts'
import { EFFECT_RULE, Merit, Nature } from '../contract.ts'
import { readable, type Stored, storedRows, weighsOn } from '../store.ts'
import { shown } from '../view.ts'

const ORDER: OrderBy[] = [
  { by: sql`r.approved_on`, desc: true },
  { by: sql`r.id`, desc: true },
]

export const list = query('merits.list', {
  title: '看奖励与处分',
  input: Paged.extend({
    orgId: z.uuid().optional(),
    nature: Nature.optional(),
    /** Only sanctions that still weigh today. */
    inEffect: z.boolean().default(false),
  }),
  output: pageOf(Merit).extend({
    counts: z.object({ rewards: z.int(), sanctions: z.int(), inEffect: z.int() }),
    can: z.object({ reward: z.boolean(), sanction: z.boolean() }),
    rule: z.string(),
  }),
  load: async (ctx, { orgId }) => (orgId ? orgSeen(ctx, orgId, 'merits.read') : null),
  may: (actor, org) => (org ? actor.holds('merits.read', org.path) : actor.holdsAnywhere('merits.read')),
  run: async (ctx, { nature, inEffect, after, limit }, org) => {
    const under = org ? sql`(o.path >= ${org.path} and o.path < ${beyond(org.path)})` : sql`true`
    const weighs = weighsOn(dateAt(ctx.now))
    const { rows } = await sql<Stored>`${storedRows} where ${readable(ctx)} and ${under}
        and ${nature ? sql`r.nature = ${nature}` : sql`true`} and ${inEffect ? weighs : sql`true`} and ${afterCursor(ORDER, after)}
      order by ${orderOf(ORDER)} limit ${limit + 1}`.execute(ctx.db)
    const { rows: counted } = await sql<{ rewards: number; sanctions: number; inEffect: number }>`select
        (count(*) filter (where r.nature = 'reward'))::int as rewards, (count(*) filter (where r.nature = 'sanction'))::int as sanctions,
        (count(*) filter (where ${weighs}))::int as "inEffect"
      from (${storedRows} where ${readable(ctx)} and ${under}) r`.execute(ctx.db)
    const page = cut(rows, limit, (row) => [row.approved_on, row.id])
    const can = (capability: string) => (org ? ctx.actor.holds(capability, org.path) : ctx.actor.holdsAnywhere(capability)) === true
    return {
      items: page.items.map((row) => shown(ctx, row)),
      next: page.next,
      counts: counted[0]!,
      can: { reward: can('merits.manage'), sanction: can('merits.discipline') },
      rule: EFFECT_RULE,
    }
  },
})

export const ofMember = query('merits.ofMember', {
  title: '看一个人的奖励与处分',
  input: z.object({ personId: z.uuid() }),
  output: z.object({ items: z.array(Merit) }),
  may: anyone,
  run: async (ctx, { personId }) => {
    const own = personId === ctx.actor.personId ? sql`true` : readable(ctx)
    const { rows } = await sql<Stored>`${storedRows} where r.person_id = ${personId} and ${own}
      order by ${orderOf(ORDER)} limit 100`.execute(ctx.db)
    return { items: rows.map((row) => shown(ctx, row)) }
  },
})
