import { sql } from 'kysely'
import { z } from 'zod'
import { all, conflict, invalid } from '#kernel/errors.ts'
import { type Ctx, command } from '#kernel/operation.ts'
import { assertThere, type OrgCard, orgSeen, personFor, personSeen } from '#modules/organisation/published.ts'
import { beginMembership, changeStanding, endMembership, type Membership, restoreRights, suspendRights, transfer } from '../changes.ts'
import { LEAVING, type Leaving, Standing, SUSPENSIONS, Suspension } from '../contract.ts'
import { askToEnter, askToLeave } from '../doors.ts'
import { inferredStart, lifeDate, standingsFrom } from '../life.ts'
import { lockPerson } from '../locking.ts'
import { LifeText, Profile, saveProfile } from '../profile.ts'

export const enrol = command('members.enrol', {
  title: '编入支部名册',
  input: z.object({
    orgId: z.uuid(),
    /** Somebody who is registered already; left out, found by 工号 or registered now. */
    personId: z.uuid().optional(),
    name: z.string().trim().min(1).max(60),
    staffNo: z.string().trim().min(1).max(40).nullable().default(null),
    standing: Standing,
    /** Since when on this roster; left out, it is inferred from joining and founding (推定). */
    from: z.iso.date().optional(),
    profile: Profile,
  }),
  output: z.object({ personId: z.uuid(), membershipId: z.uuid() }),
  load: async (ctx, { orgId, personId }) => {
    if (personId && !(await personSeen(ctx, personId))) return undefined
    return orgSeen(ctx, orgId, 'members.read')
  },
  may: (actor, org) => actor.holds('members.manage', org.path),
  run: async (ctx, { orgId, name, staffNo, standing, from, profile, ...input }, org) => {
    const isMember = standing === 'fullMember' || standing === 'probationaryMember'
    if (isMember && !profile.joined)
      throw invalid('joined-missing', '请填入党日期，只知道年月的写成 2005-07', { 'profile.joined': ['必填'] })
    if (!input.personId) await askToEnter(ctx, { orgId, name, joined: profile.joined ?? null })
    const personId = input.personId ?? (await personFor(ctx, { name, staffNo }))
    if (!(await personSeen(ctx, personId))) throw conflict('person-elsewhere', '这个人在你看不到的支部，请由双方共同的上级办理组织关系转接')
    await lockPerson(ctx, personId)
    await saveProfile(ctx.db, personId, profile)
    const start = from ?? inferredStart(profile.joined ? lifeDate(profile.joined) : null, org.foundedOn)
    assertThere(org, start, 'from')
    const standings = standingsFrom(start, standing, profile.converted ? lifeDate(profile.converted) : null)
    return { personId, membershipId: await beginMembership(ctx, { personId, orgId, inferred: from === undefined }, standings) }
  },
})

/** What most steps are about: a membership with the organisation that keeps the roster. */
interface Loaded {
  membership: Membership
  org: OrgCard
}

const Step = z.object({ membershipId: z.uuid(), on: z.iso.date() })
const Done = z.object({ membershipId: z.uuid() })

export const convert = command('members.convert', {
  title: '转为正式党员',
  input: z.object({ membershipId: z.uuid(), on: LifeText }),
  output: Done,
  load: loaded,
  may: (actor, { org }) => actor.holds('members.manage', org.path),
  run: async (ctx, { on }, { membership }) => {
    const date = lifeDate(on)
    const { rows } = await sql<{ standing: Standing }>`select standing from members.standing
      where person_id = ${membership.personId} and valid @> ${date.until}::date`.execute(ctx.db)
    if (rows[0]?.standing !== 'probationaryMember') throw conflict('not-on-probation', '那一天不是预备党员，请核对人员类别和日期')
    await changeStanding(ctx, membership, date.until, 'fullMember', date.precision)
    await saveProfile(ctx.db, membership.personId, { converted: on })
    return { membershipId: membership.id }
  },
})

export const transferOperation = command('members.transfer', {
  title: '转到另一个支部',
  input: Step.extend({ toOrgId: z.uuid() }),
  output: Done,
  load: async (ctx, { membershipId, toOrgId }) => {
    const [from, to] = [await loaded(ctx, { membershipId }), await orgSeen(ctx, toOrgId, 'members.read')]
    return from && to && { ...from, to }
  },
  may: (actor, { org, to }) => all(actor.holds('members.manage', org.path), actor.holds('members.manage', to.path)),
  run: async (ctx, { on }, { membership, to }) => {
    assertThere(to, on, 'on')
    await askToLeave(ctx, membership.personId)
    return { membershipId: await transfer(ctx, membership, on, to.id) }
  },
})

export const leave = command('members.leave', {
  title: '移出名册',
  input: Step.extend({ reason: z.enum(Object.keys(LEAVING).filter((r) => r !== 'movedInside') as [Leaving, ...Leaving[]]) }),
  output: Done,
  load: loaded,
  may: (actor, { org }) => actor.holds('members.manage', org.path),
  run: async (ctx, { on, reason }, { membership }) => {
    await askToLeave(ctx, membership.personId)
    await endMembership(ctx, membership, on, reason)
    return { membershipId: membership.id }
  },
})

export const suspend = command('members.suspendRights', {
  title: '中止表决权、选举权和被选举权',
  input: Step.extend({ cause: Suspension }),
  output: Done,
  load: loaded,
  may: (actor, { org }) => actor.holds('members.manage', org.path),
  run: async (ctx, { on, cause }, { membership }) => {
    await suspendRights(ctx, membership, on, cause)
    return { membershipId: membership.id }
  },
})

export const restore = command('members.restoreRights', {
  title: '恢复表决权、选举权和被选举权',
  /** Which cause is over, where several stand. */
  input: Step.extend({ cause: Suspension.optional() }),
  output: Done,
  load: loaded,
  may: (actor, { org }) => actor.holds('members.manage', org.path),
  run: async (ctx, { on, cause }, { membership }) => {
    const { rows } = await sql<{ cause: Suspension }>`select cause from members.suspension
      where person_id = ${membership.personId} and valid @> (${on}::date - 1)`.execute(ctx.db)
    const [over, ...more] = rows.filter((row) => !cause || row.cause === cause)
    if (!over) throw conflict('not-suspended', '那一天之前没有中止权利的记录，请核对日期和原因')
    if (more.length > 0)
      throw invalid('which-cause', `权利因${rows.map((row) => SUSPENSIONS[row.cause]).join('和')}中止，请选哪一项结束；另一项仍然中止`, {
        cause: ['请选哪一项结束'],
      })
    await restoreRights(ctx, membership, on, over.cause)
    return { membershipId: membership.id }
  },
})

/** The membership for a step, with its person locked so that two steps cannot cross. */
async function loaded(ctx: Ctx, { membershipId }: { membershipId: string }): Promise<Loaded | undefined> {
  const found = await membershipOf(ctx, membershipId)
  const org = found && (await orgSeen(ctx, found.orgId, 'members.read'))
  if (!org) return undefined
  await lockPerson(ctx, found.personId)
  const membership = await membershipOf(ctx, membershipId)
  return membership && { membership, org }
}

async function membershipOf(ctx: Ctx, id: string): Promise<Membership | undefined> {
  const { rows } =
    await sql<Membership>`select id, person_id as "personId", org_id as "orgId", lower(valid) as "from", upper(valid) as until
    from members.membership where id = ${id}`.execute(ctx.db)
  return rows[0]
}
