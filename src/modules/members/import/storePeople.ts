import { sql } from 'kysely'
import { dateAt } from '#kernel/civilDate.ts'
import { json } from '#kernel/database.ts'
import { newId } from '#kernel/id.ts'
import { type FactCtx, writeFacts } from '#ledger/facts.ts'
import { appoint, employ, foundCovered, storePersons } from '#modules/organisation/published.ts'
import { beginMembership, changeStanding, transfer } from '../changes.ts'
import { askToLeave } from '../doors.ts'
import { record } from '../record.ts'
import { PROFILE_COLUMNS } from './fileRow.ts'
import type { Planned } from './planPerson.ts'

/** Stores what was planned, with its facts: new people in a few statements for all, the rarer changes one by one. */
export async function storePeople(ctx: FactCtx, planned: readonly Planned[]): Promise<void> {
  const part: FactCtx = { ...ctx, facts: [] }
  const work = planned.filter(({ what }) => what !== 'unchanged')
  if (work.length === 0) return
  await storePersons(
    part.db,
    work.map(({ personId, name, staffNo }) => ({ id: personId, name, staffNo })),
  )
  await storeProfiles(part, work)
  await storeEntries(
    part,
    work.filter(({ what }) => what === 'new'),
  )
  for (const { personId, orgId, entry, move, standing } of work.filter(({ what }) => what === 'changed')) {
    if (entry) await beginMembership(part, { personId, orgId, inferred: entry.inferred }, entry.standings)
    if (move) {
      await askToLeave(part, personId)
      await transfer(part, move.from, move.on, orgId)
    }
    if (standing) await changeStanding(part, { personId, orgId }, standing.from, standing.standing, standing.precision)
  }
  await storeWorkplaces(part, work)
  for (const { personId, orgId, posts } of work) for (const { role, from } of posts) await appoint(part, { orgId, personId, role, from })
  await writeFacts(part)
}

async function storeWorkplaces(ctx: FactCtx, work: readonly Planned[]) {
  const people = work.flatMap(({ personId, orgId, workplace }) => (workplace ? [{ personId, orgId, unitId: workplace.id }] : []))
  await foundUnitsOnce(ctx, work)
  await employ(ctx, people, dateAt(ctx.now))
}

/** Units that a person wanted founded; another batch may have founded them before. */
async function foundUnitsOnce(ctx: FactCtx, work: readonly Planned[]) {
  const fresh = new Map(work.flatMap(({ workplace }) => (workplace?.fresh ? [[workplace.id, workplace.fresh] as const] : [])))
  if (fresh.size === 0) return
  const { rows } = await sql<{ id: string }>`select id from organisation.unit where id = any(${[...fresh.keys()]}::uuid[])`.execute(ctx.db)
  for (const { id } of rows) fresh.delete(id)
  await foundCovered(ctx, [...fresh.values()])
}

const columns = Object.entries(PROFILE_COLUMNS)
const names = sql.join(columns.map(([name]) => sql.ref(name)))
const shape = sql.raw(columns.map(([name, type]) => `${name} ${type}`).join(', '))
const replaced = sql.join(columns.slice(1).map(([name]) => sql`${sql.ref(name)} = excluded.${sql.ref(name)}`))

const storeProfiles = (ctx: FactCtx, work: readonly Planned[]) =>
  sql`insert into members.profile (${names})
    select ${names} from jsonb_to_recordset(${json(work.map(({ profile }) => profile))}) as t(${shape})
    on conflict (person_id) do update set ${replaced}, version = members.profile.version + 1`.execute(ctx.db)

async function storeEntries(ctx: FactCtx, work: readonly Planned[]) {
  const entries = work.map(({ personId, orgId, entry }) => ({ id: newId(), personId, orgId, ...entry!, from: entry!.standings[0].from }))
  await sql`insert into members.membership (id, person_id, org_id, valid, inferred)
    select id, "personId", "orgId", daterange("from", null), inferred
    from jsonb_to_recordset(${json(entries)}) as t(id uuid, "personId" uuid, "orgId" uuid, "from" date, inferred boolean)`.execute(ctx.db)
  const stretches = entries.flatMap(({ personId, standings }) =>
    standings.map((s, i) => ({ personId, ...s, until: standings[i + 1]?.from ?? null })),
  )
  await sql`insert into members.standing (person_id, valid, standing, precision)
    select "personId", daterange("from", until), standing, precision
    from jsonb_to_recordset(${json(stretches)}) as t("personId" uuid, "from" date, until date, standing text, precision text)`.execute(
    ctx.db,
  )
  for (const { id, personId, orgId, inferred, standings } of entries) {
    const [first, ...later] = standings
    record(ctx, 'membership.began', { subject: id, orgId, personId, happenedOn: first.from, body: { standing: first.standing, inferred } })
    for (const { from, standing, precision } of later)
      record(ctx, 'standing.changed', { subject: personId, orgId, personId, happenedOn: from, body: { standing, precision } })
  }
}
