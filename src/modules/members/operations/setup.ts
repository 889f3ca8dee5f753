import { sql } from 'kysely'
import { z } from 'zod'
import { dateAt } from '#kernel/civilDate.ts'
import { query } from '#kernel/operation.ts'
import { orgSeen } from '#modules/organisation/published.ts'
import { setupOf } from '../setup.ts'

export const headcounts = query('members.headcounts', {
  title: '各党组织党员人数',
  input: z.object({ on: z.iso.date().optional() }),
  output: z.object({ items: z.array(z.object({ orgId: z.string(), full: z.int(), probationary: z.int() })) }),
  may: (actor) => actor.holdsAnywhere('members.read'),
  run: async (ctx, { on = dateAt(ctx.now) }) => {
    const { rows } = await sql<{ orgId: string; full: number; probationary: number }>`
      select m.org_id as "orgId", count(*) filter (where s.standing = 'fullMember')::int as full,
        count(*) filter (where s.standing = 'probationaryMember')::int as probationary
      from members.membership m
      join organisation.org o on o.id = m.org_id
      join members.standing s on s.person_id = m.person_id and s.valid @> ${on}::date
      where m.valid @> ${on}::date and ${ctx.actor.within('members.read', 'o.path')}
      group by m.org_id`.execute(ctx.db)
    return { items: rows }
  },
})

export const setupHints = query('members.setupHints', {
  title: '党组织设置检查',
  input: z.object({ orgId: z.uuid(), on: z.iso.date().optional() }),
  output: z.object({
    full: z.int(),
    probationary: z.int(),
    hints: z.array(z.object({ code: z.string(), says: z.string(), clause: z.string(), strength: z.enum(['must', 'generally']) })),
  }),
  load: (ctx, { orgId }) => orgSeen(ctx, orgId, 'members.read'),
  may: (actor, org) => actor.holds('members.read', org.path),
  run: (ctx, { on = dateAt(ctx.now) }, org) => setupOf(ctx.db, org, on),
})
