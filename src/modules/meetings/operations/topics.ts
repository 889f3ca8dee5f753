import { sql } from 'kysely'
import { z } from 'zod'
import { dateAt } from '#kernel/civilDate.ts'
import { conflict, invalid, stale } from '#kernel/errors.ts'
import { newId } from '#kernel/id.ts'
import { type Ctx, command, query } from '#kernel/operation.ts'
import { TopicInput, TopicView } from '../contract.ts'
import { expectedOn } from '../expected.ts'
import { seenOrg } from '../find.ts'
import { record, tables } from '../tables.ts'
import { type Topic, topicsOf } from '../topics.ts'

const OfYear = z.object({ orgId: z.uuid(), year: z.int().min(2000).max(2100) })
/** More than one a week: a list that long is no plan. */
const MOST = 60

export const topics = query('meetings.topics', {
  title: '看中心组年度学习专题',
  input: OfYear,
  output: z.object({
    items: z.array(TopicView),
    /** Who may be named as speaker; empty for who only reads. */
    speakers: z.array(z.object({ id: z.uuid(), name: z.string() })),
    can: z.object({ manage: z.boolean() }),
  }),
  load: (ctx, { orgId }) => seenOrg(ctx, orgId),
  may: (actor, org) => actor.holds('meetings.readCommittee', org.path),
  run: async (ctx, { year }, org) => {
    const manage = ctx.actor.holds('meetings.record', org.path) === true
    const known = manage ? (await expectedOn(ctx.db, org, ['centerGroupStudy'], dateAt(ctx.now))).known : new Map<string, string>()
    return { items: await topicsOf(ctx.db, org.id, year), speakers: [...known].map(([id, name]) => ({ id, name })), can: { manage } }
  },
})

export const addTopic = command('meetings.addTopic', {
  title: '列入中心组年度学习专题',
  input: TopicInput.extend(OfYear.shape),
  output: z.object({ id: z.uuid(), version: z.int() }),
  load: (ctx, { orgId }) => seenOrg(ctx, orgId),
  may: (actor, org) => actor.holds('meetings.record', org.path),
  run: async (ctx, { orgId, year, ...topic }, org) => {
    await assertSpeaker(ctx, org, topic.speakerId)
    if ((await topicsOf(ctx.db, orgId, year)).length >= MOST) throw conflict('too-many-topics', `一年最多列 ${MOST} 个专题`)
    const id = newId()
    await tables(ctx)
      .insertInto('meetings.topic')
      .values({ org_id: orgId, id, year, ...columnsOf(topic), dropped_on: null, version: 1 })
      .execute()
    record(ctx, 'topic.listed', { subject: id, orgId, body: { year, month: topic.month } })
    return { id, version: 1 }
  },
})

const Step = z.object({ id: z.uuid(), version: z.int() })

export const changeTopic = command('meetings.changeTopic', {
  title: '修改中心组学习专题',
  input: TopicInput.extend(Step.shape),
  output: z.object({ id: z.uuid(), version: z.int() }),
  load: locked,
  may,
  run: async (ctx, { id, version, ...topic }, t) => {
    assertStanding(t, version, topic)
    await assertSpeaker(ctx, { id: t.org_id }, topic.speakerId)
    await tables(ctx)
      .updateTable('meetings.topic')
      .set({ ...columnsOf(topic), version: version + 1 })
      .where('org_id', '=', t.org_id)
      .where('id', '=', id)
      .execute()
    record(ctx, 'topic.listed', { subject: id, orgId: t.org_id, body: { year: t.year, month: topic.month } })
    return { id, version: version + 1 }
  },
})

export const dropTopic = command('meetings.dropTopic', {
  title: '取消中心组学习专题',
  input: Step,
  output: z.object({ id: z.uuid(), version: z.int() }),
  load: locked,
  may,
  run: async (ctx, { id, version }, t) => {
    assertStanding(t, version, {})
    const { rows } = await sql`select 1 from meetings.item i join meetings.meeting m on m.org_id = i.org_id and m.id = i.meeting_id
      where i.org_id = ${t.org_id} and i.topic_id = ${id} and m.state <> 'cancelled' limit 1`.execute(ctx.db)
    if (rows.length > 0) throw conflict('topic-held', '这个专题已经学过，不能取消')
    await sql`update meetings.topic set dropped_on = ${dateAt(ctx.now)}::date, version = version + 1
      where org_id = ${t.org_id} and id = ${id}`.execute(ctx.db)
    record(ctx, 'topic.dropped', { subject: id, orgId: t.org_id, body: {} })
    return { id, version: version + 1 }
  },
})

type Seen = Topic & { path: string }

async function locked(ctx: Ctx, { id }: { id: string }): Promise<Seen | undefined> {
  const find = async () => {
    const { rows } = await sql<Seen>`select t.*, o.path from meetings.topic t join organisation.org o on o.id = t.org_id
      where t.id = ${id} and ${ctx.actor.within('meetings.readCommittee', 'o.path')}`.execute(ctx.db)
    return rows[0]
  }
  const seen = await find()
  if (!seen) return undefined
  await sql`select from meetings.topic where org_id = ${seen.org_id} and id = ${id} for update`.execute(ctx.db)
  return find()
}

function may(actor: Ctx['actor'], t: Seen) {
  return actor.holds('meetings.record', t.path)
}

function assertStanding(t: Seen, version: number, mine: unknown): void {
  if (t.version !== version) throw stale(mine, { title: t.title, month: t.month, droppedOn: t.dropped_on })
  if (t.dropped_on) throw conflict('topic-dropped', '这个专题已经取消')
}

async function assertSpeaker(ctx: Ctx, org: { id: string }, speakerId: string | null): Promise<void> {
  if (!speakerId) return
  const { known } = await expectedOn(ctx.db, org, ['centerGroupStudy'], dateAt(ctx.now))
  if (!known.has(speakerId)) throw invalid('unknown-speaker', '主讲人请从名单里选，外请的写在旁边', { speakerId: ['请从名单里选'] })
}

const columnsOf = ({ month, title, speakerId, speaker, papers }: z.output<typeof TopicInput>) => ({
  month,
  title,
  speaker_id: speakerId,
  speaker: speakerId ? '' : speaker,
  papers,
})
