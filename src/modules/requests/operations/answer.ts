import { sql } from 'kysely'
import { z } from 'zod'
import { dateAt } from '#kernel/civilDate.ts'
import { invalid, stale } from '#kernel/errors.ts'
import { type Ctx, command } from '#kernel/operation.ts'
import { retract } from '#ledger/facts.ts'
import { Decision } from '../contract.ts'
import { locked, type Seen } from '../find.ts'
import { tellReply } from '../hooks.ts'
import { tellAnswered, tellWithdrawn, toldOf } from '../news.ts'
import { policy } from '../policy.ts'
import { record } from '../tables.ts'
import { assertNotAhead, nextNumber } from './send.ts'

const Step = z.object({ id: z.uuid(), version: z.int() })
const Done = z.object({ id: z.uuid(), version: z.int() })

export const register = command('requests.register', {
  title: '登记收到的请示',
  input: Step.extend({ on: z.iso.date().optional() }),
  output: Done,
  load: locked,
  may: (actor, r) => policy.register(actor, r),
  run: async (ctx, { version, on = dateAt(ctx.now) }, r) => {
    assertFresh(version, r)
    assertBetween(ctx, on, r.sent_on, 'on', '报送')
    const number = r.in_no ?? (await nextNumber(ctx, r.to_org_id, 'in_no', 'registered_on', 'to_org_id', on))
    record(ctx, 'request.registered', { subject: r.id, orgId: r.to_org_id, happenedOn: on, body: { round: r.round } })
    await sql`update requests.request set state = 'registered', registered_on = ${on}, in_no = ${number}, version = version + 1
      where org_id = ${r.org_id} and id = ${r.id}`.execute(ctx.db)
    return { id: r.id, version: r.version + 1 }
  },
})

const DocNo = z.string().trim().min(1).max(60)
const Reply = z.string().trim().max(10_000)

export const answer = command('requests.answer', {
  title: '答复请示',
  input: Step.extend({
    decision: Decision,
    /** 文号 of the 批复; none for what is sent back and for a 廉政意见. */
    docNo: DocNo.nullable().default(null),
    answeredOn: z.iso.date().optional(),
    reply: Reply.default(''),
  }),
  output: Done,
  load: locked,
  may: (actor, r) => policy.answer(actor, r),
  run: async (ctx, { version, decision, docNo, answeredOn = dateAt(ctx.now), reply }, r) => {
    assertFresh(version, r)
    assertBetween(ctx, answeredOn, r.sent_on, 'answeredOn', '报送')
    assertSaid(r, decision, docNo, reply)
    const number = r.in_no ?? (await nextNumber(ctx, r.to_org_id, 'in_no', 'registered_on', 'to_org_id', answeredOn))
    const facts = recordAnswer(ctx, r, decision, answeredOn)
    // Of a 廉政意见 only the reply is kept: why somebody asked is nobody's matter afterwards.
    const body = r.kind === 'integrityOpinion' && decision !== 'returned' ? '（已答复，原文不留存）' : r.body
    await sql`update requests.request set state = ${decision}, doc_no = ${docNo}, reply = ${reply}, answered_on = ${answeredOn}, body = ${body},
        registered_on = coalesce(registered_on, ${answeredOn}::date), in_no = ${number}, answered_by = ${ctx.actor.personId},
        answered_name = ${ctx.actor.name}, answered_fact = ${facts.answered}, reply_fact = ${facts.received}, version = version + 1
      where org_id = ${r.org_id} and id = ${r.id}`.execute(ctx.db)
    await tellAnswered(ctx, toldOf(r), decision)
    await tellReply(ctx, {
      id: r.id,
      orgId: r.org_id,
      toOrgId: r.to_org_id,
      kind: r.kind,
      aboutId: r.about_id,
      decision,
      docNo,
      answeredOn,
    })
    return { id: r.id, version: r.version + 1 }
  },
})

export const correctAnswer = command('requests.correctAnswer', {
  title: '更正批复的文号或日期',
  input: Step.extend({ docNo: DocNo, answeredOn: z.iso.date(), reply: Reply.default('') }),
  output: Done,
  load: locked,
  may: (actor, r) => policy.correct(actor, r),
  run: async (ctx, { version, docNo, answeredOn, reply }, r) => {
    assertFresh(version, r)
    assertBetween(ctx, answeredOn, r.sent_on, 'answeredOn', '报送')
    const decision = r.state as Decision
    retract(ctx, { orgId: r.to_org_id, factId: r.answered_fact!, kind: 'request.answered', reason: 'mistake' })
    retract(ctx, { orgId: r.org_id, factId: r.reply_fact!, kind: 'reply.received', reason: 'mistake' })
    const facts = recordAnswer(ctx, r, decision, answeredOn)
    await sql`update requests.request set doc_no = ${docNo}, answered_on = ${answeredOn}, reply = ${reply},
        answered_by = ${ctx.actor.personId}, answered_name = ${ctx.actor.name}, answered_fact = ${facts.answered},
        reply_fact = ${facts.received}, version = version + 1
      where org_id = ${r.org_id} and id = ${r.id}`.execute(ctx.db)
    return { id: r.id, version: r.version + 1 }
  },
})

export const withdraw = command('requests.withdraw', {
  title: '撤回请示',
  input: Step,
  output: Done,
  load: locked,
  may: (actor, r) => policy.withdraw(actor, r),
  run: async (ctx, { version }, r) => {
    assertFresh(version, r)
    record(ctx, 'request.withdrawn', { subject: r.id, orgId: r.org_id, body: { kind: r.kind } })
    // What was sent back has been answered in its time and stays so; an open one is no longer the superior's duty.
    if (r.state !== 'returned') retract(ctx, { orgId: r.to_org_id, factId: r.received_fact, kind: 'request.received', reason: 'cancelled' })
    await sql`update requests.request set state = 'withdrawn', version = version + 1
      where org_id = ${r.org_id} and id = ${r.id}`.execute(ctx.db)
    await tellWithdrawn(ctx, r)
    return { id: r.id, version: r.version + 1 }
  },
})

function recordAnswer(ctx: Ctx, r: Seen, decision: Decision, happenedOn: string) {
  const body = { kind: r.kind, decision, round: r.round }
  return {
    answered: record(ctx, 'request.answered', { subject: r.id, orgId: r.to_org_id, happenedOn, body: { ...body, fromOrgId: r.org_id } }),
    received: record(ctx, 'reply.received', { subject: r.id, orgId: r.org_id, happenedOn, body: { ...body, aboutId: r.about_id } }),
  }
}

function assertSaid(r: Seen, decision: Decision, docNo: string | null, reply: string) {
  if (decision === 'returned' && reply === '') throw invalid('what-missing', '退回补充要说明补什么', { reply: ['请写要补充什么'] })
  if (r.kind === 'integrityOpinion') {
    if (reply === '') throw invalid('opinion-missing', '请填廉政意见的答复原文', { reply: ['必填'] })
    return
  }
  if (decision !== 'returned' && docNo === null)
    throw invalid('number-missing', '请填批复的文号', { docNo: ['必填，例如 示例矿党〔2026〕11号'] })
}

function assertFresh(version: number, r: Seen) {
  if (version !== r.version) throw stale({ version }, { version: r.version, state: r.state, docNo: r.doc_no, answeredOn: r.answered_on })
}

function assertBetween(ctx: Ctx, on: string, from: string, field: string, what: string) {
  assertNotAhead(ctx, on, field)
  if (on < from) throw invalid('before-sending', `这份请示 ${from} ${what}，请填这一天或之后的日期`, { [field]: [`请填 ${from} 或之后`] })
}
