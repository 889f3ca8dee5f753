import { sql } from 'kysely'
import { dateAt } from '#kernel/civilDate.ts'
import { type Db, json } from '#kernel/database.ts'
import { type DatedTable, holdFrom } from '#kernel/dated.ts'
import { conflict, invalid } from '#kernel/errors.ts'
import { newId } from '#kernel/id.ts'
import type { Ctx } from '#kernel/operation.ts'
import { type FactCtx, retract } from '#ledger/facts.ts'
import { ledgerAsOf } from '#ledger/reading.ts'
import { lockPerson, sealText } from '#modules/members/published.ts'
import type { OrgCard } from '#modules/organisation/published.ts'
import { type Method, type Payer, yuan } from './contract.ts'
import { assertBegun, firstOf } from './months.ts'
import { type Line, linesOf, placeOf, ratesFor } from './plan.ts'
import { record } from './record.ts'

const BASE: DatedTable = { table: 'dues.base', key: ['person_id'] }

/** From the first day of `month` the member pays by this base. Months listed before are put right by listing them again. */
export async function setBase(
  ctx: FactCtx,
  orgId: string,
  { personId, payer, cents, month }: { personId: string; payer: Payer; cents: number; month: string },
): Promise<void> {
  const { farmer } = ratesFor(month)
  if (payer === 'farmer' && (cents < farmer.least || cents > farmer.most))
    throw invalid('farmer-amount', '农民党员每月交纳 0.2 元至 1 元，请填在这之间的金额', { cents: ['0.2 元至 1 元'] })
  const from = firstOf(month)
  await lockPerson(ctx, personId)
  const sealed = sealText(placeOf(personId, from), String(cents))
  await holdFrom(ctx.db, BASE, { person_id: personId }, from, { payer, amount_sealed: sealed })
  record(ctx, 'duesBase.set', { subject: personId, orgId, personId, happenedOn: from, body: { payer } })
}

/** Makes the list of a month, or puts it right: who joined it is added, what is otherwise now is taken back and listed anew. */
export async function makeList(ctx: Ctx, org: OrgCard, month: string) {
  assertBegun(ctx, month)
  const first = await lockList(ctx, org.id, month)
  const lines = await linesOf(ctx, org, month)
  const fresh = lines.filter((l) => l.owed === null && l.wanted !== null)
  const wrong = lines.filter((l) => l.owed?.orgId === org.id && l.wanted !== null && l.owed.cents !== l.wanted)
  const added = await insertOwed(ctx, org.id, month, fresh)
  for (const line of wrong) await putRight(ctx, org.id, month, line)
  if (first) record(ctx, 'dues.listed', { subject: first, orgId: org.id, body: { month: firstOf(month) } })
  else if (added === 0 && wrong.length === 0) throw conflict('list-unchanged', `${month} 的名单和现在的名册、基数一致，不用重新生成`)
  return { added, changed: wrong.length, withoutBase: lines.filter((l) => l.base === null).length }
}

/** Holds the list of the month; answers its id when it is made only now. */
async function lockList(ctx: Ctx, orgId: string, month: string): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`insert into dues.list (id, org_id, month, listed_on)
    values (${newId()}, ${orgId}, ${firstOf(month)}, ${dateAt(ctx.now)}) on conflict (org_id, month) do nothing returning id`.execute(
    ctx.db,
  )
  await sql`select from dues.list where org_id = ${orgId} and month = ${firstOf(month)}::date for update`.execute(ctx.db)
  return rows[0]?.id
}

/** Whoever was listed at the same moment by another branch owes it there. Answers how many were added here. */
async function insertOwed(ctx: Ctx, orgId: string, month: string, lines: readonly Line[]): Promise<number> {
  const rows = lines.map((l) => ({ id: newId(), personId: l.personId, payer: l.base!.payer, cents: l.wanted, reductionId: l.reductionId }))
  const { rows: kept } = await sql<{ id: string }>`insert into dues.owed (id, org_id, month, person_id, payer, cents, reduction_id)
    select id, ${orgId}::uuid, ${firstOf(month)}::date, "personId", payer, cents, "reductionId"
    from jsonb_to_recordset(${json(rows)}) as t(id uuid, "personId" uuid, payer text, cents int, "reductionId" uuid)
    on conflict (person_id, month) do nothing returning id`.execute(ctx.db)
  const ids = new Set(kept.map(({ id }) => id))
  for (const { id, personId, payer, cents, reductionId } of rows)
    if (ids.has(id)) recordOwed(ctx, { id, orgId, personId, month, payer, cents: cents!, reduced: reductionId !== null })
  return ids.size
}

