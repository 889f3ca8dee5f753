import { sql } from 'kysely'
import { z } from 'zod'
import { addYears, dateAt } from '#kernel/civilDate.ts'
import { json } from '#kernel/database.ts'
import { conflict, invalid } from '#kernel/errors.ts'
import { newId } from '#kernel/id.ts'
import { type Ctx, command } from '#kernel/operation.ts'
import { rosterOn } from '#modules/members/published.ts'
import { sanctionedRefusal } from '#modules/merits/published.ts'
import { BRANCH_KINDS, type OrgKind } from '#modules/organisation/contract.ts'
import { orgSeen } from '#modules/organisation/published.ts'
import { isQuorate, neededFor, Office, RULES, Share, votesToElect } from '../contract.ts'
import { plannedExtension, termOfNow } from '../follow.ts'
import { record } from '../record.ts'
import { assertEntitled, assertPast, assertStep, candidatesOf, type Election, entitledOf, lockElection, moveTo } from '../store.ts'

const Done = z.object({ id: z.uuid(), version: z.int() })
const Step = z.object({ id: z.uuid(), version: z.int() })
const done = ({ id, version }: Election) => ({ id, version: version + 1 })
const People = z.array(z.uuid()).max(60)

export const open = command('elections.open', {
  title: '开始换届',
  input: z.object({ orgId: z.uuid(), plannedOn: z.iso.date(), seats: z.int().min(1).max(30) }),
  output: Done,
  load: (ctx, { orgId }) => orgSeen(ctx, orgId, 'elections.read'),
  may: (actor, org) => actor.holds('elections.manage', org.path),
  run: async (ctx, { orgId, plannedOn, seats }, org) => {
    if (org.dissolvedOn) throw conflict('gone', `${org.name}已撤销或并出，不能换届`)
    if (org.kind === 'partyGroup') throw conflict('no-committee', '党小组不换届，组长由小组推选')
    const today = dateAt(ctx.now)
    const full = (await rosterOn(ctx.db, orgId, today)).filter(({ standing }) => standing === 'fullMember').length
    const direct = BRANCH_KINDS.includes(org.kind) && full < 7
    assertSeats(org.kind, direct, seats)
    await sql`select from organisation.org where id = ${orgId} for no key update`.execute(ctx.db)
    const { rows } = await sql`select from elections.election where org_id = ${orgId} and state not in ('completed', 'cancelled')`.execute(
      ctx.db,
    )
    if (rows.length > 0) throw conflict('running', '已经有一次换届在办，请在那一次里接着办')
    const id = newId()
    await sql`insert into elections.election (id, org_id, state, planned_on, seats, direct, full_members, opened_by)
      values (${id}, ${orgId}, 'planned', ${plannedOn}, ${seats}, ${direct}, ${full}, ${ctx.actor.personId})`.execute(ctx.db)
    record(ctx, 'election.opened', { subject: id, orgId, body: { seats, fullMembers: full, direct } })
    return { id, version: 1 }
  },
})

/** How many seats an organisation has: 支部条例 ch. 6, 国企条例 ch. 2. */
function assertSeats(kind: OrgKind, direct: boolean, seats: number) {
  const [least, most] = direct ? [1, 2] : BRANCH_KINDS.includes(kind) ? [3, 7] : kind === 'generalBranch' ? [5, 9] : [5, 21]
  if (seats >= least && seats <= most) return
  const says = direct ? '正式党员不足 7 人，设书记 1 名，必要时设副书记 1 名，请填 1 或 2' : `委员名额一般 ${least} 到 ${most} 名，请改名额`
  throw invalid('seats', says, { seats: [says] })
}

export const nominate = command('elections.nominate', {
  title: '存入候选人预备人选',
  input: Step.extend({
    /** In the order of names; where the assembly elects the 书记 itself, the 书记 first. */
    candidates: People.min(1),
  }),
  output: Done,
  load: (ctx, { id }) => lockElection(ctx, id),
  may: (actor, e) => actor.holds('elections.manage', e.path),
  run: async (ctx, { candidates, ...step }, e) => {
    assertStep(e, step, 'approved', 'nominated')
    const needed = neededFor(e.seats, e.direct)
    if (new Set(candidates).size !== candidates.length) throw invalid('twice', '同一个人选了两次', { candidates: ['同一个人选了两次'] })
    if (candidates.length < needed || (e.direct && candidates.length !== needed)) {
      const says = e.direct
        ? `应选 ${e.seats} 名，候选人等额提名 ${needed} 名`
        : `应选 ${e.seats} 名，候选人至少 ${needed} 名（差额不少于 20%，进一）`
      throw invalid('too-few-candidates', `${says}，现在 ${candidates.length} 名`, { candidates: [says] })
    }
    await assertEntitled(ctx, e.orgId, dateAt(ctx.now), candidates, 'candidates')
    const sanctioned = await sanctionedRefusal(ctx, candidates, dateAt(ctx.now), '候选人', 'candidates')
    if (sanctioned) throw sanctioned
    await sql`delete from elections.candidate where election_id = ${e.id}`.execute(ctx.db)
    const roles = ['partySecretary', 'deputySecretary']
    const rows = candidates.map((personId, place) => ({ personId, place, role: e.direct ? roles[place] : null }))
    await sql`insert into elections.candidate (election_id, person_id, place, role) select ${e.id}::uuid, "personId", place, role
      from jsonb_to_recordset(${json(rows)}) as t("personId" uuid, place int, role text)`.execute(ctx.db)
    await moveTo(ctx, e, 'nominated')
    record(ctx, 'election.nominated', { subject: e.id, orgId: e.orgId, body: { candidates: candidates.length, needed } })
    return done(e)
  },
})

