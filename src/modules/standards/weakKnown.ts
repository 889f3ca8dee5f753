import { sql } from 'kysely'
import { addDays, addMonths, partsOfDate } from '#kernel/civilDate.ts'
import type { Ctx } from '#kernel/operation.ts'
import { ledgerAsOf } from '#ledger/reading.ts'
import { casesOf } from '#modules/duties/published.ts'
import { BRANCH_KINDS } from '#modules/organisation/contract.ts'
import { setUpsUnder } from './setUps.ts'
import type { Known } from './weak.ts'

export interface KnownBranch extends Known {
  orgId: string
  name: string
  path: string
}

interface More {
  orgId: string
  foundedOn: string
  vacantSince: string | null
  receivedOn: string | null
}

/** What the records say today of each branch at and below a path. */
export async function knownUnder(ctx: Ctx, path: string, day: string): Promise<KnownBranch[]> {
  const branches = (await setUpsUnder(ctx, path)).filter((o) => BRANCH_KINDS.includes(o.kind))
  const ids = branches.map(({ orgId }) => orgId)
  const more = new Map((await moreOf(ctx, ids, day)).map((m) => [m.orgId, m]))
  const missed = await missedOf(ctx, ids, day)
  return branches.map(({ orgId, name, path: place, full, committee, metAsCommittee }) => {
    const { foundedOn, vacantSince, receivedOn } = more.get(orgId)!
    return {
      orgId,
      name,
      path: place,
      full,
      committee,
      metAsCommittee,
      foundedOn,
      vacantSince,
      receivedOn,
      missed: missed.get(orgId) ?? [],
    }
  })
}

async function moreOf({ db }: Ctx, ids: readonly string[], day: string): Promise<More[]> {
  const these = sql`any(${[...ids]}::uuid[])`
  const { rows } = await sql<More>`select o.id as "orgId", o.founded_on as "foundedOn", r.received_on as "receivedOn",
      case when coalesce(v.until, o.founded_on) <= ${day}::date then coalesce(v.until, o.founded_on) end as "vacantSince"
    from organisation.org o
    left join (select t.org_id, max(coalesce(upper(t.valid), '9999-12-31'::date)) as until from organisation.post t
      where t.org_id = ${these} and t.role = 'partySecretary' and lower(t.valid) <= ${day}::date group by t.org_id) v on v.org_id = o.id
    left join (select m.org_id, max(lower(s.valid)) as received_on from members.membership m
      join members.standing s on s.person_id = m.person_id and s.standing = 'probationaryMember' and m.valid @> lower(s.valid)
      where m.org_id = ${these} group by m.org_id) r on r.org_id = o.id
    where o.id = ${these}`.execute(db)
  return rows
}

/** Of the last two whole quarters those in which the assembly that was owed has no record. */
async function missedOf(ctx: Ctx, ids: readonly string[], day: string): Promise<Map<string, string[]>> {
  if (ids.length === 0) return new Map()
  const { year, month } = partsOfDate(day)
  const start = `${year}-${String(month - ((month - 1) % 3)).padStart(2, '0')}-01`
  const [from, to] = [addMonths(start, -6), addDays(start, -1)]
  const cases = (await casesOf(ctx, ids, from, to, day)).filter(
    (c) => c.duty === 'memberAssembly' && c.state === 'overdue' && c.rule.strength !== 'may' && c.period.from >= from && c.period.to <= to,
  )
  const quarters = cases.map((c) => ({ orgId: c.orgId, says: quarterName(c.period.from) }))
  return new Map([...Map.groupBy(quarters, (q) => q.orgId)].map(([id, of]) => [id, [...new Set(of.map((q) => q.says))]]))
}

function quarterName(from: string): string {
  const { year, month } = partsOfDate(from)
  return `${year} 年第${'一二三四'[Math.floor((month - 1) / 3)]}季度`
}

/** The facts that can be opened beside what was found: posts that ended, receptions, the founding. */
export async function factsBehind({ db }: Pick<Ctx, 'db'>, orgIds: readonly string[]): Promise<Map<string, string[]>> {
  const { rows } = await sql<{
    orgId: string
    ids: string[]
  }>`select f.org_id as "orgId", array_agg(f.id order by f.recorded_at, f.id) as ids
    from ${ledgerAsOf()} f where f.org_id = any(${[...orgIds]}::uuid[]) and (f.kind = 'org.founded'
      or (f.kind in ('post.began', 'post.ended') and f.body ->> 'role' = 'partySecretary')
      or (f.kind = 'standing.changed' and f.body ->> 'standing' = 'probationaryMember')) group by f.org_id`.execute(db)
  return new Map(rows.map((r) => [r.orgId, r.ids.slice(-20)]))
}
