import { sql } from 'kysely'
import type { Db } from '#kernel/database.ts'
import { conflict } from '#kernel/errors.ts'
import { type FactCtx, retract } from '#ledger/facts.ts'
import { ledgerAsOf } from '#ledger/reading.ts'
import type { CorrectionReason } from '#modules/organisation/contract.ts'
import { memberFacts } from './contract.ts'
import { type Correction, correctedFacts } from './corrected.ts'
import type { LifeDate } from './life.ts'
import { lifeFrom, type MemberFact } from './lives.ts'
import { replaceLife } from './rebuild.ts'
import { record } from './record.ts'

export type Recorded = MemberFact & { id: string }

/**
 * Puts a person's past right: takes back the facts that were wrong, records the right ones, and makes the dated tables of this person
 * again from what then counts. Facts that were right stay.
 */
export async function correctLife(
  ctx: FactCtx,
  personId: string,
  correction: Correction,
  known: { converted: LifeDate | null; foundedOn: (orgId: string) => string },
  reason: CorrectionReason,
): Promise<void> {
  const recorded = await factsAbout(ctx.db, personId)
  const life = lifeFrom(recorded)
  const wanted = correctedFacts(personId, life, correction, known)
  const kept = keptOf(recorded, wanted)
  const keys = new Set(kept.map(keyOf))
  const fresh = wanted.filter((fact) => !keys.has(keyOf(fact)))
  if (fresh.length === 0 && kept.length === recorded.length) throw conflict('nothing-wrong', '和已经登记的一样，没有要更正的')
  for (const { id, orgId, kind } of recorded) if (!kept.some((fact) => fact.id === id)) retract(ctx, { orgId, factId: id, kind, reason })
  for (const { kind, body, ...fact } of fresh) record(ctx, kind as 'membership.began', { ...fact, body: body as never })
  await replaceLife(ctx.db, personId, lifeFrom([...kept, ...fresh]))
}

/** What may stay: facts that are right, and a roster entered by mistake and left as such; none, where they would tell another life. */
function keptOf(recorded: readonly Recorded[], wanted: readonly MemberFact[]): Recorded[] {
  const [right, alive] = [new Set(wanted.map(keyOf)), new Set(wanted.map(({ subject }) => subject))]
  const seen = new Set<string>()
  const kept = recorded.filter((fact) => {
    const key = keyOf(fact)
    const stays = (right.has(key) && !seen.has(key)) || (fact.subject !== fact.personId && !alive.has(fact.subject))
    seen.add(key)
    return stays
  })
  const keys = new Set(kept.map(keyOf))
  const told = lifeFrom([...kept, ...wanted.filter((fact) => !keys.has(keyOf(fact)))])
  return textOf(told) === textOf(lifeFrom(wanted)) ? kept : []
}

const textOf = ({ memberships, standings, suspensions }: ReturnType<typeof lifeFrom>) =>
  JSON.stringify([[...memberships].sort(([a], [b]) => (a < b ? -1 : 1)), standings, suspensions])

const keyOf = ({ kind, subject, orgId, happenedOn, body }: MemberFact) =>
  JSON.stringify([kind, subject, orgId, happenedOn, Object.entries(body).sort(([a], [b]) => (a < b ? -1 : 1))])

export async function factsAbout(db: Db, personId: string): Promise<Recorded[]> {
  const { rows: stays } = await sql<{ id: string }>`select id from members.membership where person_id = ${personId}`.execute(db)
  const { rows } = await sql<Recorded>`
    select f.id, f.kind, f.subject, f.org_id as "orgId", f.person_id as "personId", f.happened_on as "happenedOn", f.body
    from ${ledgerAsOf()} f
    where f.subject = any(${[personId, ...stays.map(({ id }) => id)]}::uuid[]) and f.person_id = ${personId}
      and f.kind = any(${Object.keys(memberFacts)}::text[])
    order by f.recorded_at, f.id`.execute(db)
  return rows
}
