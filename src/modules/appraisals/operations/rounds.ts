import { sql } from 'kysely'
import { z } from 'zod'
import { dateAt } from '#kernel/civilDate.ts'
import { json } from '#kernel/database.ts'
import { conflict, invalid, stale } from '#kernel/errors.ts'
import { newId } from '#kernel/id.ts'
import { anyone, type Ctx, command, query } from '#kernel/operation.ts'
import { afterCursor, cut, type OrderBy, orderOf, Paged, pageOf } from '#kernel/paging.ts'
import { countOf, openCount } from '#modules/meetings/published.ts'
import { rosterOn } from '#modules/members/published.ts'
import { sanctionedRefusal } from '#modules/merits/published.ts'
import { orgSeen } from '#modules/organisation/published.ts'
import { excellentCap, Grade, RoundCard, RoundView, roundLife } from '../contract.ts'
import { isMine, lockedRound, membersOf, roundCard, roundPolicy, roundsWhere, roundView, type SeenRound, seenRound } from '../rounds.ts'
import { type Round, record, tables } from '../tables.ts'

const Step = z.object({ id: z.uuid(), version: z.int() })
const Stepped = z.object({ id: z.uuid(), state: z.enum(roundLife.states), version: z.int() })
const people = z.array(z.uuid()).min(1, '请至少选一位').max(10)

export const openRound = command('appraisals.open', {
  title: '开始一年的民主评议党员',
  input: z.object({ orgId: z.uuid(), year: z.int().min(2000).max(2100) }),
  output: Stepped,
  load: (ctx, { orgId }) => orgSeen(ctx, orgId, 'appraisals.lead'),
  may: (actor, org) => actor.holds('appraisals.lead', org.path),
  run: async (ctx, { orgId, year }, org) => {
    const day = dateAt(ctx.now)
    if (year > Number(day.slice(0, 4))) throw invalid('too-early', '这一年还没有到', { year: ['这一年还没有到'] })
    const roster = await rosterOn(ctx.db, orgId, day)
    if (roster.length === 0) throw invalid('nobody', '名册上没有党员，不能开始评议', { orgId: ['名册上没有党员'] })
    const { rows: before } = await sql`select 1 from appraisals.round
      where org_id = ${orgId} and year = ${year} and state <> 'dropped'`.execute(ctx.db)
    if (before.length > 0) throw conflict('already-open', `${year} 年的民主评议已经开始，请在列表里打开`)
    const id = newId()
    const graded = roster.filter((p) => p.standing === 'fullMember').length
    record(ctx, 'appraisal.opened', { subject: id, orgId, body: { year, graded, others: roster.length - graded } })
    const row: Round = {
      org_id: orgId, id, year, title: `${org.name} ${year} 年度民主评议党员`, state: 'selfReview', opened_by: ctx.actor.personId,
      opened_at: ctx.now, mutual_on: null, count_id: null, opinion_on: null, over_cap: null, dropped_reason: null, version: 1,
    } // biome-ignore format: one row
    await tables(ctx).insertInto('appraisals.round').values(row).execute()
    const rows = roster.map((p) => ({ person_id: p.personId, graded: p.standing === 'fullMember' }))
    await sql`insert into appraisals.member (org_id, round_id, person_id, graded)
      select ${orgId}::uuid, ${id}::uuid, r.person_id, r.graded
      from jsonb_to_recordset(${json(rows)}) as r(person_id uuid, graded boolean)`.execute(ctx.db)
    return { id, state: row.state, version: 1 }
  },
})

export const selfReview = command('appraisals.selfReview', {
  title: '写个人自评',
  input: z.object({ id: z.uuid(), text: z.string().trim().min(10, '请写几句实在的话，至少 10 个字').max(4_000) }),
  output: z.object({ id: z.uuid() }),
  load: lockedRound,
  may: roundPolicy.review,
  run: async (ctx, { id, text }, r) => {
    const personId = ctx.actor.personId!
    const { rows } = await sql<{ again: boolean }>`update appraisals.member m set self_review = ${text}, self_at = ${ctx.now}
      from (select self_at is not null as again from appraisals.member
        where org_id = ${r.org_id} and round_id = ${id} and person_id = ${personId}) b
      where m.org_id = ${r.org_id} and m.round_id = ${id} and m.person_id = ${personId} returning b.again`.execute(ctx.db)
    if (!rows[0]?.again) record(ctx, 'appraisal.selfReviewed', { subject: id, orgId: r.org_id, personId, body: { year: r.year } })
    return { id }
  },
})

