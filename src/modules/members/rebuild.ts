import { type RawBuilder, sql } from 'kysely'
import { type Db, json } from '#kernel/database.ts'
import { ledgerAsOf } from '#ledger/reading.ts'
import { memberFacts } from './contract.ts'
import { type Life, lifeFrom, type MemberFact } from './lives.ts'

/**
 * Drops membership, standing and suspension and makes them again from the facts, all or those up to `through`; of everybody, or of
 * the given people only.
 */
export async function rebuildMembers(
  db: Db,
  { through, personIds }: { through?: number; personIds?: readonly string[] } = {},
): Promise<void> {
  const mine = (column: string) => (personIds ? sql`${sql.ref(column)} = any(${[...personIds]}::uuid[])` : sql`true`)
  const { rows } = await sql<MemberFact>`
    select f.kind, f.subject, f.org_id as "orgId", f.person_id as "personId", f.happened_on as "happenedOn", f.body
    from ${ledgerAsOf(through)} f
    where f.kind = any(${Object.keys(memberFacts)}::text[]) and ${mine('f.person_id')}
    order by f.person_id, f.recorded_at, f.id`.execute(db)
  const lives = [...Map.groupBy(rows, ({ personId }) => personId)].map(([personId, facts]) => ({ personId, ...lifeFrom(facts) }))
  await clear(db, mine('person_id'))
  for (let i = 0; i < lives.length; i += BATCH) await store(db, lives.slice(i, i + BATCH))
}

const BATCH = 2000

/** Puts this life of a person instead of what the dated tables hold. */
export async function replaceLife(db: Db, personId: string, life: Life): Promise<void> {
  await clear(db, sql`person_id = ${personId}`)
  await store(db, [{ personId, ...life }])
}

async function clear(db: Db, where: RawBuilder<unknown>) {
  for (const table of ['membership', 'standing', 'suspension'])
    await sql`delete from ${sql.table(`members.${table}`)} where ${where}`.execute(db)
}

async function store(db: Db, lives: readonly (Life & { personId: string })[]) {
  const memberships = lives.flatMap(({ personId, memberships: of }) => [...of].map(([id, m]) => ({ id, personId, ...m })))
  await sql`insert into members.membership (id, person_id, org_id, valid, inferred)
    select id, "personId", "orgId", daterange("from", until), inferred from jsonb_to_recordset(${json(memberships)})
      as t(id uuid, "personId" uuid, "orgId" uuid, "from" date, until date, inferred boolean)`.execute(db)
  const standings = lives.flatMap(({ personId, standings: of }) => of.map(({ value, from, to }) => ({ personId, from, to, ...value })))
  await sql`insert into members.standing (person_id, valid, standing, precision)
    select "personId", daterange("from", "to"), standing, precision from jsonb_to_recordset(${json(standings)})
      as t("personId" uuid, "from" date, "to" date, standing text, precision text)`.execute(db)
  const suspensions = lives.flatMap(({ personId, suspensions: of }) => of.map(({ value, from, to }) => ({ personId, from, to, ...value })))
  await sql`insert into members.suspension (person_id, valid, cause)
    select "personId", daterange("from", "to"), cause from jsonb_to_recordset(${json(suspensions)})
      as t("personId" uuid, "from" date, "to" date, cause text)`.execute(db)
}
