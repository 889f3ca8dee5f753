import { sql } from 'kysely'
import { z } from 'zod'
import { dateAt } from '#kernel/civilDate.ts'
import { conflict, stale } from '#kernel/errors.ts'
import { newId } from '#kernel/id.ts'
import { maskIdNumber, maskPhone } from '#kernel/idNumber.ts'
import { type Ctx, command, query } from '#kernel/operation.ts'
import { ledgerAsOf } from '#ledger/reading.ts'
import { assertProven } from '#modules/identity/published.ts'
import { PostRole } from '#modules/organisation/contract.ts'
import { mendPerson, postsHeldBy, workplacesOf } from '#modules/organisation/published.ts'
import { Precision, Standing, Suspension } from '../contract.ts'
import { Retracted, retractedOf } from '../corrections.ts'
import { lifeText, partyYears } from '../life.ts'
import { countOpening } from '../opened.ts'
import { Profile, plainNumber, saveProfile } from '../profile.ts'
import { blindIndexOf, SEALED, unseal } from '../sealed.ts'

export interface Stored {
  personId: string
  name: string
  staffNo: string | null
  version: number
  path: string
  orgId: string
  profile: Record<string, any> | null
}

/** The person with the file, if the actor reads the roster they stand on (or stood on last). */
export async function stored(ctx: Ctx, personId: string, lock = false): Promise<Stored | undefined> {
  if (lock) await sql`select from organisation.person where id = ${personId} for update`.execute(ctx.db)
  const { rows } = await sql<Stored>`
    select p.id as "personId", p.name, p.staff_no as "staffNo", p.version + coalesce(f.version, 0) as version, o.path, o.id as "orgId",
      to_jsonb(f) as profile
    from organisation.person p
    join members.membership m on m.person_id = p.id
    join organisation.org o on o.id = m.org_id
    left join members.profile f on f.person_id = p.id
    where p.id = ${personId} order by lower(m.valid) desc limit 1`.execute(ctx.db)
  const person = rows[0]
  return person && ctx.actor.holds('members.read', person.path) === true ? person : undefined
}

const Stretch = { from: z.string(), until: z.string().nullable() }

export const get = query('members.get', {
  title: '党员档案',
  input: z.object({ personId: z.uuid() }),
  output: z.object({
    personId: z.string(),
    version: z.int(),
    name: z.string(),
    staffNo: z.string().nullable(),
    sex: z.enum(['male', 'female']).nullable(),
    nation: z.string().nullable(),
    birth: z.string().nullable(),
    education: z.string().nullable(),
    degree: z.string().nullable(),
    job: z.string().nullable(),
    position: z.string().nullable(),
    title: z.string().nullable(),
    nativePlace: z.string().nullable(),
    group: z.string().nullable(),
    mobile: z.boolean().nullable(),
    lost: z.boolean().nullable(),
    outflow: z.string().nullable(),
    note: z.string().nullable(),
    joined: z.string().nullable(),
    converted: z.string().nullable(),
    /** 党龄 in whole years, from conversion. */
    partyYears: z.int().nullable(),
    /** Masked; null when there is none, or when the reader may not even see its outline. */
    idNumber: z.string().nullable(),
    phone: z.string().nullable(),
    address: z.string().nullable(),
    memberships: z.array(
      z.object({ ...Stretch, id: z.string(), orgId: z.string(), orgName: z.string(), inferred: z.boolean(), left: z.string().nullable() }),
    ),
    standings: z.array(z.object({ ...Stretch, standing: Standing, precision: Precision })),
    suspensions: z.array(z.object({ ...Stretch, cause: Suspension })),
    posts: z.array(z.object({ ...Stretch, id: z.string(), role: PostRole, orgId: z.string(), orgName: z.string() })),
    /** Administrative units the person works and worked in. */
    workplaces: z.array(z.object({ ...Stretch, unitId: z.string(), unitName: z.string() })),
    corrections: z.array(Retracted),
    can: z.object({ manage: z.boolean(), reveal: z.boolean() }),
  }),
  load: (ctx, { personId }) => stored(ctx, personId),
  may: (actor, { path }) => actor.holds('members.read', path),
  audited: true,
  run: async (ctx, { personId }, { path, profile, orgId: _, ...person }) => {
    countOpening(ctx, personId)
    const manage = ctx.actor.holds('members.manage', path) === true
    const f = profile ?? {}
    const life = (name: string) => (f[`${name}_from`] ? lifeText({ from: f[`${name}_from`], precision: f[`${name}_precision`] }) : null)
    const converted = f.converted_from
      ? { from: f.converted_from, until: f.converted_until, precision: f.converted_precision as Precision }
      : null
    const outline = (field: (typeof SEALED)[number], column: string, mask: (text: string) => string) => {
      const plain = manage ? unseal(field, personId, f[column] ?? null) : null
      return plain === null ? null : mask(plain)
    }
    return {
      ...person,
      sex: f.sex ?? null,
      nation: f.nation ?? null,
      birth: life('birth'),
      education: f.education ?? null,
      degree: f.degree ?? null,
      job: f.job ?? null,
      position: f.position ?? null,
      title: f.title ?? null,
      nativePlace: f.native_place ?? null,
      group: f.party_group ?? null,
      mobile: f.mobile ?? null,
      lost: f.lost ?? null,
      outflow: f.outflow ?? null,
      note: f.note ?? null,
      joined: life('joined'),
      converted: life('converted'),
      partyYears: partyYears(converted, dateAt(ctx.now)),
      idNumber: outline('idNumber', 'id_sealed', maskIdNumber),
      phone: outline('phone', 'phone_sealed', maskPhone),
      address: outline('address', 'address_sealed', (text) => `${text.slice(0, 3)}******`),
      ...(await historyOf(ctx, personId)),
      can: { manage, reveal: manage },
    }
  },
})