export const mutualHeld = command('appraisals.recordMutual', {
  title: '记党员互评',
  input: Step.extend({ on: z.iso.date() }),
  output: Stepped,
  load: lockedRound,
  may: roundPolicy.mutual,
  run: async (ctx, { version, on }, r) => {
    assertCurrent(r, version)
    if (on > dateAt(ctx.now)) throw invalid('not-yet', '互评还没有开，请在会后再记', { on: ['请在会后再记'] })
    if (on < dateAt(r.opened_at)) throw invalid('before-opening', '互评不能早于评议开始', { on: [`请填 ${dateAt(r.opened_at)} 或之后`] })
    record(ctx, 'appraisal.mutualHeld', { subject: r.id, orgId: r.org_id, happenedOn: on, body: { year: r.year } })
    return step(ctx, r, { state: 'ballot', mutual_on: on })
  },
})

export const openBallot = command('appraisals.openBallot', {
  title: '开始民主测评计票',
  input: Step.extend({ present: z.int().min(1).max(10_000), issued: z.int().min(1).max(10_000), tellerIds: people, scrutineerIds: people }),
  output: Stepped.extend({ countId: z.uuid() }),
  load: lockedRound,
  may: roundPolicy.openBallot,
  run: async (ctx, { version, present, issued, tellerIds, scrutineerIds }, r) => {
    assertCurrent(r, version)
    const before = r.count_id ? await countOf(ctx, r.org_id, r.count_id) : undefined
    if (before && before.state !== 'dropped') throw conflict('ballot-open', '民主测评的计数已经开始。要重来，请先作废那次计数')
    const members = await membersOf(ctx, r)
    const countId = await openCount(ctx, {
      orgId: r.org_id, planId: null, title: `${r.year} 年度民主测评`, choices: 'grade', rule: 'assembly', issued, present,
      entitled: members.filter((m) => m.graded).length, tellerIds, scrutineerIds,
      lines: members.filter((m) => m.graded).map((m) => ({ title: m.name, personId: m.person_id })),
    }) // biome-ignore format: one call
    return { ...(await step(ctx, r, { count_id: countId })), countId }
  },
})

export const giveOpinions = command('appraisals.giveOpinions', {
  title: '提出评议意见（定等次）',
  input: Step.extend({
    on: z.iso.date(),
    opinions: z
      .array(z.strictObject({ personId: z.uuid(), grade: Grade }))
      .min(1)
      .max(2_000),
    /** Why more than a third are 优秀, where they are. */
    overCap: z.string().trim().max(200).default(''),
  }),
  output: Stepped,
  load: lockedRound,
  may: roundPolicy.opinions,
  run: async (ctx, { version, on, opinions, overCap }, r) => {
    assertCurrent(r, version)
    if (on > dateAt(ctx.now)) throw invalid('not-yet', '会还没有开，请在会后再记', { on: ['请在会后再记'] })
    const count = r.count_id ? await countOf(ctx, r.org_id, r.count_id) : undefined
    if (count?.state !== 'agreed') throw conflict('not-counted', '民主测评的计数两人一致以后，才能提出评议意见')
    const members = await membersOf(ctx, r)
    const graded = members.filter((m) => m.graded)
    const given = new Map(opinions.map((o) => [o.personId, o.grade]))
    const without = graded.filter((m) => !given.has(m.person_id))
    if (without.length > 0 || given.size !== graded.length)
      throw invalid('not-everybody', `还有 ${without.length} 人没有意见；预备党员不定等次`, { opinions: ['请逐人提出意见'] })
    const cap = excellentCap(graded.length)
    const excellent = opinions.filter((o) => o.grade === 'excellent').length
    if (excellent > cap && !overCap)
      throw invalid('over-cap', `优秀 ${excellent} 人，一般不超过 ${graded.length} 人的三分之一，即 ${cap} 人。确需超过的，请写明理由`, {
        overCap: ['请写明超过三分之一的理由'],
      })
    const best = opinions.filter((o) => o.grade === 'excellent').map((o) => o.personId)
    const sanctioned = await sanctionedRefusal(ctx, best, on, '优秀等次', 'opinions')
    if (sanctioned) throw sanctioned
    const fact = record(ctx, 'appraisal.graded', {
      subject: r.id,
      orgId: r.org_id,
      happenedOn: on,
      body: { year: r.year, cap, excellent, grades: opinions },
    })
    await sql`update appraisals.member m set grade = g.grade, grade_fact = ${fact}, told_on = null, told_by = null
      from jsonb_to_recordset(${json(opinions)}) as g("personId" uuid, grade text)
      where m.org_id = ${r.org_id} and m.round_id = ${r.id} and m.person_id = g."personId"`.execute(ctx.db)
    return step(ctx, r, { state: 'feedback', opinion_on: on, over_cap: excellent > cap ? overCap : null })
  },
})

