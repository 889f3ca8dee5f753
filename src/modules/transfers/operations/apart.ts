import { sql } from 'kysely'
import { z } from 'zod'
import { conflict } from '#kernel/errors.ts'
import { type Ctx, command } from '#kernel/operation.ts'

interface Two {
  one: string
  other: string
  path: string
}

export const apart = command('transfers.setApart', {
  title: '核对：名册上的两个人不是同一个人',
  input: z.object({
    personId: z.uuid(),
    otherId: z.uuid(),
    /** What was compared. */
    reason: z.string().trim().min(2, '请写明凭什么，例如：身份证号不同').max(200),
  }),
  output: z.object({ personId: z.uuid() }),
  load: twoSeen,
  may: (actor, { path }) => actor.holds('transfers.manage', path),
  run: async (ctx, { personId, reason }, { one, other }) => {
    const { rows } = await sql`insert into transfers.apart (one_id, other_id, reason, said_by, said_at)
      values (${one}, ${other}, ${reason}, ${ctx.actor.personId}, ${ctx.now}) on conflict do nothing returning one_id`.execute(ctx.db)
    if (rows.length === 0) throw conflict('said-already', '这两个人已经核对过，请刷新后再看')
    return { personId }
  },
})

/** Two people of one name, of whom the actor keeps the roster of at least one; the smaller id first. */
async function twoSeen(ctx: Ctx, { personId, otherId }: { personId: string; otherId: string }): Promise<Two | undefined> {
  const [one, other] = [personId, otherId].sort() as [string, string]
  const { rows } = await sql<{ path: string }>`select o.path, ${ctx.actor.within('transfers.manage', 'o.path')} as keeps
    from members.membership m join organisation.org o on o.id = m.org_id
      join organisation.person p on p.id = m.person_id
    where m.person_id in (${one}, ${other}) and upper(m.valid) is null and ${ctx.actor.within('transfers.read', 'o.path')}
      and exists (select from organisation.person a join organisation.person b on b.name = a.name and b.id = ${other}
        where a.id = ${one} and a.id <> b.id)
    order by keeps desc, o.path limit 1`.execute(ctx.db)
  return rows[0] && { one, other, path: rows[0].path }
}
