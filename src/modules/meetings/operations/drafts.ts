import { sql } from 'kysely'
import { z } from 'zod'
import { json } from '#kernel/database.ts'
import { invalid, stale } from '#kernel/errors.ts'
import { newId } from '#kernel/id.ts'
import { command, query } from '#kernel/operation.ts'
import { DraftContent } from '../contract.ts'
import { seenOrg } from '../find.ts'
import { type Draft, tables } from '../tables.ts'

const Saved = z.object({ id: z.uuid(), version: z.int() })

export const saveDraft = command('meetings.saveDraft', {
  title: '存会议记录草稿',
  input: z.object({ orgId: z.uuid(), id: z.uuid().optional(), version: z.int().optional(), content: DraftContent }),
  output: Saved,
  load: (ctx, { orgId }) => seenOrg(ctx, orgId),
  may: (actor, org) => actor.holds('meetings.record', org.path),
  run: async (ctx, { orgId, id, version, content }) => {
    const personId = ctx.actor.personId
    if (!personId) throw invalid('no-person', '草稿只存给登录的党员本人')
    if (!id) {
      const fresh = newId()
      await sql`insert into meetings.draft (org_id, id, person_id, content, saved_at, version)
        values (${orgId}, ${fresh}, ${personId}, ${json(content)}, ${ctx.now}, 1)`.execute(ctx.db)
      return { id: fresh, version: 1 }
    }
    const { rows } = await sql<Draft>`select * from meetings.draft
      where org_id = ${orgId} and id = ${id} and person_id = ${personId} for update`.execute(ctx.db)
    const before = rows[0]
    if (!before) throw invalid('no-such-draft', '草稿已经提交或删除，请另存一份', { id: ['草稿已经提交或删除'] })
    if (version !== before.version) throw stale(content, before.content)
    await sql`update meetings.draft set content = ${json(content)}, saved_at = ${ctx.now}, version = version + 1
      where org_id = ${orgId} and id = ${id}`.execute(ctx.db)
    return { id, version: before.version + 1 }
  },
})

export const listDrafts = query('meetings.drafts', {
  title: '看自己的会议记录草稿',
  input: z.object({ orgId: z.uuid() }),
  output: z.object({
    items: z.array(z.object({ id: z.uuid(), savedAt: z.string(), version: z.int(), content: DraftContent })),
  }),
  load: (ctx, { orgId }) => seenOrg(ctx, orgId),
  may: (actor, org) => actor.holds('meetings.record', org.path),
  run: async (ctx, { orgId }) => {
    const rows = await tables(ctx)
      .selectFrom('meetings.draft')
      .selectAll()
      .where('org_id', '=', orgId)
      .where('person_id', '=', ctx.actor.personId ?? orgId)
      .orderBy('saved_at', 'desc')
      .limit(20)
      .execute()
    return { items: rows.map((r) => ({ id: r.id, savedAt: r.saved_at.toISOString(), version: r.version, content: r.content })) }
  },
})

export const discardDraft = command('meetings.discardDraft', {
  title: '删除会议记录草稿',
  input: z.object({ orgId: z.uuid(), id: z.uuid() }),
  output: z.object({ id: z.uuid() }),
  load: (ctx, { orgId, id }) =>
    tables(ctx)
      .selectFrom('meetings.draft')
      .select('id')
      .where('org_id', '=', orgId)
      .where('id', '=', id)
      .where('person_id', '=', ctx.actor.personId ?? orgId)
      .executeTakeFirst(),
  may: () => true, // found only by its writer
  run: async (ctx, { orgId, id }) => {
    await sql`delete from meetings.draft where org_id = ${orgId} and id = ${id}`.execute(ctx.db)
    return { id }
  },
})
