import { sql } from 'kysely'
import { z } from 'zod'
import { conflict, forbidden, invalid, stale } from '#kernel/errors.ts'
import { type Ctx, command } from '#kernel/operation.ts'
import { ledgerAsOf } from '#ledger/reading.ts'
import { check } from '../engine/healthCheck.ts'
import { isPersonal, PERSONAL_REASON } from '../engine/scheme.ts'
import { type Declared, knownMeasures } from '../known.ts'
import { policy } from '../policy.ts'
import { lockedScheme } from '../schemes.ts'
import { record, tables } from '../tables.ts'

export const DocumentNo = z.string().trim().min(2, '请填写文号').max(100)

export const publishScheme = (declared: Declared) =>
  command('evaluation.publishScheme', {
    title: '发布考核方案',
    input: z.object({ id: z.uuid(), version: z.int(), documentNo: DocumentNo, meetingId: z.uuid().optional() }),
    output: z.object({ id: z.uuid(), version: z.int(), fingerprint: z.string() }),
    load: lockedScheme,
    may: policy.manage,
    run: async (ctx, { version, documentNo, meetingId }, row) => {
      if (row.version !== version) throw stale({ documentNo }, { name: row.name, version: row.version })
      if (row.state !== 'draft') throw conflict('frozen', '这份方案已经发布过；要改请另存为新一版')
      if (isPersonal(row.content)) throw forbidden('personal-scheme', PERSONAL_REASON)
      const barred = check(row.content, knownMeasures(declared)).find((w) => w.code === 'red-line')
      if (barred) throw conflict('red-line', `不能发布。${barred.place}：${barred.says}。${barred.remedy}`)
      if (meetingId) await assertMeeting(ctx, row.org_id, meetingId)
      const next = row.version + 1
      await tables(ctx)
        .updateTable('evaluation.scheme')
        .set({ state: 'published', document_no: documentNo, meeting_id: meetingId ?? null, published_at: ctx.now, version: next })
        .where('id', '=', row.id)
        .execute()
      record(ctx, 'scheme.published', {
        subject: row.id,
        orgId: row.org_id,
        body: { fingerprint: row.fingerprint, edition: row.edition },
      })
      return { id: row.id, version: next, fingerprint: row.fingerprint }
    },
  })

/** The committee's own meeting, as the ledger knows it and unless it was cancelled; answers the day on which it was held. */
export async function assertMeeting(ctx: Ctx, orgId: string, meetingId: string): Promise<string> {
  const { rows } = await sql<{ heldOn: string }>`select to_char(happened_on, 'YYYY-MM-DD') as "heldOn" from ${ledgerAsOf()} f
    where kind in ('meeting.held', 'meeting.corrected') and org_id = ${orgId} and subject = ${meetingId}
      and not exists (select from ledger.fact c where c.kind = 'meeting.cancelled' and c.org_id = f.org_id and c.subject = f.subject)
    order by recorded_at desc, id desc limit 1`.execute(ctx.db)
  const [meeting] = rows
  if (meeting) return meeting.heldOn
  throw invalid('no-such-meeting', '没有找到这次会议。请选本级党组织研究这件事的会议记录；没有的可以只填文号', {
    meetingId: ['请选本级的会议记录'],
  })
}

export const withdrawScheme = command('evaluation.withdrawScheme', {
  title: '撤下已发布的方案',
  input: z.object({ id: z.uuid(), version: z.int(), reason: z.string().trim().min(2, '请写明原因').max(500) }),
  output: z.object({ id: z.uuid(), version: z.int() }),
  load: lockedScheme,
  may: policy.manage,
  run: async (ctx, { version, reason }, row) => {
    if (row.version !== version) throw stale({ reason }, { name: row.name, version: row.version })
    if (row.state !== 'published') throw conflict('not-published', '只有已发布的方案可以撤下')
    const next = row.version + 1
    await tables(ctx)
      .updateTable('evaluation.scheme')
      .set({ state: 'withdrawn', change_note: `撤下：${reason}`, version: next })
      .where('id', '=', row.id)
      .execute()
    record(ctx, 'scheme.withdrawn', { subject: row.id, orgId: row.org_id, body: {} })
    return { id: row.id, version: next }
  },
})