interface OwedFact {
  id: string
  orgId: string
  personId: string
  month: string
  payer: Payer
  cents: number
  reduced: boolean
}

const recordOwed = (ctx: FactCtx, { id, orgId, personId, month, payer, cents, reduced }: OwedFact) =>
  record(ctx, 'dues.owed', { subject: id, orgId, personId, body: { month: firstOf(month), cents, payer, reduced } })

async function putRight(ctx: Ctx, orgId: string, month: string, { personId, owed, wanted, base, reductionId }: Line) {
  await takeBackFacts(ctx, orgId, owed!.id, 'dues.owed', 'replaced')
  await sql`update dues.owed set cents = ${wanted}, payer = ${base!.payer}, reduction_id = ${reductionId} where id = ${owed!.id}`.execute(
    ctx.db,
  )
  recordOwed(ctx, { id: owed!.id, orgId, personId, month, payer: base!.payer, cents: wanted!, reduced: reductionId !== null })
}

type Kind = 'dues.owed' | 'dues.paid' | 'dues.donated'

/** Takes back what stands in the ledger of this owing, payment or donation. */
export async function takeBackFacts(ctx: FactCtx, orgId: string, subject: string, kind: Kind, reason: 'replaced' | 'mistake') {
  for (const factId of await factsOf(ctx.db, orgId, [subject], kind)) retract(ctx, { orgId, factId, kind, reason })
}

/** The facts that count, of these subjects. */
export async function factsOf(db: Db, orgId: string, subjects: readonly string[], kind: Kind): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select id from ${ledgerAsOf()} f where org_id = ${orgId}
    and subject = any(${[...subjects]}::uuid[]) and kind = ${kind} order by happened_on, id`.execute(db)
  return rows.map(({ id }) => id)
}

export interface Payment {
  personId: string
  month: string
  cents: number
  paidOn: string
  method: Method
}

/** Enters what a member paid for a listed month; never more than is still open. */
export async function pay(ctx: Ctx, orgId: string, { personId, month, cents, paidOn, method }: Payment): Promise<string> {
  const { rows } = await sql<{ owed: number; name: string }>`select w.cents as owed, p.name from dues.owed w
    join organisation.person p on p.id = w.person_id
    where w.person_id = ${personId} and w.month = ${firstOf(month)}::date and w.org_id = ${orgId} for update of w`.execute(ctx.db)
  const [owing] = rows
  if (!owing) throw conflict('not-listed', '名单里没有这个人这个月的应交，请先生成当月名单')
  const { rows: sums } = await sql<{ paid: number }>`select coalesce(sum(cents), 0)::int as paid from dues.payment
    where person_id = ${personId} and month = ${firstOf(month)}::date and not taken_back`.execute(ctx.db)
  const open = owing.owed - sums[0]!.paid
  if (open <= 0) throw conflict('paid-already', `${owing.name} ${month} 已交足 ${yuan(owing.owed)} 元，不用再交`)
  if (cents > open)
    throw conflict('too-much', `${owing.name} ${month} 还应交 ${yuan(open)} 元，多交的部分请登记为自愿多交，不要并在当月党费里`)
  const id = newId()
  await sql`insert into dues.payment (id, org_id, month, person_id, cents, paid_on, method)
    values (${id}, ${orgId}, ${firstOf(month)}, ${personId}, ${cents}, ${paidOn}, ${method})`.execute(ctx.db)
  record(ctx, 'dues.paid', { subject: id, orgId, personId, happenedOn: paidOn, body: { month: firstOf(month), cents, method } })
  return id
}
