import { sql } from 'kysely'
import { z } from 'zod'
import { addYears, dateAt } from '#kernel/civilDate.ts'
import { all, conflict, forbidden, invalid, stale } from '#kernel/errors.ts'
import { newId } from '#kernel/id.ts'
import { type Ctx, command } from '#kernel/operation.ts'
import { recorderOf, retract } from '#ledger/facts.ts'
import { notify, tellDesk } from '#modules/notifications/published.ts'
import { BRANCH_KINDS } from '#modules/organisation/contract.ts'
import { orgCard, orgSeen, personSeen } from '#modules/organisation/published.ts'
import { OPEN_STATES } from '#modules/tasks/contract.ts'
import { giveTasks, tasksFrom } from '#modules/tasks/published.ts'
import { standardFacts } from '../contract.ts'
import { lockedOverhaul, type Stored, weakRuleAt, writeStep } from '../overhauls.ts'
import { REASONS, type Reason, situationsOf } from '../weak.ts'
import { factsBehind, knownUnder } from '../weakKnown.ts'

const record = recorderOf(standardFacts)
const ReasonKey = z.enum(Object.keys(REASONS) as [Reason, ...Reason[]])
const Step = { id: z.uuid(), version: z.int() }
const Done = z.object({ id: z.uuid(), version: z.int() })
const Words = z.string().trim().min(4, '请写清楚').max(2000)
const openPage = (id: string) => `/overhauls/${id}`

export const beginOverhaul = command('standards.beginOverhaul', {
  title: '把支部列入整顿',
  input: z.object({
    /** The branch. */
    orgId: z.uuid(),
    reasons: z.array(ReasonKey).min(1, '请选列入的情形').max(4),
    helperId: z.uuid(),
    untilOn: z.iso.date(),
    plan: Words,
  }),
  output: Done,
  load: async (ctx, { orgId, helperId }) => {
    const org = await orgSeen(ctx, orgId, 'standards.overhaul')
    if (!org || !(await personSeen(ctx, helperId))) return undefined
    return { org, above: org.parentId === null ? undefined : await orgCard(ctx.db, org.parentId) }
  },
  may: (actor, { above }) =>
    above ? actor.holds('standards.overhaul', above.path) : forbidden('no-superior', '要由支部的上级党组织确认列入整顿'),
  run: async (ctx, { orgId, reasons, helperId, untilOn, plan }, { org, above }) => {
    if (!BRANCH_KINDS.includes(org.kind)) throw conflict('not-a-branch', '整顿针对支部，请选一个支部')
    const today = dateAt(ctx.now)
    assertTerm(untilOn, today)
    const rule = await weakRuleAt(ctx.db, orgId)
    if (!rule?.isOn) throw conflict('rule-off', '本单位没有启用软弱涣散的认定情形，请先写明依据再启用')
    const [known] = (await knownUnder(ctx, org.path, today)).filter((k) => k.orgId === orgId)
    const shown = known ? situationsOf(known, rule, today) : []
    const chosen = shown.filter(({ reason }) => reasons.includes(reason))
    if (chosen.length < new Set(reasons).size) throw conflict('not-shown', '记录里没有所选的情形，不能据此列入；情况变了的请刷新后再看')
    await sql`select from organisation.org where id = ${orgId} for update`.execute(ctx.db)
    const { rows } = await sql`select from standards.overhaul where org_id = ${orgId} and state = 'open'`.execute(ctx.db)
    if (rows.length > 0) throw conflict('begun-already', '这个支部已经在整顿，请打开那一条')
    const id = newId()
    const fact = record(ctx, 'overhaul.begun', { subject: id, orgId, body: { reasons: chosen.map((c) => c.reason), until: untilOn } })
    await sql`insert into standards.overhaul (org_id, id, by_org_id, reasons, says, fact_ids, begun_on, until_on, helper_id, state,
        begun_fact, version)
      values (${orgId}, ${id}, ${above!.id}, ${chosen.map((c) => c.reason)}::text[], ${chosen.map((c) => c.says)}::text[],
        ${(await factsBehind(ctx, [orgId])).get(orgId) ?? []}::uuid[], ${today}, ${untilOn}, ${helperId}, 'open', ${fact}, 1)`.execute(
      ctx.db,
    )
    await writeStep(ctx, { org_id: orgId, id }, 'begun', plan)
    await tellDesk(ctx, orgId, {
      kind: BEGUN,
      key: id,
      text: '上级党组织把本支部列入整顿，请看依据和措施，可以说明情况',
      open: openPage(id),
    })
    await notify(ctx, [{ personId: helperId, kind: BEGUN, key: id, text: '请你联系帮助一个支部整顿', open: openPage(id) }])
    return { id, version: 1 }
  },
})

const BEGUN = 'standards.overhaulBegun'
const SAID = 'standards.overhaulSaid'

function assertTerm(untilOn: string, today: string) {
  if (untilOn <= today) throw invalid('past-term', '整顿期限应在今天以后', { untilOn: ['请填今天以后'] })
  if (untilOn > addYears(today, 1)) throw invalid('far-term', '整顿期限一般不超过一年', { untilOn: ['请填一年以内'] })
}

/** The superior's own steps: who may lead stands above the branch. */
const mayLead = (actor: Ctx['actor'], v: Stored) =>
  v.above_id === null ? forbidden('no-superior', '要由支部的上级党组织办理') : actor.holds('standards.overhaul', v.above)

