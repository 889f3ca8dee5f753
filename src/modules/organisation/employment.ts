import { sql } from 'kysely'
import { type Db, json } from '#kernel/database.ts'
import type { FactCtx } from '#ledger/facts.ts'
import { record } from './record.ts'

/** Somebody who works in a unit; `orgId` is the organisation in whose name it is registered, the one whose roster they stand on. */
export interface Employed {
  personId: string
  orgId: string
  unitId: string
}

/**
 * From `on` these people work in these units, and no longer elsewhere. Who works there already is left alone. In a few statements for
 * all.
 */
export async function employ(ctx: FactCtx, people: readonly Employed[], on: string): Promise<void> {
  if (people.length === 0) return
  const before = Map.groupBy(
    await runningEmployments(
      ctx.db,
      people.map(({ personId }) => personId),
    ),
    ({ personId }) => personId,
  )
  const ended: (Employed & { from: string })[] = []
  const begun: Employed[] = []
  for (const person of people) {
    const running = before.get(person.personId) ?? []
    for (const { unitId, from } of running) if (unitId !== person.unitId) ended.push({ ...person, unitId, from })
    if (!running.some(({ unitId }) => unitId === person.unitId)) begun.push(person)
  }
  await sql`delete from organisation.employment e using jsonb_to_recordset(${json(ended)}) as t("personId" uuid, "unitId" uuid)
    where e.person_id = t."personId" and e.unit_id = t."unitId" and lower(e.valid) >= ${on}::date`.execute(ctx.db)
  await sql`update organisation.employment e set valid = daterange(lower(e.valid), ${on}::date)
    from jsonb_to_recordset(${json(ended)}) as t("personId" uuid, "unitId" uuid)
    where e.person_id = t."personId" and e.unit_id = t."unitId" and upper(e.valid) is null`.execute(ctx.db)
  await sql`insert into organisation.employment (person_id, unit_id, valid) select "personId", "unitId", daterange(${on}::date, null)
    from jsonb_to_recordset(${json(begun)}) as t("personId" uuid, "unitId" uuid)`.execute(ctx.db)
  for (const { personId, orgId, unitId } of ended)
    record(ctx, 'employment.ended', { subject: personId, orgId, personId, happenedOn: on, body: { unitId } })
  for (const { personId, orgId, unitId } of begun)
    record(ctx, 'employment.began', { subject: personId, orgId, personId, happenedOn: on, body: { unitId } })
}

/** Where these people work now. */
export async function runningEmployments(
  db: Db,
  personIds: readonly string[],
): Promise<{ personId: string; unitId: string; from: string }[]> {
  const { rows } = await sql<{ personId: string; unitId: string; from: string }>`
    select person_id as "personId", unit_id as "unitId", lower(valid) as "from" from organisation.employment
    where person_id = any(${[...personIds]}::uuid[]) and upper(valid) is null`.execute(db)
  return rows
}

export interface Workplace {
  unitId: string
  unitName: string
  from: string
  until: string | null
}

/** Where the person works and worked, the running one first; a unit by the name it had last in that time. */
export async function workplacesOf(db: Db, personId: string): Promise<Workplace[]> {
  const { rows } =
    await sql<Workplace>`select e.unit_id as "unitId", n.name as "unitName", lower(e.valid) as "from", upper(e.valid) as until
    from organisation.employment e
    join lateral (select name from organisation.unit_naming n where n.unit_id = e.unit_id and n.valid && e.valid
      order by lower(n.valid) desc limit 1) n on true
    where e.person_id = ${personId} order by upper(e.valid) desc nulls first, lower(e.valid) desc`.execute(db)
  return rows
}
