import { sql } from 'kysely'
import type { Db } from '#kernel/database.ts'
import { conflict } from '#kernel/errors.ts'
import { type FactCtx, retract } from '#ledger/facts.ts'
import { beginMembership, changeStanding, endMembership, type Membership } from './changes.ts'
import type { Leaving, Standing } from './contract.ts'
import { factsAbout } from './correct.ts'
import { lifeFrom, type MemberFact } from './lives.ts'
import { saveProfile } from './profile.ts'
import { replaceLife } from './rebuild.ts'

/** Where somebody stands on a roster today or stood last, with the birth date as far as it is known. */
export interface Developing {
  personId: string
  membershipId: string
  orgId: string
  standing: Standing
  birthFrom: string | null
  birthUntil: string | null
}

/** The open membership of a person and the last standing; undefined for somebody on no roster. The person is locked. */
export async function developingPerson(db: Db, personId: string): Promise<Developing | undefined> {
  await sql`select from organisation.person where id = ${personId} for update`.execute(db)
  const { rows } = await sql<Developing>`
    select m.person_id as "personId", m.id as "membershipId", m.org_id as "orgId", f.birth_from as "birthFrom", f.birth_until as "birthUntil",
      (select s.standing from members.standing s where s.person_id = m.person_id order by lower(s.valid) desc limit 1) as standing
    from members.membership m left join members.profile f on f.person_id = m.person_id
    where m.person_id = ${personId} and upper(m.valid) is null`.execute(db)
  return rows[0]
}

/** When a person was born, as the file knows it: first and last possible day. */
export async function birthOf(db: Db, personId: string): Promise<{ from: string; until: string } | null> {
  const { rows } = await sql<{ from: string | null; until: string | null }>`select birth_from as "from", birth_until as until
    from members.profile where person_id = ${personId}`.execute(db)
  return rows[0]?.from && rows[0].until ? { from: rows[0].from, until: rows[0].until } : null
}

/** Puts somebody who applied to join on the branch's list from that day; who is a member already is refused, on probation unless `probationaryToo`. */
export async function enlistApplicant(
  ctx: FactCtx,
  { personId, orgId, birth, probationaryToo }: { personId: string; orgId: string; birth?: string | undefined; probationaryToo: boolean },
  from: string,
): Promise<void> {
  if (birth !== undefined) await saveProfile(ctx.db, personId, { birth })
  const known = await developingPerson(ctx.db, personId)
  if (known && known.orgId !== orgId) throw conflict('on-another-roster', '这个人已经在另一个支部的名册上，请在那个支部办理')
  if (known && (known.standing === 'fullMember' || (known.standing === 'probationaryMember' && !probationaryToo)))
    throw conflict('member-already', '这个人已经是党员，请直接在党员名册里办理')
  if (!known) await beginMembership(ctx, { personId, orgId, inferred: false }, [{ from, standing: 'applicant', precision: 'day' }])
}

const STEPS: readonly Standing[] = ['activist', 'developmentTarget', 'probationaryMember', 'fullMember']

/**
 * Makes a person's standings on the way to full membership exactly those wanted, with their first days: records what is new, takes back
 * what was wrong. Called again with the same, it does nothing.
 */
export async function developStandings(
  ctx: FactCtx,
  { personId, orgId }: { personId: string; orgId: string },
  wanted: readonly { from: string; standing: Standing }[],
): Promise<void> {
  const recorded = [...(await factsAbout(ctx.db, personId)), ...freshOf(ctx, personId)]
  const isWanted = (f: MemberFact) => wanted.some((w) => w.from === f.happenedOn && w.standing === f.body.standing)
  const changes = recorded.filter((f) => f.kind === 'standing.changed' && STEPS.includes(f.body.standing!))
  const wrong = changes.filter((f) => !isWanted(f))
  for (const { id, orgId: at, kind } of wrong) retract(ctx, { orgId: at, factId: id, kind, reason: 'replaced' })
  const missing = wanted.filter((w) => !changes.some((f) => f.happenedOn === w.from && f.body.standing === w.standing))
  for (const { from, standing } of missing) await changeStanding(ctx, { personId, orgId }, from, standing, 'day')
  if (wrong.length > 0) {
    const right = recorded.filter((f) => !wrong.includes(f))
    const known = new Set(right.map(({ id }) => id))
    await replaceLife(ctx.db, personId, lifeFrom([...right, ...freshOf(ctx, personId).filter((f) => !known.has(f.id))]))
  }
  const [joined, converted] = (['probationaryMember', 'fullMember'] as const).map((s) => wanted.find((w) => w.standing === s)?.from)
  if (joined) await saveProfile(ctx.db, personId, { joined, ...(converted ? { converted } : {}) })
}

/** Facts of this command about the person, which the ledger does not hold yet. */
const freshOf = (ctx: FactCtx, personId: string) =>
  ctx.facts.filter((f) => f.personId === personId && /^(membership|standing|rights)\./.test(f.kind)) as unknown as (MemberFact & {
    id: string
  })[]

/** From `on` somebody who is no longer being developed is on the roster no more. */
export async function endDeveloping(ctx: FactCtx, personId: string, on: string, reason: Leaving): Promise<void> {
  const { rows } =
    await sql<Membership>`select id, person_id as "personId", org_id as "orgId", lower(valid) as "from", upper(valid) as until
    from members.membership where person_id = ${personId} and upper(valid) is null`.execute(ctx.db)
  if (rows[0]) await endMembership(ctx, rows[0], on, on <= rows[0].from ? 'correction' : reason)
}