export const hold = command('elections.hold', {
  title: '登记选举大会',
  input: Step.extend({
    heldOn: z.iso.date(),
    /** Of those entitled, who did not come. */
    absent: z.array(z.uuid()).max(2000),
    /** Not counted as expected: agreed to by the superior and by the assembly, both (选举条例；核对原文). */
    leftOut: People,
    leftOutAgreed: z.boolean().default(false),
    /** The 选举办法 was passed and 监票人 were chosen before the ballot. */
    methodPassed: z.boolean(),
    monitorId: z.uuid(),
    counterId: z.uuid(),
    issued: z.int().min(1).max(5000),
  }),
  output: Done,
  load: (ctx, { id }) => lockElection(ctx, id),
  may: (actor, e) => actor.holds('elections.manage', e.path),
  run: async (ctx, { heldOn, absent, leftOut, leftOutAgreed, methodPassed, monitorId, counterId, issued, ...step }, e) => {
    assertStep(e, step, 'candidatesApproved')
    assertPast(ctx, heldOn)
    if (!methodPassed)
      throw invalid('method-first', '大会应先通过选举办法和监票人名单，再投票', { methodPassed: ['先通过选举办法和监票人'] })
    if (leftOut.length > 0 && !leftOutAgreed)
      throw invalid('left-out-not-agreed', '不计入应到会的人，要上级党组织同意并经党员大会通过，两者都有才可以', {
        leftOut: ['要上级同意并经大会通过'],
      })
    const candidates = (await candidatesOf(ctx, e.id)).map(({ personId }) => personId)
    await assertEntitled(ctx, e.orgId, heldOn, [...candidates, monitorId, counterId], 'candidates')
    assertNeutral(candidates, monitorId, counterId)
    const voters = await entitledOf(ctx, e.orgId, heldOn)
    for (const id of leftOut) voters.delete(id)
    const present = voters.size - absent.filter((id) => voters.has(id)).length
    if (!isQuorate(present, voters.size))
      throw conflict(
        'not-quorate',
        `有选举权的应到会 ${voters.size} 人，实到 ${present} 人，不足五分之四（${Math.ceil((voters.size * 4) / 5)} 人），不能选举。依据：${RULES.attendance}`,
      )
    assertIssued(issued, present)
    await sql`update elections.election set held_on = ${heldOn}, entitled = ${voters.size}, present = ${present}, monitor_id = ${monitorId},
      counter_id = ${counterId} where id = ${e.id}`.execute(ctx.db)
    await addRound(ctx, e.id, 1, e.seats, candidates, issued)
    await moveTo(ctx, e, 'voting')
    record(ctx, 'election.held', { subject: e.id, orgId: e.orgId, happenedOn: heldOn, body: { entitled: voters.size, present } })
    return done(e)
  },
})

function assertNeutral(candidates: readonly string[], monitorId: string, counterId: string) {
  if (monitorId === counterId) throw invalid('same-person', '监票人和计票人不能是同一个人', { counterId: ['另选一人'] })
  for (const [id, field] of [
    [monitorId, 'monitorId'],
    [counterId, 'counterId'],
  ] as const)
    if (candidates.includes(id))
      throw invalid('is-candidate', '候选人不能作监票人或计票人，请另选一人', { [field]: ['候选人不能监票、计票'] })
}

function assertIssued(issued: number, present: number) {
  if (issued > present)
    throw invalid('too-many-ballots', `实到会有选举权的 ${present} 人，发出选票不能多于这个数`, { issued: [`不多于 ${present}`] })
}

export const addRound = (
  ctx: Pick<Ctx, 'db'>,
  electionId: string,
  n: number,
  seats: number,
  candidates: readonly string[],
  issued: number,
) =>
  sql`insert into elections.round (id, election_id, n, seats, candidates, issued)
    values (${newId()}, ${electionId}, ${n}, ${seats}, ${[...candidates]}::uuid[], ${issued})`.execute(ctx.db)

