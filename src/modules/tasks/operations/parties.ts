import { sql } from 'kysely'
import { z } from 'zod'
import { query } from '#kernel/operation.ts'

/**
 * Finds organisations to hand on to or ask for help: those the asker works for, all under the nearest 党委 above these, and what stands above
 * them. The names of the rest of the group are told to nobody here; what belongs there goes up.
 */
export const parties = query('tasks.parties', {
  title: '找转办或协办的组织',
  input: z.object({ text: z.string().trim().min(2, '请输入两个字以上').max(60) }),
  output: z.object({ items: z.array(z.object({ id: z.uuid(), name: z.string(), parentName: z.string().nullable() })) }),
  may: (actor) => actor.holdsAnywhere('tasks.work'),
  run: async (ctx, { text }) => {
    const own = ctx.actor.grantsOf('tasks.work').map((g) => g.path)
    const { rows } = await sql<{ id: string; name: string; parentName: string | null }>`
      select o.id, o.name, u.name as "parentName" from organisation.org o left join organisation.org u on u.id = o.parent_id
      where o.dissolved_on is null and o.kind <> 'partyGroup' and position(${text} in o.name) > 0
        and exists (select from unnest(${own}::text[]) as g (path)
          left join lateral (select c.path from organisation.org c where c.kind in ('partyCommittee', 'workCommittee')
            and starts_with(g.path, c.path) order by length(c.path) desc limit 1) near on true
          where starts_with(o.path, coalesce(near.path, g.path)) or starts_with(g.path, o.path))
      order by position(${text} in o.name), length(o.name), o.name collate "zh-x-icu", o.id limit 20`.execute(ctx.db)
    return { items: rows }
  },
})
