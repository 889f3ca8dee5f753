import { sql } from 'kysely'
import { z } from 'zod'
import { all, stale } from '#kernel/errors.ts'
import { type Ctx, command } from '#kernel/operation.ts'
import { CorrectionReason } from '#modules/organisation/contract.ts'
import { assertThere, mendPerson, type OrgCard, orgSeen } from '#modules/organisation/published.ts'
import { Standing } from '../contract.ts'
import { correctLife } from '../correct.ts'
import { type LifeDate, lifeDate } from '../life.ts'
import { LifeText, saveProfile } from '../profile.ts'
import { type Stored, stored } from './file.ts'

const Given = z.strictObject({
  id: z.uuid(),
  /** The right organisation, when the person was put on the wrong roster. */
  orgId: z.uuid().optional(),
  from: z.iso.date().optional(),
  /** First day no longer there; null: never left. */
  until: z.iso.date().nullable().optional(),
})

interface Loaded {
  person: Stored
  /** The organisations whose rosters are touched, by id. */
  orgs: Map<string, OrgCard>
  /** Where each membership stands on record. */
  rosterOf: Map<string, string>
}

export const correct = command('members.correct', {
  title: '更正党员的历史登记',
  input: z.object({
    personId: z.uuid(),
    version: z.int(),
    reason: CorrectionReason,
    memberships: z.array(Given).max(20).default([]),
    /** What the person is now, or was last. */
    standing: Standing.optional(),
    joined: LifeText.optional(),
    converted: LifeText.nullable().optional(),
  }),
  output: z.object({ personId: z.uuid(), version: z.int() }),
  load: async (ctx, { personId, memberships }) => {
    const person = await stored(ctx, personId, true)
    return person && loaded(ctx, person, memberships)
  },
  may: (actor, { person, orgs }) =>
    all(actor.holds('members.manage', person.path), ...[...orgs.values()].map(({ path }) => actor.holds('members.manage', path))),
  run: async (ctx, { personId, version, reason, memberships, standing, ...given }, { person, orgs, rosterOf }) => {
    if (version !== person.version) throw stale({ version }, { name: person.name, version: person.version })
    for (const { id, orgId, from } of memberships) if (from) assertThere(orgs.get(orgId ?? rosterOf.get(id)!)!, from, 'memberships')
    const date = (text: string | null | undefined) => (text ? lifeDate(text) : (text as null | undefined))
    const [joined, converted] = [date(given.joined) ?? undefined, date(given.converted)]
    const known = { converted: convertedOf(person), foundedOn: (id: string) => orgs.get(id)!.foundedOn }
    await correctLife(ctx, personId, { memberships, standing, joined, converted }, known, reason)
    await saveProfile(ctx.db, personId, given)
    await mendPerson(ctx.db, personId, person)
    return { personId, version: (await stored(ctx, personId))!.version }
  },
})

async function loaded(ctx: Ctx, person: Stored, memberships: readonly z.output<typeof Given>[]): Promise<Loaded | undefined> {
  const { rows } = await sql<{ id: string; orgId: string }>`select id, org_id as "orgId" from members.membership
    where person_id = ${person.personId} order by lower(valid)`.execute(ctx.db)
  const rosterOf = new Map(rows.map(({ id, orgId }) => [id, orgId]))
  if (memberships.some(({ id }) => !rosterOf.has(id))) return undefined
  // The first roster is touched by a corrected joining date too.
  const ids = new Set([rows[0]!.orgId, ...memberships.flatMap(({ id, orgId }) => [rosterOf.get(id)!, ...(orgId ? [orgId] : [])])])
  const cards = await Promise.all([...ids].map((id) => orgSeen(ctx, id, 'members.read')))
  if (cards.some((card) => card === undefined)) return undefined
  return { person, rosterOf, orgs: new Map(cards.map((card) => [card!.id, card!])) }
}

const convertedOf = ({ profile }: Stored): LifeDate | null =>
  profile?.converted_from ? { from: profile.converted_from, until: profile.converted_until, precision: profile.converted_precision } : null
