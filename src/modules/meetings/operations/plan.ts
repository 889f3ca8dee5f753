import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { z } from 'zod'
import { json } from '#kernel/database.ts'
import { type Fields, invalid, stale } from '#kernel/errors.ts'
import { newId } from '#kernel/id.ts'
import { type Ctx, command } from '#kernel/operation.ts'
import { assertThere, type OrgCard, orgCard } from '#modules/organisation/published.ts'
import { PlanContent, PlanState } from '../contract.ts'
import { type Expectation, expectedOn } from '../expected.ts'
import { namesOf, seenOrg } from '../find.ts'
import { checkOwnKind } from '../ownKinds.ts'
import { lockedPlan, planPolicy, type SeenPlan } from '../planning/find.ts'
import { invitedTo, tellCalled, tellCancelled, tellChanged } from '../planning/news.ts'
import { keepPapers } from '../planning/papers.ts'
import { checkTimes, momentsOf } from '../planning/times.ts'
import { type Plan, record, tables } from '../tables.ts'
import { checkTopics } from '../topics.ts'

const Planned = z.object({ id: z.uuid(), version: z.int(), state: PlanState })
const Step = z.object({ id: z.uuid(), version: z.int() })

export const planMeeting = command('meetings.plan', {
  title: '安排一次会议',
  input: PlanContent.extend({ orgId: z.uuid() }),
  output: Planned,
  load: (ctx, { orgId }) => seenOrg(ctx, orgId),
  may: (actor, org) => actor.holds('meetings.record', org.path),
  run: async (ctx, { orgId, ...content }, org) => {
    const expectation = await checked(ctx, org, content)
    const id = newId()
    const row: Plan = {
      org_id: orgId,
      id,
      ...columnsOf(content),
      state: 'announced',
      reason: null,
      meeting_id: null,
      code_key: randomBytes(24).toString('base64url'),
      made_by: ctx.actor.personId,
      made_at: ctx.now,
      announced_fact: id,
      version: 1,
    }
    const calledIds = calledTo(content, expectation)
    row.announced_fact = announce(ctx, 'plan.announced', row, calledIds.length)
    await tables(ctx).insertInto('meetings.plan').values(row).execute()
    await writeItems(ctx, row, content)
    await keepPapers(ctx, row, content.items)
    await invite(ctx, row, calledIds, content.guestIds)
    await tellCalled(ctx, row, [...calledIds, ...content.guestIds])
    return { id, version: 1, state: 'announced' as const }
  },
})

export const changePlan = command('meetings.changePlan', {
  title: '变更会议安排',
  input: Step.extend({ content: PlanContent }),
  output: Planned,
  load: lockedPlan,
  may: planPolicy.change,
  run: async (ctx, { version, content }, plan) => {
    if (version !== plan.version) throw stale(content, { version: plan.version, title: plan.title, heldOn: plan.held_on })
    const expectation = await checked(ctx, (await orgCard(ctx.db, plan.org_id))!, content)
    const row = { ...plan, ...columnsOf(content) }
    const moved = plan.starts_at.getTime() !== row.starts_at.getTime() || plan.place !== row.place
    const calledIds = calledTo(content, expectation)
    announce(ctx, 'plan.changed', row, calledIds.length)
    await tables(ctx)
      .updateTable('meetings.plan')
      .set({ ...columnsOf(content), version: version + 1 })
      .where('org_id', '=', plan.org_id)
      .where('id', '=', plan.id)
      .execute()
    await sql`delete from meetings.plan_item where org_id = ${plan.org_id} and plan_id = ${plan.id}`.execute(ctx.db)
    await writeItems(ctx, row, content)
    await keepPapers(ctx, row, content.items)
    const before = await uninvite(ctx, plan, [...calledIds, ...content.guestIds])
    // Who said yes to another time has said nothing about this one.
    if (moved) await forgetAnswers(ctx, plan)
    await invite(ctx, row, calledIds, content.guestIds)
    await tellChanged(ctx, { ...row, version: version + 1 }, { called: [...calledIds, ...content.guestIds], before, moved })
    return { id: plan.id, version: version + 1, state: 'announced' as const }
  },
})

