import { sql } from 'kysely'
import { z } from 'zod'
import { query } from '#kernel/operation.ts'

/** The name of an organisation is no secret to who works with it; nothing else of it is told. */
export const parties = query('tasks.parties', {
  title: '找转办或协办的组织',
  input: z.object({ text: z.string().trim().min(2, '请输入两个字以上').max(60) }),
  output: z.object({ items: z.array(z.object({ id: z.uuid(), name: z.string(), parentName: z.string().nullable() })) }),
  may: (actor) => actor.holdsAnywhere('tasks.work'),
  run: async (ctx, { text }) => {
    const { rows } = await sql<{ id: string; name: string; parentName: string | null }>`
      select o.id, o.name, u.name as "parentName" from organisation.org o left join organisation.org u on u.id = o.parent_id
      where o.dissolved_on is null and o.kind <> 'partyGroup' and position(${text} in o.name) > 0
      order by position(${text} in o.name), length(o.name), o.name collate "zh-x-icu", o.id limit 20`.execute(ctx.db)
    return { items: rows }
  },
})
