import { sql } from 'kysely'
import { addMonths, dateName, onDay } from '#kernel/civilDate.ts'
import { conflict, type Refusal } from '#kernel/errors.ts'
import type { Ctx } from '#kernel/operation.ts'
import type { RequestKind } from '#modules/requests/contract.ts'
import { type About, beforeSending, onComposing, onReply, type Reply } from '#modules/requests/published.ts'
import { conditionsOf, lastOf, localConditions, openSteps, probationUntil, STEPS, stepRule } from './contract.ts'
import { assertNoBlock, whyNot } from './operations/take.ts'
import { courseOf, record, settle, viewOf, writeStep } from './store.ts'

const KINDS: readonly RequestKind[] = [...STEPS.flatMap(({ request }) => (request ? [request] : [])), 'prolongation']
const stepFor = (kind: RequestKind) => STEPS.find(({ request }) => request === kind)?.no

/** Ties the requests about people being developed to their steps: what fills the text, when one can be sent, what an answer does. */
export function listenToReplies(): void {
  onComposing(KINDS, fields)
  beforeSending(KINDS, mayBeSent)
  onReply(KINDS, answered)
}

async function fields(ctx: Ctx, { orgId, aboutId }: About): Promise<Record<string, string>> {
  const row = aboutId && (await courseOf(ctx, orgId, aboutId))
  if (!row || ctx.actor.holds('development.read', row.path) !== true) return {}
  const { course } = await viewOf(ctx, row)
  const said = (date: string | undefined) => (date ? dateName(onDay(date)) : '')
  const on = (no: number) => said(lastOf(course, no)?.on)
  const assembly = lastOf(course, 23) ?? lastOf(course, 15)
  const training = lastOf(course, 11)
  return {
    appliedOn: on(1),
    talkedOn: on(2),
    chosenOn: on(7) || on(3),
    activistOn: on(3),
    targetOn: on(7),
    trained: training?.hours ? `${training.hours} 学时` : training?.days ? `${training.days} 天` : '',
    examinedOn: on(12),
    reviewedOn: on(13),
    assemblyOn: said(assembly?.on),
    admittedOn: on(15),
    probationUntil: said(probationUntil(course)),
    months: row.prolong_months === null ? '' : String(row.prolong_months),
    ...(assembly?.votes ? Object.fromEntries(Object.entries(assembly.votes).map(([k, n]) => [k, String(n)])) : {}),
  }
}

async function mayBeSent(ctx: Ctx, { orgId, kind, aboutId, sentOn }: About & { sentOn: string }): Promise<Refusal | undefined> {
  const row = aboutId ? await courseOf(ctx, orgId, aboutId) : undefined
  if (!row) return conflict('no-course', '这个人没有在本支部登记发展过程，请先登记入党申请或补录')
  if (kind === 'prolongation') {
    if (row.prolong_months === null) return conflict('not-proposed', '请先在发展党员里登记支部大会延长预备期的意见')
    return row.prolonged_until === null ? undefined : conflict('prolonged-already', '预备期只能延长一次')
  }
  const no = stepFor(kind)!
  const { course } = await viewOf(ctx, row)
  // The talk from above comes between the assembly and the approval: the request does not wait for it.
  const ready = openSteps(course).includes(no) || (no === 17 && openSteps(course).includes(16))
  if (!ready) return conflict('not-yet', `还不到报送这一步：${whyNot(no, course)}`)
  const local = localConditions(course, no, sentOn).find(({ level }) => level === 'block')
  if (local) return conflict(local.code, `${local.says}。依据：${local.clause}`)
  const last = course.steps.map(({ on }) => on).reduce((a, b) => (a > b ? a : b))
  return sentOn < last ? conflict('sent-before', `前一步是 ${last} 办的，报送日期不能更早`) : undefined
}

async function answered(ctx: Ctx, reply: Reply): Promise<void> {
  const row = reply.aboutId ? await courseOf(ctx, reply.orgId, reply.aboutId) : undefined
  if (!row || reply.decision !== 'agreed') return
  if (reply.kind === 'prolongation') return prolonged(ctx, row, reply)
  const no = stepFor(reply.kind)!
  const { course } = await viewOf(ctx, row)
  if (!openSteps(course).includes(no)) throw conflict('not-yet', `现在还不能批复：${whyNot(no, course)}`)
  const step = { no, on: reply.answeredOn, entered: false, requestId: reply.id, papers: stepRule(no).papers }
  assertNoBlock(conditionsOf(course, step))
  await writeStep(ctx, row, step)
  await settle(ctx, row)
}

async function prolonged(ctx: Ctx, row: NonNullable<Awaited<ReturnType<typeof courseOf>>>, { answeredOn }: Reply): Promise<void> {
  const { course } = await viewOf(ctx, row)
  const until = addMonths(probationUntil(course)!, row.prolong_months!)
  const body = { until, months: row.prolong_months! }
  record(ctx, 'development.prolonged', { subject: row.id, orgId: row.org_id, personId: row.person_id, happenedOn: answeredOn, body })
  await sql`update development.course set prolonged_until = ${until} where org_id = ${row.org_id} and id = ${row.id}`.execute(ctx.db)
  await settle(ctx, row)
}