export const renewInvited = command('meetings.renewInvited', {
  title: '按当天名册更新会议通知名单',
  input: Step,
  output: Planned,
  load: lockedPlan,
  may: planPolicy.renew,
  run: async (ctx, { version }, plan) => {
    if (version !== plan.version) throw stale({ version }, { version: plan.version })
    const { basis, people } = await expectedOn(ctx.db, { id: plan.org_id }, plan.kinds as 'other'[], plan.held_on)
    const now = people.map((p) => p.personId)
    const { rows: before } = await sql<{ person_id: string; part: string }>`select person_id, part from meetings.invited
      where org_id = ${plan.org_id} and plan_id = ${plan.id}`.execute(ctx.db)
    const called = before.filter((b) => b.part === 'expected').map((b) => b.person_id)
    const expected = basis === 'chosen' ? called.filter((id) => now.includes(id)) : now
    await uninvite(ctx, plan, [...expected, ...before.filter((b) => b.part === 'guest').map((b) => b.person_id)])
    await invite(ctx, plan, expected, [])
    announce(ctx, 'plan.changed', plan, expected.length)
    return step(ctx, plan, {})
  },
})

export const cancelPlan = command('meetings.cancelPlan', {
  title: '取消会议安排',
  input: Step.extend({ reason: z.string().trim().min(1, '请写明原因，通知里会带上').max(200) }),
  output: Planned,
  load: lockedPlan,
  may: planPolicy.cancel,
  run: async (ctx, { version, reason }, plan) => {
    if (version !== plan.version) throw stale({ reason }, { version: plan.version })
    record(ctx, 'plan.cancelled', { subject: plan.id, orgId: plan.org_id, body: {} })
    await tellCancelled(ctx, plan)
    return step(ctx, plan, { state: 'cancelled', reason })
  },
})

async function step(ctx: Ctx, plan: SeenPlan, changes: Partial<Plan>) {
  const version = plan.version + 1
  await tables(ctx)
    .updateTable('meetings.plan')
    .set({ ...changes, version })
    .where('org_id', '=', plan.org_id)
    .where('id', '=', plan.id)
    .execute()
  return { id: plan.id, version, state: changes.state ?? plan.state }
}

/** Who is expected, after everything that was written has been found possible; every mistake is named at its field. */
async function checked(ctx: Ctx, org: OrgCard, content: PlanContent): Promise<Expectation> {
  assertThere(org, content.heldOn, 'heldOn')
  const wrong: Fields = {}
  checkTimes(content, ctx.now, wrong)
  const expectation = await expectedOn(ctx.db, org, content.kinds, content.heldOn)
  checkPeople(content, expectation, wrong)
  await checkOwnKind(ctx, org, { ...content, items: [] }, wrong)
  await checkTopics(ctx, org.id, content.items, wrong)
  if (content.election && !content.kinds.includes('memberAssembly')) wrong.election = ['选举在党员大会上进行，请选党员大会']
  const known = await namesOf(ctx, content.guestIds)
  if (content.guestIds.some((id) => !known.has(id))) wrong.guestIds = ['有人不在系统里，请从名册里选，或写在列席人员里']
  if (Object.keys(wrong).length > 0) throw invalid('invalid-input', Object.values(wrong)[0]![0]!, wrong)
  return expectation
}

function checkPeople(content: PlanContent, { basis, people, known }: Expectation, wrong: Fields): void {
  const { chairId, recorderId, expectedIds, items } = content
  if (!known.has(chairId)) wrong.chairId = ['这个人当天不在本组织，请从当天的名册里选']
  if (!known.has(recorderId)) wrong.recorderId = ['这个人当天不在本组织，请从当天的名册里选']
  if (chairId === recorderId) wrong.recorderId = ['主持人和记录人要是两个人：一人记录提交，另一人签字确认']
  if (expectedIds && basis !== 'chosen') wrong.expectedIds = ['这类会议的应到由当天名册算出，不能另选']
  else if (expectedIds?.some((id) => !people.some((p) => p.personId === id)))
    wrong.expectedIds = ['有人不在本组织当天的名册里，请从名册里选']
  else if (calledTo(content, { people }).length === 0) wrong.expectedIds = ['当天没有应到的人。请核对组织和日期，或在名单里选出应到的人']
  items.forEach(({ presenterId }, i) => {
    const mayPresent = presenterId === null || known.has(presenterId) || content.guestIds.includes(presenterId)
    if (!mayPresent) wrong[`items.${i}.presenterId`] = ['汇报人请从本组织名册或邀请的人里选']
  })
}

