import { z } from 'zod'
import { newId } from '#kernel/id.ts'
import { command, query } from '#kernel/operation.ts'
import { policy, seenOrg, selfCheckOf } from '../policy.ts'
import { tables } from '../tables.ts'
import { DocumentNo } from './publishing.ts'

export const selfCheck = query('evaluation.selfCheck', {
  title: '看年度考核对照是否开放',
  input: z.object({ orgId: z.uuid() }),
  output: z.object({
    allowed: z.boolean(),
    decision: z
      .object({ orgId: z.uuid(), orgName: z.string(), reason: z.string(), documentNo: z.string(), decidedAt: z.iso.date() })
      .nullable(),
    can: z.object({ set: z.boolean() }),
  }),
  load: seenOrg,
  may: policy.read,
  run: async (ctx, _input, org) => {
    const found = await selfCheckOf(ctx.db, org)
    const decision = found && {
      orgId: found.orgId,
      orgName: found.orgName,
      reason: found.reason,
      documentNo: found.documentNo,
      decidedAt: found.decidedAt,
    }
    return { allowed: found?.allowed ?? false, decision: decision ?? null, can: { set: policy.manage(ctx.actor, org) === true } }
  },
})

export const selfCheckSetting = command('evaluation.selfCheckSetting', {
  title: '登记党委决定：开放或关闭年度考核对照',
  input: z.object({
    orgId: z.uuid(),
    allowed: z.boolean(),
    reason: z.string().trim().min(5, '请写明理由，至少五个字').max(500),
    documentNo: DocumentNo,
  }),
  output: z.object({ allowed: z.boolean() }),
  load: seenOrg,
  may: policy.manage,
  run: async (ctx, { orgId, allowed, reason, documentNo }) => {
    await tables(ctx)
      .insertInto('evaluation.self_check')
      .values({
        id: newId(),
        org_id: orgId,
        allowed,
        reason,
        document_no: documentNo,
        decided_by: ctx.actor.personId,
        decided_at: ctx.now,
      })
      .execute()
    return { allowed }
  },
})