export const chooseOfficers = command('elections.chooseOfficers', {
  title: '登记第一次委员会会议',
  input: Step.extend({
    heldOn: z.iso.date(),
    present: z.int().min(1).max(30),
    /** 等额: one person for each office. */
    officers: z
      .array(z.strictObject({ personId: z.uuid(), office: Office, inFavour: z.int().min(0).max(30) }))
      .min(1)
      .max(3),
    shares: z
      .array(z.strictObject({ personId: z.uuid(), role: Share }))
      .max(10)
      .default([]),
  }),
  output: Done,
  load: (ctx, { id }) => lockElection(ctx, id),
  may: (actor, e) => actor.holds('elections.manage', e.path),
  run: async (ctx, { heldOn, present, officers, shares, ...step }, e) => {
    assertStep(e, step, 'elected')
    assertPast(ctx, heldOn)
    if (heldOn < e.heldOn!)
      throw invalid('before-assembly', `党员大会是 ${e.heldOn}，委员会会议不能早于它`, { heldOn: [`请填 ${e.heldOn} 或以后`] })
    const elected = (await candidatesOf(ctx, e.id)).filter(({ electedVotes }) => electedVotes !== null)
    const nameOf = new Map(elected.map(({ personId, name }) => [personId, name]))
    if ([...officers, ...shares].some(({ personId }) => !nameOf.has(personId)))
      throw invalid('not-elected', '书记、副书记和分工从新当选的委员里产生', { officers: ['请从当选委员里选'] })
    if (officers.filter(({ office }) => office === 'partySecretary').length !== 1)
      throw invalid('one-secretary', '书记选举 1 名', { officers: ['书记 1 名'] })
    const roles = [...officers, ...shares].map(({ personId }) => personId)
    if (new Set(roles).size !== roles.length) throw invalid('two-roles', '一个人只登记一项职务', { shares: ['一个人只登记一项'] })
    if (present > elected.length || present * 2 < elected.length)
      throw invalid('committee-present', `新当选委员 ${elected.length} 人，到会应在半数以上，不多于全体`, {
        present: [`${Math.ceil(elected.length / 2)} 到 ${elected.length}`],
      })
    for (const { personId, inFavour } of officers)
      if (inFavour < votesToElect(present) || inFavour > present)
        throw invalid(
          'not-enough-votes',
          `${nameOf.get(personId)}得 ${inFavour} 票，实到 ${present} 人，超过半数（${votesToElect(present)} 票）才当选`,
          {
            officers: [`要 ${votesToElect(present)} 票`],
          },
        )
    for (const { personId, office, inFavour } of officers) {
      await setRole(ctx, e.id, personId, office)
      record(ctx, 'election.officerChosen', {
        subject: e.id,
        orgId: e.orgId,
        personId,
        happenedOn: heldOn,
        body: { office, votes: inFavour, present },
      })
    }
    for (const { personId, role } of shares) await setRole(ctx, e.id, personId, role)
    await moveTo(ctx, e, 'officers')
    return done(e)
  },
})

const setRole = (ctx: Ctx, id: string, personId: string, role: string) =>
  sql`update elections.candidate set role = ${role} where election_id = ${id} and person_id = ${personId}`.execute(ctx.db)

export const cancel = command('elections.cancel', {
  title: '取消这次换届',
  input: Step,
  output: Done,
  load: (ctx, { id }) => lockElection(ctx, id),
  may: (actor, e) => actor.holds('elections.manage', e.path),
  run: async (ctx, step, e) => {
    assertStep(e, step, 'planned', 'approved', 'nominated', 'candidatesApproved')
    await moveTo(ctx, e, 'cancelled')
    record(ctx, 'election.cancelled', { subject: e.id, orgId: e.orgId, body: {} })
    return done(e)
  },
})

export const askExtension = command('elections.askExtension', {
  title: '拟定延期换届',
  input: z.object({ orgId: z.uuid(), until: z.iso.date(), reason: z.string().trim().min(2).max(200) }),
  output: Done,
  load: (ctx, { orgId }) => orgSeen(ctx, orgId, 'elections.read'),
  may: (actor, org) => actor.holds('elections.manage', org.path),
  run: async (ctx, { orgId, until, reason }) => {
    await sql`select from organisation.org where id = ${orgId} for no key update`.execute(ctx.db)
    const term = await termOfNow(ctx, orgId)
    if (dateAt(ctx.now) >= term.until)
      throw conflict('term-over', `本届任期 ${term.until} 已经届满，届满以后不能再延期，请抓紧换届。依据：${RULES.extension}`)
    if (until <= term.until) throw invalid('term-order', `应在现在的届满日期 ${term.until} 以后`, { until: ['应在届满日期以后'] })
    if (until > addYears(term.until, 1))
      throw invalid('extended-too-long', `延期不超过一年。依据：${RULES.extension}`, { until: ['不超过一年'] })
    if (await plannedExtension(ctx, orgId)) throw conflict('asked-already', '已经拟定过一次延期，等上级批复')
    const id = newId()
    await sql`insert into elections.extension (id, org_id, until, reason, state) values (${id}, ${orgId}, ${until}, ${reason}, 'asked')`.execute(
      ctx.db,
    )
    record(ctx, 'extension.asked', { subject: id, orgId, body: { until } })
    return { id, version: 1 }
  },
})
