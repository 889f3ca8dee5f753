import { sql } from 'kysely'
import { z } from 'zod'
import { dateAt } from '#kernel/civilDate.ts'
import { query } from '#kernel/operation.ts'
import { policy, seenOrg } from '../policy.ts'

const Line = z.object({
  orgId: z.uuid(),
  orgName: z.string(),
  name: z.string(),
  since: z.iso.date(),
  says: z.string(),
  source: z.string(),
  remedy: z.string(),
  facts: z.array(z.uuid()),
  open: z.string(),
})

interface Row {
  orgId: string
  orgName: string
  name: string
  since: string
  facts: string[]
}

export const recusals = query('evaluation.recusals', {
  title: '看评分人该不该回避',
  input: z.object({ orgId: z.uuid() }),
  output: z.object({ items: z.array(Line) }),
  load: seenOrg,
  may: policy.read,
  run: async (ctx, _input, org) => {
    const day = dateAt(ctx.now)
    const { rows } = await sql<Row>`
      select o.id as "orgId", o.name as "orgName", n.name, to_char(lower(p.valid), 'YYYY-MM-DD') as since,
        array_remove(array_agg(f.id order by f.id), null) as facts
      from organisation.post p left join ledger.fact f on f.org_id = p.org_id and f.kind = 'post.began' and f.subject = p.id
      join organisation.org o on o.id = p.org_id join organisation.person n on n.id = p.person_id
      where p.role = 'evaluator' and p.valid @> ${day}::date and starts_with(o.path, ${org.path})
        and ${ctx.actor.within('evaluation.read', 'o.path')}
        and exists (select from members.membership m where m.person_id = p.person_id and m.org_id = p.org_id and m.valid @> ${day}::date)
      group by o.id, n.name, p.id, p.valid order by o.path, p.id`.execute(ctx.db)
    return { items: rows.map(lineOf) }
  },
})

const lineOf = (row: Row): z.output<typeof Line> => ({
  ...row,
  says: `${row.name}在${row.orgName}的名册上，又被派去考核${row.orgName}，等于自己评自己`,
  source: '考核回避：评分人不评自己所在的组织',
  remedy: '免去这一任职，另派别的组织的人；在此之前系统不收他给本组织的评分',
  open: `/evaluation/entries?org=${row.orgId}`,
})
