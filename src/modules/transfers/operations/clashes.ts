import { sql } from 'kysely'
import { z } from 'zod'
import { beyond } from '#kernel/actor.ts'
import { dateAt } from '#kernel/civilDate.ts'
import { holdsOn } from '#kernel/dated.ts'
import { query } from '#kernel/operation.ts'
import { Paged, pageOf } from '#kernel/paging.ts'
import { ledgerAsOf } from '#ledger/reading.ts'
import { orgSeen } from '#modules/organisation/published.ts'

const Clash = z.object({
  /** Both stays of the clash, oldest first. */
  id: z.string(),
  name: z.string(),
  /** `same`: one person with two rosters. `coming`: sent, not received, and entered there anew. `alike`: two files of, it seems, one person. */
  kind: z.enum(['same', 'coming', 'alike']),
  stays: z.array(z.object({ personId: z.string(), orgId: z.string(), orgName: z.string(), from: z.string() })),
  transferId: z.string().nullable(),
  says: z.string(),
  remedy: z.string(),
  facts: z.array(z.string()),
})

const SOURCE = '一名党员只编入一个支部（党章第八条：每个党员都必须编入党的一个支部）'

export const clashes = query('transfers.clashes', {
  title: '名册冲突：一人在两个名册上',
  input: Paged.extend({ orgId: z.uuid().optional() }),
  output: pageOf(Clash).extend({ source: z.string() }),
  load: async (ctx, { orgId }) => (orgId ? orgSeen(ctx, orgId, 'transfers.read') : null),
  may: (actor, org) => (org ? actor.holds('transfers.read', org.path) : actor.holdsAnywhere('transfers.read')),
  run: async (ctx, { after, limit }, org) => {
    const day = sql`${dateAt(ctx.now)}::date`
    const here = org
      ? sql`(o.path >= ${org.path} and o.path < ${beyond(org.path)}) and ${ctx.actor.within('transfers.read', 'o.path')}`
      : ctx.actor.within('transfers.read', 'o.path')
    const { rows } = await sql<Found>`
      with stay as (
        select m.id, m.person_id, m.org_id, lower(m.valid) as since, p.name, o.name as org_name, o.path, (${here}) as seen,
          f.joined_from, f.birth_from, f.id_index
        from members.membership m join organisation.org o on o.id = m.org_id join organisation.person p on p.id = m.person_id
        left join members.profile f on f.person_id = m.person_id
        where ${holdsOn('m.valid', day)}
      )
      select a.id || '.' || b.id as id, a.name, a.person_id = b.person_id as same, t.id as "transferId", t.sent_on as "sentOn",
        t.letter_no as "letterNo", a.id as "aStay", b.id as "bStay", a.person_id as "aPerson", b.person_id as "bPerson",
        a.org_id as "aOrg", b.org_id as "bOrg", a.org_name as "aName", b.org_name as "bName", a.since as "aSince", b.since as "bSince"
      from stay a join stay b on b.name = a.name and b.id <> a.id and (a.seen or b.seen)
      left join transfers.transfer t on t.state = 'sent' and t.person_id = a.person_id and t.from_id = a.org_id and t.to_id = b.org_id
      where case
          when a.person_id = b.person_id then a.id < b.id
          when t.id is not null then a.joined_from is not distinct from b.joined_from
          else a.person_id < b.person_id and a.org_id <> b.org_id and a.joined_from = b.joined_from and a.birth_from = b.birth_from
            and (a.id_index is null or b.id_index is null)
            and not exists (select from transfers.apart x where x.one_id = a.person_id and x.other_id = b.person_id)
        end
        and ${after ?? ''}::text < a.id || '.' || b.id
      order by 1 limit ${limit + 1}`.execute(ctx.db)
    const { rows: facts } = await sql<{ id: string; subject: string }>`select id, subject from ${ledgerAsOf()} f
      where org_id = any(${rows.flatMap((r) => [r.aOrg, r.bOrg])}::uuid[]) and kind in ('membership.began', 'transfer.sent')
        and subject = any(${rows.flatMap((r) => [r.aStay, r.bStay, ...(r.transferId ? [r.transferId] : [])])}::uuid[])
      order by happened_on, id`.execute(ctx.db)
    const items = rows.slice(0, limit).map((row) => clash(row, facts))
    return { items, next: rows.length > limit ? items.at(-1)!.id : null, source: SOURCE }
  },
})

interface Found {
  id: string
  name: string
  same: boolean
  transferId: string | null
  sentOn: string | null
  letterNo: string | null
  aStay: string
  bStay: string
  aPerson: string
  bPerson: string
  aOrg: string
  bOrg: string
  aName: string
  bName: string
  aSince: string
  bSince: string
}

function clash(row: Found, facts: readonly { id: string; subject: string }[]): z.output<typeof Clash> {
  const kind = row.same ? 'same' : row.transferId ? 'coming' : 'alike'
  const both = `${row.name}从 ${row.aSince} 起在${row.aName}名册，从 ${row.bSince} 起又在${row.bName}名册`
  const says = {
    same: `${both}`,
    coming: `${both}；${row.sentOn} 已由${row.aName}转出（${row.letterNo}），${row.bName}一直没有办理接收`,
    alike: `${both}；姓名、入党日期和出生日期都相同`,
  }[kind]
  const remedy = {
    same: '核对组织关系实际在哪里，在党员档案里更正另一处的登记',
    coming: `由${row.bName}把另行编入的那一份移出名册（登记有误），再接收这次转接，两边名册各变一次`,
    alike: '核对是不是同一个人：是的，把多出的一份移出名册（登记有误）；不是的，补上身份证号',
  }[kind]
  const subjects = [row.aStay, row.bStay, row.transferId]
  return {
    id: row.id,
    name: row.name,
    kind,
    stays: [
      { personId: row.aPerson, orgId: row.aOrg, orgName: row.aName, from: row.aSince },
      { personId: row.bPerson, orgId: row.bOrg, orgName: row.bName, from: row.bSince },
    ],
    transferId: row.transferId,
    says: `${says}。应到人数和党费都会算两遍`,
    remedy,
    facts: facts.filter(({ subject }) => subjects.includes(subject)).map(({ id }) => id),
  }
}