async function historyOf(ctx: Ctx, personId: string) {
  const span = sql`lower(t.valid) as "from", upper(t.valid) as until`
  const memberships = sql<{
    from: string
    until: string | null
    id: string
    orgId: string
    orgName: string
    inferred: boolean
  }>`
    select ${span}, t.id, t.org_id as "orgId", coalesce(n.name, o.name) as "orgName", t.inferred
    from members.membership t join organisation.org o on o.id = t.org_id
    left join organisation.naming n on n.org_id = o.id and n.valid @> lower(t.valid)
    where t.person_id = ${personId} order by t.valid`.execute(ctx.db)
  const standings = sql<{ from: string; until: string | null; standing: Standing; precision: Precision }>`
    select ${span}, t.standing, t.precision from members.standing t where t.person_id = ${personId} order by t.valid`.execute(ctx.db)
  const suspensions = sql<{ from: string; until: string | null; cause: Suspension }>`
    select ${span}, t.cause from members.suspension t where t.person_id = ${personId} order by t.valid, t.cause`.execute(ctx.db)
  const [m, s, x, posts, workplaces] = await Promise.all([
    memberships,
    standings,
    suspensions,
    postsHeldBy(ctx.db, personId),
    workplacesOf(ctx.db, personId),
  ])
  const reasons = await reasonsOfLeaving(ctx, m.rows)
  const left = m.rows.map((row) => ({ ...row, left: reasons.get(row.id) ?? null }))
  const corrections = await retractedOf(
    ctx.db,
    personId,
    m.rows.map(({ id }) => id),
  )
  return { memberships: left, standings: s.rows, suspensions: x.rows, posts, workplaces, corrections }
}

/** Why memberships ended, as the last fact about each says. */
async function reasonsOfLeaving(ctx: Ctx, memberships: readonly { id: string; orgId: string }[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; reason: string }>`
    select e.subject as id, e.body->>'reason' as reason from ${ledgerAsOf()} e
    where e.org_id = any(${memberships.map((m) => m.orgId)}::uuid[]) and e.subject = any(${memberships.map((m) => m.id)}::uuid[])
      and e.kind = 'membership.ended' order by e.recorded_at`.execute(ctx.db)
  return new Map(rows.map(({ id, reason }) => [id, reason]))
}

const DAILY = 30

export const reveal = command('members.reveal', {
  title: '查看证件号、电话或住址',
  input: z.object({ personId: z.uuid(), field: z.enum(SEALED), reason: z.string().trim().min(2).max(200) }),
  output: z.object({ value: z.string().nullable() }),
  secret: true,
  load: (ctx, { personId }) => stored(ctx, personId),
  may: (actor, { path }) => actor.holds('members.manage', path),
  run: async (ctx, { personId, field, reason }, { profile }) => {
    await assertProven(ctx)
    const { accountId } = ctx.actor
    await sql`select pg_advisory_xact_lock(hashtext(${`reveal ${accountId}`}))`.execute(ctx.db)
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from members.reveal
      where by_account_id = ${accountId} and at >= ${`${dateAt(ctx.now)}T00:00:00+08:00`}::timestamptz`.execute(ctx.db)
    if (rows[0]!.n >= DAILY) throw conflict('revealed-enough', `今天已经查看 ${DAILY} 次。确有需要，请明天再看，或由安全管理员核实`)
    await sql`insert into members.reveal (id, at, by_person_id, by_account_id, person_id, field, reason)
      values (${newId()}, ${ctx.now}, ${ctx.actor.personId}, ${accountId}, ${personId}, ${field}, ${reason})`.execute(ctx.db)
    const column = { idNumber: 'id_sealed', phone: 'phone_sealed', address: 'address_sealed' }[field]
    return { value: unseal(field, personId, profile?.[column] ?? null) }
  },
})

export const edit = command('members.edit', {
  title: '修改党员档案',
  input: z.object({
    personId: z.uuid(),
    version: z.int(),
    name: z.string().trim().min(1).max(60),
    staffNo: z.string().trim().min(1).max(40).nullable(),
    profile: Profile,
  }),
  output: z.object({ personId: z.string(), version: z.int() }),
  load: (ctx, { personId }) => stored(ctx, personId, true),
  may: (actor, { path }) => actor.holds('members.manage', path),
  run: async (ctx, { personId, name, staffNo, profile, ...mine }, before) => {
    if (mine.version !== before.version)
      throw stale({ name, staffNo, version: mine.version }, { name: before.name, staffNo: before.staffNo, version: before.version })
    await mendPerson(ctx.db, personId, { name, staffNo })
    await saveProfile(ctx.db, personId, profile)
    return { personId, version: (await stored(ctx, personId))!.version }
  },
})

/** A command, because a number in an address would stay in logs and histories. */
export const findByIdNumber = command('members.findByIdNumber', {
  title: '按身份证号找人',
  input: z.object({ idNumber: z.string().min(15).max(30) }),
  output: z.object({ personId: z.string().nullable(), name: z.string().nullable() }),
  secret: true,
  may: (actor) => actor.holdsAnywhere('members.manage'),
  run: async (ctx, { idNumber }) => {
    const { rows } = await sql<{ id: string }>`select person_id as id from members.profile
      where id_index = ${blindIndexOf('idNumber', plainNumber(idNumber))}`.execute(ctx.db)
    const person = rows[0] && (await stored(ctx, rows[0].id))
    return { personId: person?.personId ?? null, name: person?.name ?? null }
  },
})