export const tellMember = command('appraisals.tell', {
  title: '向本人反馈评议意见',
  input: z.object({ id: z.uuid(), personIds: z.array(z.uuid()).min(1).max(2_000), on: z.iso.date() }),
  output: z.object({ id: z.uuid(), state: z.enum(roundLife.states) }),
  load: lockedRound,
  may: roundPolicy.tell,
  run: async (ctx, { id, personIds, on }, r) => {
    if (on > dateAt(ctx.now) || on < r.opinion_on!) throw invalid('wrong-day', '反馈在提出意见之后、今天之前', { on: ['请核对日期'] })
    const { rows } = await sql<{
      person_id: string
    }>`update appraisals.member set told_on = ${on}::date, told_by = ${ctx.actor.personId}::uuid
      where org_id = ${r.org_id} and round_id = ${id} and person_id = any(${personIds}::uuid[]) and grade is not null and told_on is null
      returning person_id`.execute(ctx.db)
    for (const { person_id } of rows)
      record(ctx, 'appraisal.told', { subject: id, orgId: r.org_id, personId: person_id, happenedOn: on, body: { year: r.year } })
    const left = (await membersOf(ctx, r)).filter((m) => m.graded && !m.told_on).length
    return left > 0 ? { id, state: r.state } : { id, state: (await step(ctx, r, { state: 'closed' })).state }
  },
})

export const dropRound = command('appraisals.drop', {
  title: '作废一次民主评议',
  input: Step.extend({ reason: z.string().trim().min(1, '请写明原因').max(200) }),
  output: Stepped,
  load: lockedRound,
  may: roundPolicy.drop,
  run: async (ctx, { version, reason }, r) => {
    assertCurrent(r, version)
    record(ctx, 'appraisal.dropped', { subject: r.id, orgId: r.org_id, body: { year: r.year } })
    return step(ctx, r, { state: 'dropped', dropped_reason: reason })
  },
})

export const getRound = query('appraisals.get', {
  title: '看一次民主评议',
  input: z.object({ id: z.uuid() }),
  output: RoundView,
  load: seenRound,
  may: anyone,
  run: (ctx, _input, r) => roundView(ctx, r),
})

const newestFirst: OrderBy[] = [
  { by: sql`r.year`, desc: true },
  { by: sql`r.id`, desc: true },
]

export const listRounds = query('appraisals.list', {
  title: '看民主评议列表',
  input: Paged.extend({ year: z.int().min(2000).max(2100).optional() }),
  output: pageOf(RoundCard),
  may: anyone,
  run: async (ctx, { year, after, limit }) => {
    const mine = sql`${isMine} or ${ctx.actor.within('appraisals.lead', 'o.path')}`
    const rows = await roundsWhere(
      ctx,
      sql`(${mine}) and ${year ? sql`r.year = ${year}` : sql`true`} and ${afterCursor(newestFirst, after)}`,
      orderOf(newestFirst),
      limit + 1,
    )
    const { items, next } = cut(rows, limit, (r) => [r.year, r.id])
    return { items: items.map(roundCard), next }
  },
})

function assertCurrent(r: SeenRound, version: number) {
  if (version !== r.version) throw stale({ version }, { version: r.version, state: r.state })
}

async function step(ctx: Ctx, r: SeenRound, changes: Partial<Round>) {
  const version = r.version + 1
  await tables(ctx)
    .updateTable('appraisals.round')
    .set({ ...changes, version })
    .where('org_id', '=', r.org_id)
    .where('id', '=', r.id)
    .execute()
  return { id: r.id, state: changes.state ?? r.state, version }
}
