import { sql } from 'kysely'
import type { Db } from '#kernel/database.ts'
import { conflict } from '#kernel/errors.ts'
import type { Ctx } from '#kernel/operation.ts'
import { openText, rosterOn } from '#modules/members/published.ts'
import type { OrgCard } from '#modules/organisation/published.ts'
import type { Payer, Rounding } from './contract.ts'
import { firstOf, lastOf, rosterDay } from './months.ts'
import { dueOf, type RateTable, ratesOn } from './rates.ts'

export interface Base {
  payer: Payer
  cents: number
  from: string
}

/** One member in a month: what there is to pay, what was listed, what was paid. */
export interface Line {
  personId: string
  name: string
  base: Base | null
  /** What the list would say now, in cents; null without a base, or when the month is owed to another branch. */
  wanted: number | null
  reductionId: string | null
  owed: { id: string; orgId: string; orgName: string; cents: number; payer: Payer } | null
  paid: number
}

/** Where the amounts of bases lie sealed. */
export const placeOf = (personId: string, from: string) => ({
  table: 'dues.base',
  column: 'amount_sealed',
  row: `${personId}/${from}`,
})

/** The base of each of these people on a day. */
export async function basesOn(db: Db, personIds: readonly string[], day: string): Promise<Map<string, Base>> {
  const { rows } = await sql<{ personId: string; payer: Payer; from: string; sealed: string }>`select person_id as "personId", payer,
      lower(valid) as "from", amount_sealed as sealed
    from dues.base where person_id = any(${[...personIds]}::uuid[]) and valid @> ${day}::date`.execute(db)
  return new Map(
    rows.map(({ personId, payer, from, sealed }) => [personId, { payer, from, cents: Number(openText(placeOf(personId, from), sealed)) }]),
  )
}

/** How the organisation rounds on a day: as it or the nearest above it chose. */
export async function roundingOn(db: Db, path: string, day: string): Promise<Rounding> {
  const { rows } = await sql<{ mode: Rounding }>`select r.mode from dues.rounding r join organisation.org o on o.id = r.org_id
    where ${path} like o.path || '%' and r.valid @> ${day}::date order by length(o.path) desc limit 1`.execute(db)
  return rows[0]?.mode ?? 'halfUp'
}

export function ratesFor(month: string): RateTable {
  const table = ratesOn(firstOf(month))
  if (!table) throw conflict('no-rates', `${month} 没有登记费率表，最早的一张从 2008-04 起`)
  return table
}

/** Everybody who owes the branch that month, by name: those on its roster when the month counts, and those listed before they left. */
export async function linesOf(ctx: Pick<Ctx, 'db' | 'now'>, org: OrgCard, month: string): Promise<Line[]> {
  const { db } = ctx
  const [roster, listed, rounding] = [
    await rosterOn(db, org.id, rosterDay(ctx, month)),
    await owedOf(db, org.id, month),
    await roundingOn(db, org.path, firstOf(month)),
  ]
  const people = new Map([...roster, ...listed].map(({ personId, name }) => [personId, name]))
  const ids = [...people.keys()]
  const bases = await basesOn(db, ids, lastOf(month))
  const owed = new Map((await owedBy(db, ids, month)).map((o) => [o.personId, o]))
  const reductions = await reductionsOf(db, ids, month)
  const paid = await paidBy(db, ids, month)
  const table = ratesFor(month)
  const lines = ids.map((personId): Line => {
    const base = bases.get(personId) ?? null
    const row = owed.get(personId) ?? null
    const reduction = reductions.get(personId)
    const elsewhere = row !== null && row.orgId !== org.id
    const full = base && dueOf(table, base.payer, base.cents, rounding)
    return {
      personId,
      name: people.get(personId)!,
      base,
      wanted: full === null || elsewhere ? null : reduction ? Math.min(reduction.cents, full) : full,
      reductionId: reduction?.id ?? null,
      owed: row && { id: row.id, orgId: row.orgId, orgName: row.orgName, cents: row.cents, payer: row.payer },
      paid: paid.get(personId) ?? 0,
    }
  })
  const order = new Intl.Collator('zh')
  return lines.sort((a, b) => order.compare(a.name, b.name) || (a.personId < b.personId ? -1 : 1))
}

interface Owed {
  id: string
  personId: string
  name: string
  orgId: string
  orgName: string
  cents: number
  payer: Payer
}

const owedRows = sql`select w.id, w.person_id as "personId", p.name, w.org_id as "orgId", o.name as "orgName", w.cents, w.payer
  from dues.owed w join organisation.person p on p.id = w.person_id join organisation.org o on o.id = w.org_id`

const owedOf = async (db: Db, orgId: string, month: string): Promise<Owed[]> =>
  (await sql<Owed>`${owedRows} where w.org_id = ${orgId} and w.month = ${firstOf(month)}::date`.execute(db)).rows

const owedBy = async (db: Db, ids: readonly string[], month: string): Promise<Owed[]> =>
  (await sql<Owed>`${owedRows} where w.person_id = any(${[...ids]}::uuid[]) and w.month = ${firstOf(month)}::date`.execute(db)).rows

async function reductionsOf(db: Db, ids: readonly string[], month: string): Promise<Map<string, { id: string; cents: number }>> {
  const { rows } = await sql<{ id: string; personId: string; cents: number }>`select id, person_id as "personId", cents from dues.reduction
    where person_id = any(${[...ids]}::uuid[]) and state in ('approved', 'ended')
      and ${firstOf(month)}::date between from_month and until_month order by decided_on, id`.execute(db)
  return new Map(rows.map(({ personId, ...r }) => [personId, r]))
}

async function paidBy(db: Db, ids: readonly string[], month: string): Promise<Map<string, number>> {
  const { rows } = await sql<{ personId: string; cents: number }>`select person_id as "personId", sum(cents)::int as cents from dues.payment
    where person_id = any(${[...ids]}::uuid[]) and month = ${firstOf(month)}::date and not taken_back group by person_id`.execute(db)
  return new Map(rows.map(({ personId, cents }) => [personId, cents]))
}
