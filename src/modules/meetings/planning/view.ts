import { sql } from 'kysely'
import { dateAt } from '#kernel/civilDate.ts'
import type { Ctx } from '#kernel/operation.ts'
import { type Absence, CHOSEN_KINDS, kindsName, type MeetingKind, type PlanCard, type PlanView } from '../contract.ts'
import { type ExpectedPerson, expectedOn } from '../expected.ts'
import { namesOf } from '../find.ts'
import { clockOf, ownKindOf } from '../operations/card.ts'
import { likelyRule } from '../operations/prepare.ts'
import { ownKindsWhere } from '../ownKinds.ts'
import { type Invited, type PlanItem, tables } from '../tables.ts'
import { leftOutOf, quorumNow } from './base.ts'
import { clashesOf } from './clashes.ts'
import { planAbilities, type SeenPlan, seesAgenda } from './find.ts'
import { noticeOf } from './notice.ts'
import { papersOf } from './papers.ts'

/** A plan as a line of a list or a field of the month; without its title where the reader may only know that it is. */
export function planCard(ctx: Pick<Ctx, 'actor'>, p: SeenPlan): PlanCard {
  const hidden = !seesAgenda(ctx.actor, p)
  return {
    id: p.id,
    orgId: p.org_id,
    orgName: p.org_name,
    kinds: p.kinds as MeetingKind[],
    ownKind: ownKindOf(p),
    election: p.election,
    title: hidden ? kindsName(p.kinds, p.own_kind) : p.title,
    heldOn: p.held_on,
    start: clockOf(p.starts_at)!,
    end: clockOf(p.ends_at)!,
    overnight: dateAt(p.ends_at) > p.held_on,
    place: p.place,
    state: p.state,
    expected: p.counts.expected,
    comes: p.counts.comes,
    leave: p.counts.leave,
    signedIn: p.counts.signed,
    meetingId: p.meeting_id,
    mine: p.mine && {
      part: p.mine.part,
      answer: p.mine.answer,
      reason: p.mine.reason as Absence | null,
      note: p.mine.note ?? '',
      excused: p.mine.excused,
      signedIn: p.mine.signed_at !== null,
    },
    hidden,
  }
}

/** The whole plan as this reader may see it, with what has changed on the roster since the call. */
export async function planView(ctx: Ctx, p: SeenPlan): Promise<PlanView> {
  const card = planCard(ctx, p)
  const { items, invited } = card.hidden ? { items: [], invited: [] } : await partsOfPlan(ctx, p)
  const now = await expectedOn(ctx.db, { id: p.org_id }, p.kinds as MeetingKind[], p.held_on)
  const today = new Map(now.people.map((e) => [e.personId, e]))
  const called = new Set(invited.map((i) => i.person_id))
  const joined = card.hidden || now.basis === 'chosen' ? [] : now.people.filter((e) => !called.has(e.personId))
  const named = await namesOf(ctx, [p.chair_id, p.recorder_id, p.made_by, ...items.map((i) => i.presenter_id)])
  const name = (id: string) => ({ id, name: named.get(id) ?? '' })
  const people = invited.map((i) => ({
    personId: i.person_id,
    name: i.name,
    part: i.part,
    entitled: i.part === 'expected' && (today.get(i.person_id)?.entitled ?? false),
    answer: i.answer,
    reason: i.reason as Absence | null,
    note: i.note ?? '',
    excused: i.excused,
    signedAt: i.signed_at?.toISOString() ?? null,
    way: i.way,
    gone: i.part === 'expected' && !today.has(i.person_id),
  }))
  const expectedIds = people.filter((i) => i.part === 'expected' && i.answer !== 'leave').map((i) => i.personId)
  const here = new Set(people.filter((i) => i.signedAt && i.way !== 'codeLater').map((i) => i.personId))
  const leftOut = card.hidden ? [] : await leftOutOf(ctx, p, here)
  const papers = await papersOf(ctx, p, items)
  const asked = { planId: p.id, startsAt: p.starts_at, endsAt: p.ends_at, place: p.place, chairId: p.chair_id, recorderId: p.recorder_id }
  const all = new Map([...named, ...people.map((i) => [i.personId, i.name] as const)])
  const view = {
    ...card,
    chair: name(p.chair_id),
    recorder: name(p.recorder_id),
    observers: card.hidden ? [] : p.observers,
    note: card.hidden ? '' : p.note,
    items: items.map((i) => ({
      position: i.position,
      topic: i.topic,
      presenter: i.presenter_id ? name(i.presenter_id) : null,
      papers: i.papers,
      files: papers.get(i.position) ?? [],
      topicId: i.topic_id,
      back: i.back_from ? { planId: i.back_from, position: i.back_position ?? 0 } : null,
    })),
    invited: people,
    joined: joined.map((e) => ({ id: e.personId, name: e.name })),
    clashes: p.state === 'announced' && !card.hidden ? await clashesOf(ctx, { ...asked, expectedIds }, all) : [],
    leftOut,
    quorum: (await votesAt(ctx, p)) ? quorumNow(ruleOf(p), { entitled: entitledTo(p, now.people, people), here, leftOut }) : null,
    reason: p.reason,
    madeBy: p.made_by ? (named.get(p.made_by) ?? null) : null,
    madeAt: p.made_at.toISOString(),
    version: p.version,
    can: planAbilities(ctx.actor, p),
  }
  return { ...view, notice: card.hidden ? '' : noticeText(view) }
}

const noticeText = (v: Omit<PlanView, 'notice'>) =>
  noticeOf({ ...v, chair: v.chair.name, items: v.items.map((i) => ({ ...i, presenter: i.presenter?.name ?? null })) })

const ruleOf = (p: SeenPlan) => (p.election ? 'election' : likelyRule(p.kinds as MeetingKind[]))

/** Those with a vote by the roster of that day as it is known now. */
function entitledTo(p: SeenPlan, roster: readonly ExpectedPerson[], invited: PlanView['invited']): ExpectedPerson[] {
  const chosen = new Set(invited.filter((i) => i.part === 'expected').map((i) => i.personId))
  return roster.filter((e) => e.entitled && (chosen.has(e.personId) || !isChosen(p.kinds)))
}

/** A kind of the unit's own says itself whether people vote at it. */
async function votesAt(ctx: Ctx, { own_kind_id: id }: SeenPlan): Promise<boolean> {
  if (!id) return true
  const [own] = await ownKindsWhere(ctx, sql`k.id = ${id}`, 1)
  return own?.votes ?? false
}

const isChosen = (kinds: readonly string[]) => kinds.every((k) => CHOSEN_KINDS.includes(k as MeetingKind))

/** The agenda and those called, in reading order. */
export async function partsOfPlan(ctx: Pick<Ctx, 'db'>, p: Pick<SeenPlan, 'org_id' | 'id'>) {
  const items: PlanItem[] = await tables(ctx)
    .selectFrom('meetings.plan_item')
    .selectAll()
    .where('org_id', '=', p.org_id)
    .where('plan_id', '=', p.id)
    .orderBy('position')
    .execute()
  const { rows } = await sql<Invited & { name: string }>`select i.*, q.name from meetings.invited i
    join organisation.person q on q.id = i.person_id where i.org_id = ${p.org_id} and i.plan_id = ${p.id}
    order by i.part, q.name collate "zh-x-icu", q.id`.execute(ctx.db)
  return { items, invited: rows }
}
