import { sql } from 'kysely'
import { z } from 'zod'
import { conflict, type Fields, invalid, stale } from '#kernel/errors.ts'
import { type Ctx, command } from '#kernel/operation.ts'
import { assertThere, type OrgCard, orgCard } from '#modules/organisation/published.ts'
import { followVotes } from '../actions.ts'
import { compose, lateWhenMoved, type Record } from '../compose.ts'
import { Content, Warning } from '../contract.ts'
import { expectedOf, expectedOn } from '../expected.ts'
import { recordHeld, takeBack } from '../facts.ts'
import { locked, type Seen, seenOrgWithRoster } from '../find.ts'
import { checkOwnKind } from '../ownKinds.ts'
import { lockedPlan, planPolicy } from '../planning/find.ts'
import { policy } from '../policy.ts'
import { replace, rowsOf, settle } from '../store.ts'
import { tables, type Vote } from '../tables.ts'
import { checkTopics } from '../topics.ts'
import { sameDay, sayDuplicate } from './prepare.ts'

const Recorded = z.object({
  id: z.uuid(),
  version: z.int(),
  /** The fact of this meeting, for the seal and its number. */
  factId: z.uuid(),
  late: z.boolean(),
  warnings: z.array(Warning),
})

export const recordMeeting = command('meetings.record', {
  title: '记一次会议',
  input: Content.extend({
    orgId: z.uuid(),
    /** The draft this was written in; it goes away. */
    draftId: z.uuid().optional(),
    /** The plan it was called by, and the items of its agenda (by position) that were not dealt with: they come back. */
    planId: z.uuid().optional(),
    leftOver: z.array(z.int().min(0).max(30)).max(31).default([]),
    /** Yes, another meeting of the same kind was held that day. */
    another: z.boolean().default(false),
  }),
  output: Recorded,
  load: (ctx, { orgId, heldOn }) => seenOrgWithRoster(ctx, orgId, heldOn),
  may: (actor, { org }) => actor.holds('meetings.record', org.path),
  run: async (ctx, { orgId, draftId, another, planId, leftOver, ...content }, { org, roster }) => {
    assertThere(org, content.heldOn, 'heldOn')
    await assertOwn(ctx, org, content)
    const written = compose(ctx, orgId, content, await expectedOf(ctx.db, org, content.kinds, content.heldOn, roster))
    if (!another) await assertNotRecorded(ctx, written)
    if (planId) await fulfil(ctx, planId, leftOver, written)
    recordHeld(ctx, written)
    ctx.clauses.push(rowsOf([written]))
    await settleAll(ctx, written)
    if (draftId) await dropDraft(ctx, orgId, draftId)
    return answer(written)
  },
})

export const editMeeting = command('meetings.edit', {
  title: '修改待签字的会议记录',
  input: z.object({ id: z.uuid(), version: z.int(), content: Content }),
  output: Recorded,
  load: locked,
  may: policy.edit,
  run: async (ctx, { id, version, content }, m) => {
    if (version !== m.version) throw stale(content, { version: m.version, title: m.title, heldOn: m.held_on })
    const org = await orgOf(ctx, m)
    await assertOwn(ctx, org, content)
    const written = compose(ctx, m.org_id, content, await expectation(ctx, org, content), id)
    keepOrigin(written, m)
    const before = await votesNow(ctx, m)
    const placeOf = await placesAfter(ctx, m, written)
    takeBack(ctx, m, before)
    recordHeld(ctx, written)
    await replace(ctx.db, written)
    await followVotes(ctx, written.meeting, before, written.votes, placeOf)
    await settleAll(ctx, written)
    return answer(written)
  },
})

/** Where an item of the record stands once it is rewritten: under the same topic, or else in the same place. */
async function placesAfter(ctx: Ctx, m: Seen, { items }: Record): Promise<(position: number) => number | undefined> {
  const before = await tables(ctx)
    .selectFrom('meetings.item')
    .select(['position', 'topic'])
    .where('org_id', '=', m.org_id)
    .where('meeting_id', '=', m.id)
    .execute()
  return (position) => {
    const topic = before.find((item) => item.position === position)?.topic
    return (items.find((item) => item.topic === topic) ?? items.find((item) => item.position === position))?.position
  }
}

