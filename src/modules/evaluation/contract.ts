import { z } from 'zod'
import { lifecycle } from '#kernel/lifecycle.ts'

/** A published result: checked with appeals → the committee's resolution → shown to all → final. An upheld appeal leads back to checking. */
export const runLife = lifecycle(
  {
    checking: { recalculate: 'checking', resolve: 'resolved' },
    resolved: { recalculate: 'checking', announce: 'announced' },
    announced: { recalculate: 'checking', finalise: 'final' },
    final: {},
  },
  {
    resolve: '结果核对以后才能登记党委决议；已登记的不用再登记',
    announce: '先登记党委对结果的决议，再公示',
    finalise: '先公示，公示期满再确定',
    recalculate: '结果已经确定，不能再重算',
  },
)
export type RunState = (typeof runLife.states)[number]
export const RUN_STATES: Record<RunState, string> = {
  checking: '结果核对中（可申诉）',
  resolved: '党委已研究，待公示',
  announced: '公示中（可申诉）',
  final: '已确定',
}

/** An appeal against one mark; upheld, it waits for the facts to be corrected and the result to be calculated again. */
export const appealLife = lifecycle(
  {
    filed: { uphold: 'upheld', reject: 'rejected', withdraw: 'withdrawn' },
    upheld: { settle: 'settled' },
    rejected: {},
    withdrawn: {},
    settled: {},
  },
  { uphold: '这件申诉已经办结', reject: '这件申诉已经办结', withdraw: '这件申诉已经办结，不能再撤回' },
)
export type AppealState = (typeof appealLife.states)[number]
export const APPEAL_STATES: Record<AppealState, string> = {
  filed: '等待复核',
  upheld: '申诉成立，待更正重算',
  rejected: '维持原结果',
  withdrawn: '已撤回',
  settled: '已更正重算',
}

/** sha-256 as 64 hex digits. */
const Digest = z.string().regex(/^[0-9a-f]{64}$/)

/** subject is the entry, scheme or run; orgId the organisation the value is about, or the one that owns the scheme. */
export const evaluationFacts = {
  /** A value entered by hand; the digest binds its content, source and place in the scheme. happenedOn is the last day of its period. */
  'value.entered': z.object({ digest: Digest }),
  'scheme.published': z.object({ fingerprint: Digest, edition: z.int().min(1) }),
  'scheme.withdrawn': z.object({}),
  'run.published': z.object({ schemeId: z.uuid(), fingerprint: Digest, through: z.int().min(0), digest: Digest, asAt: z.iso.date() }),
  /** The committee's resolution on the result, taken in a meeting of its own. */
  'run.resolved': z.object({ digest: Digest, meetingId: z.uuid() }),
  'run.announced': z.object({ until: z.iso.date() }),
  /** After appeals: the digest of the result as it stands from now on, and the number its corrected facts are read up to. */
  'run.recalculated': z.object({ digest: Digest, through: z.int().min(0) }),
  'run.finalised': z.object({ digest: Digest }),
  /** subject is the appeal; the digest binds the item and the reason, or the decision's reason. */
  'appeal.filed': z.object({ runId: z.uuid(), digest: Digest }),
  'appeal.decided': z.object({ outcome: z.enum(['upheld', 'rejected']), digest: Digest }),
  'appeal.withdrawn': z.object({}),
}