const calledTo = ({ expectedIds }: Pick<PlanContent, 'expectedIds'>, { people }: Pick<Expectation, 'people'>): string[] => {
  const chosen = expectedIds && new Set(expectedIds)
  return people.map((p) => p.personId).filter((id) => !chosen || chosen.has(id))
}

const columnsOf = ({ kinds, ownKindId, election, title, heldOn, start, end, place, chairId, recorderId, observers, note }: PlanContent) => {
  const { startsAt, endsAt } = momentsOf(heldOn, start, end)
  return {
    kinds: [...new Set(kinds)],
    own_kind_id: ownKindId,
    election,
    title,
    held_on: heldOn,
    starts_at: startsAt,
    ends_at: endsAt,
    place,
    chair_id: chairId,
    recorder_id: recorderId,
    observers,
    note,
  }
}

const announce = (ctx: Ctx, kind: 'plan.announced' | 'plan.changed', plan: Plan, expected: number): string =>
  record(ctx, kind, { subject: plan.id, orgId: plan.org_id, body: { kinds: plan.kinds as 'other'[], heldOn: plan.held_on, expected } })

async function writeItems(ctx: Ctx, { org_id, id }: Pick<Plan, 'org_id' | 'id'>, { items }: PlanContent) {
  const rows = items.map((i, position) => ({
    org_id,
    plan_id: id,
    position,
    topic: i.topic,
    presenter_id: i.presenterId,
    papers: i.papers,
    back_from: i.back?.planId ?? null,
    back_position: i.back?.position ?? null,
    file_ids: i.fileIds,
    topic_id: i.topicId,
  }))
  await sql`insert into meetings.plan_item (org_id, plan_id, position, topic, presenter_id, papers, back_from, back_position, file_ids, topic_id)
    select r.org_id, r.plan_id, r.position, r.topic, r.presenter_id, r.papers, r.back_from, r.back_position, r.file_ids, r.topic_id
    from jsonb_populate_recordset(null::meetings.plan_item, ${json(rows)}) r`.execute(ctx.db)
}

/** Calls people; who was called before keeps their answer. */
async function invite(ctx: Ctx, { org_id, id }: Pick<Plan, 'org_id' | 'id'>, expected: readonly string[], guests: readonly string[]) {
  const rows = [
    ...expected.map((person_id) => ({ person_id, part: 'expected' })),
    ...guests.filter((g) => !expected.includes(g)).map((person_id) => ({ person_id, part: 'guest' })),
  ]
  await sql`insert into meetings.invited (org_id, plan_id, person_id, part)
    select ${org_id}::uuid, ${id}::uuid, r.person_id, r.part from jsonb_to_recordset(${json(rows)}) as r(person_id uuid, part text)
    on conflict (org_id, plan_id, person_id) do update set part = excluded.part`.execute(ctx.db)
}

/** Calls off those who do not stay; answers everybody who was called before. */
async function uninvite(ctx: Ctx, { org_id, id }: Pick<Plan, 'org_id' | 'id'>, staying: readonly string[]): Promise<string[]> {
  const before = await invitedTo(ctx, { org_id, id })
  await sql`delete from meetings.invited where org_id = ${org_id} and plan_id = ${id}
    and person_id <> all(${[...staying]}::uuid[])`.execute(ctx.db)
  return before
}

const forgetAnswers = (ctx: Ctx, { org_id, id }: Pick<Plan, 'org_id' | 'id'>) =>
  sql`update meetings.invited set answer = null, reason = null, note = null, answered_at = null, excused = null, excused_by = null
    where org_id = ${org_id} and plan_id = ${id}`.execute(ctx.db)