export const giveMeasure = command('standards.giveMeasure', {
  title: '交办一条整顿措施',
  input: z.object({
    ...Step,
    title: z.string().trim().min(2).max(100),
    text: Words,
    leadId: z.uuid().nullable().default(null),
    dueOn: z.iso.date(),
  }),
  output: Done,
  load: async (ctx, { id, leadId }) => {
    if (leadId && !(await personSeen(ctx, leadId))) return undefined
    return lockedOverhaul(ctx, { id })
  },
  may: mayLead,
  run: async (ctx, { version, title, text, leadId, dueOn }, v) => {
    assertOpen(v, version)
    if (dueOn < dateAt(ctx.now)) throw invalid('past-term', '时限不能早于今天', { dueOn: ['不能早于今天'] })
    const stepId = newId()
    const line = { title, text, source: 'overhaul' as const, sourceId: stepId, placeId: v.id, giverOrgId: v.by_org_id }
    const [taskId] = await giveTasks(ctx, [{ ...line, leadOrgId: v.org_id, leadId, dueOn }])
    await writeStep(ctx, v, 'measure', title, { id: taskId!, stepId })
    return next(ctx, v)
  },
})

export const sayOverhaul = command('standards.sayOverhaul', {
  title: '说明整顿情况',
  input: z.object({ ...Step, text: Words }),
  output: Done,
  load: lockedOverhaul,
  may: (actor, v) =>
    actor.personId === v.helper_id ||
    actor.holds('standards.mark', v.path) === true ||
    forbidden('not-concerned', '由支部和联系人说明情况'),
  run: async (ctx, { version, text }, v) => {
    assertOpen(v, version)
    const stepId = await writeStep(ctx, v, 'said', text)
    const news = { kind: SAID, key: stepId, text: `${v.org_name}说明了整顿情况`, open: openPage(v.id) }
    await tellDesk(ctx, v.by_org_id, news, ctx.actor.personId)
    return next(ctx, v)
  },
})

export const extendOverhaul = command('standards.extendOverhaul', {
  title: '没有达标，延长整顿',
  input: z.object({ ...Step, untilOn: z.iso.date(), text: Words }),
  output: Done,
  load: lockedOverhaul,
  may: mayLead,
  run: async (ctx, { version, untilOn, text }, v) => {
    assertOpen(v, version)
    assertTerm(untilOn, dateAt(ctx.now))
    if (untilOn <= v.until_on) throw invalid('not-later', `原来到 ${v.until_on}，延长的应更晚`, { untilOn: [`请填 ${v.until_on} 以后`] })
    record(ctx, 'overhaul.extended', { subject: v.id, orgId: v.org_id, body: { until: untilOn } })
    await sql`update standards.overhaul set until_on = ${untilOn} where org_id = ${v.org_id} and id = ${v.id}`.execute(ctx.db)
    await writeStep(ctx, v, 'extended', text)
    return next(ctx, v)
  },
})

export const passOverhaul = command('standards.passOverhaul', {
  title: '验收合格，整顿结束',
  input: z.object({ ...Step, text: Words }),
  output: Done,
  load: lockedOverhaul,
  may: (actor, v) =>
    all(mayLead(actor, v), actor.personId !== v.helper_id || forbidden('own-help', '联系帮助的人不能验收，请另一位同志验收')),
  run: async (ctx, { version, text }, v) => {
    assertOpen(v, version)
    const tasks = [...(await tasksFrom(ctx.db, v.id)).values()]
    const left = tasks.filter(({ state }) => (OPEN_STATES as readonly string[]).includes(state)).length
    if (tasks.length === 0) throw conflict('no-measure', '还没有交办过整顿措施，不能验收')
    if (left > 0) throw conflict('measures-open', `还有 ${left} 条措施没有办结验收，办结以后再结束整顿`)
    record(ctx, 'overhaul.ended', { subject: v.id, orgId: v.org_id, body: { result: 'passed' } })
    await end(ctx, v, 'passed', text)
    return next(ctx, v)
  },
})

export const withdrawOverhaul = command('standards.withdrawOverhaul', {
  title: '撤回列入整顿的决定',
  input: z.object({ ...Step, text: Words }),
  output: Done,
  load: lockedOverhaul,
  may: mayLead,
  run: async (ctx, { version, text }, v) => {
    assertOpen(v, version)
    retract(ctx, { orgId: v.org_id, factId: v.begun_fact, kind: 'overhaul.begun', reason: 'mistake' })
    await end(ctx, v, 'withdrawn', text)
    return next(ctx, v)
  },
})

async function end(ctx: Ctx, v: Stored, state: 'passed' | 'withdrawn', text: string) {
  await sql`update standards.overhaul set state = ${state}, ended_on = ${dateAt(ctx.now)}
    where org_id = ${v.org_id} and id = ${v.id}`.execute(ctx.db)
  await writeStep(ctx, v, state, text)
  const says = state === 'passed' ? '本支部整顿验收合格，已经结束' : '上级党组织撤回了列入整顿的决定'
  await tellDesk(ctx, v.org_id, { kind: `${BEGUN}.${state}`, key: v.id, text: says, open: openPage(v.id) })
}

function assertOpen(v: Stored, version: number) {
  if (version !== v.version) throw stale({ version }, { version: v.version })
  if (v.state !== 'open') throw conflict('ended-already', '这次整顿已经结束，请刷新后再看')
}

async function next(ctx: Ctx, v: Stored) {
  await sql`update standards.overhaul set version = version + 1 where org_id = ${v.org_id} and id = ${v.id}`.execute(ctx.db)
  return { id: v.id, version: v.version + 1 }
}