/** Who was expected, after making sure that the organisation was there that day. */
export function expectation(ctx: Ctx, org: OrgCard, { kinds, heldOn }: Pick<Content, 'kinds' | 'heldOn'>) {
  assertThere(org, heldOn, 'heldOn')
  return expectedOn(ctx.db, org, kinds, heldOn)
}

/** The organisation of a meeting that the actor sees. */
export const orgOf = async (ctx: Ctx, m: Seen): Promise<OrgCard> => (await orgCard(ctx.db, m.org_id))!

export const votesNow = (ctx: Ctx, m: Seen): Promise<Vote[]> =>
  tables(ctx).selectFrom('meetings.vote').selectAll().where('org_id', '=', m.org_id).where('meeting_id', '=', m.id).execute()

/** The plan becomes the record; what of its agenda was not dealt with is kept for the next. */
async function fulfil(ctx: Ctx, planId: string, leftOver: readonly number[], { meeting }: Record) {
  const plan = await lockedPlan(ctx, { id: planId })
  if (!plan || plan.org_id !== meeting.org_id)
    throw invalid('no-such-plan', '没有找到这次会议的安排，请从日历里重新打开', { planId: ['没有找到'] })
  const may = planPolicy.record(ctx.actor, plan)
  if (may !== true) throw may
  meeting.plan_id = planId
  await sql`update meetings.plan set state = 'held', meeting_id = ${meeting.id}, version = version + 1
    where org_id = ${meeting.org_id} and id = ${planId}`.execute(ctx.db)
  await sql`update meetings.plan_item set dealt = position <> all(${[...leftOver]}::int[])
    where org_id = ${meeting.org_id} and plan_id = ${planId}`.execute(ctx.db)
}

/** The unit's own kind and the topics of its year stand. */
async function assertOwn(ctx: Ctx, org: OrgCard, content: Pick<Content, 'kinds' | 'ownKindId' | 'heldOn' | 'items'>) {
  const wrong: Fields = {}
  await checkOwnKind(ctx, org, content, wrong)
  await checkTopics(ctx, org.id, content.items, wrong)
  if (Object.keys(wrong).length > 0) throw invalid('invalid-input', Object.values(wrong)[0]![0]!, wrong)
}

async function assertNotRecorded(ctx: Ctx, { meeting }: Record) {
  const [same] = await sameDay(ctx, meeting.org_id, meeting.held_on, meeting.kinds)
  if (same) throw conflict('already-recorded', sayDuplicate(same), { id: same.id })
}

async function settleAll(ctx: Ctx, written: Record) {
  const unknown = await settle(ctx.db, written)
  if (unknown.length > 0)
    throw invalid('action-not-open', '有一项决议事项已经办结，或不是本组织的，请刷新后再选', { settled: ['请刷新后再选'] })
}

// The day it was first recorded stays, and with it whether that was late.
function keepOrigin({ meeting }: Record, before: Seen) {
  const wrong: Fields = {}
  meeting.late = lateWhenMoved(before, meeting.held_on, wrong)
  if (wrong.heldOn) throw invalid('held-after-record', wrong.heldOn[0]!, wrong)
  meeting.recorded_at = before.recorded_at
  meeting.submitted_by = before.submitted_by
  meeting.version = before.version + 1
  meeting.plan_id = before.plan_id
}

const dropDraft = (ctx: Ctx, orgId: string, id: string) =>
  sql`delete from meetings.draft where org_id = ${orgId} and id = ${id} and person_id = ${ctx.actor.personId}`.execute(ctx.db)

const answer = ({ meeting }: Record) => ({
  id: meeting.id,
  version: meeting.version,
  factId: meeting.held_fact,
  late: meeting.late,
  warnings: meeting.warnings,
})
