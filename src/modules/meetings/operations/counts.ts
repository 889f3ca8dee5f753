import { sql } from 'kysely'
import { z } from 'zod'
import { json } from '#kernel/database.ts'
import { type Fields, forbidden, invalid } from '#kernel/errors.ts'
import { anyone, type Ctx, command, query } from '#kernel/operation.ts'
import { COUNT_STATES, type CountState, CountView, Figures, PAPER_CHOICES, PaperChoice, VOTE_RULES, type VoteRuleKey } from '../contract.ts'
import { countPolicy, countView, linesOf, lockedCount, mayTypeLine, type SeenCount, seenCount, sideOf } from '../counting/count.ts'
import { checkFigures, sameFigures } from '../counting/figures.ts'
import { openCount } from '../counting/open.ts'
import { seenOrg } from '../find.ts'
import { type SeenPlan, seenPlan } from '../planning/find.ts'
import { planView } from '../planning/view.ts'
import { record } from '../tables.ts'

const text = (max: number) => z.string().trim().min(1).max(max)
const people = z.array(z.uuid()).min(1, '请至少选一位').max(10)
const State = z.enum(Object.keys(COUNT_STATES) as [CountState, ...CountState[]])

export const openPaperCount = command('meetings.openCount', {
  title: '开始纸票计数',
  input: z.object({
    orgId: z.uuid(),
    /** The meeting at which they vote. */
    planId: z.uuid().optional(),
    title: text(200),
    choices: PaperChoice.default('vote'),
    rule: z
      .enum(Object.keys(VOTE_RULES) as [VoteRuleKey, ...VoteRuleKey[]])
      .nullable()
      .default(null),
    entitled: z.int().min(1).max(10_000),
    present: z.int().min(1).max(10_000),
    /** Votes handed out. */
    issued: z.int().min(1).max(10_000),
    tellerIds: people,
    scrutineerIds: people,
    lines: z
      .array(z.strictObject({ title: text(200), personId: z.uuid().nullable().default(null) }))
      .min(1, '请写表决的事项')
      .max(300),
  }),
  output: z.object({ id: z.uuid() }),
  load: (ctx, { orgId }) => seenOrg(ctx, orgId),
  may: (actor, org) => actor.holds('meetings.record', org.path),
  run: async (ctx, { planId, ...given }) => {
    const plan = planId ? await seenPlan(ctx, { id: planId }) : undefined
    if (planId && plan?.org_id !== given.orgId)
      throw invalid('no-such-plan', '没有找到这次会议的安排', { planId: ['没有找到这次会议的安排'] })
    if (plan?.election && given.rule === 'election') await assertElectoralBase(ctx, plan, given.entitled)
    return { id: await openCount(ctx, { ...given, planId: planId ?? null }) }
  },
})

export const typeCount = command('meetings.typeCount', {
  title: '录入纸票计数',
  input: z.object({
    id: z.uuid(),
    lines: z
      .array(z.strictObject({ position: z.int().min(0).max(300), figures: Figures }))
      .min(1)
      .max(300),
  }),
  output: z.object({
    state: State,
    agreed: z.int(),
    /** Lines on which the two do not agree, by position: both count again. */
    differ: z.array(z.int()),
    waiting: z.int(),
  }),
  load: lockedCount,
  may: countPolicy.type,
  run: async (ctx, { lines }, c) => {
    const before = await linesOf(ctx, c)
    const side = sideOf(ctx.actor.personId, c)!
    const wrong: Fields = {}
    for (const [i, { position, figures }] of lines.entries()) {
      const found = before.find((b) => b.line.position === position)
      if (!found) wrong[`lines.${i}.position`] = ['没有这一项']
      else if (found.line.agreed) wrong[`lines.${i}.position`] = ['这一项两人已经一致，不能再改']
      else if (mayTypeLine(ctx.actor, found.line) !== true) throw forbidden('own-line', '关于你本人的票由另一位计票人（监票人）计数')
      else checkFigures(figures, c.choices, c.issued, `lines.${i}.figures`, wrong)
    }
    if (Object.keys(wrong).length > 0) throw invalid('invalid-input', Object.values(wrong)[0]![0]!, wrong)
    await keepTyped(ctx, c, side, lines, before)
    return settle(ctx, c)
  },
})

export const dropCount = command('meetings.dropCount', {
  title: '作废一次纸票计数',
  input: z.object({ id: z.uuid(), reason: text(200) }),
  output: z.object({ id: z.uuid(), state: State }),
  load: lockedCount,
  may: countPolicy.drop,
  run: async (ctx, { id, reason }, c) => {
    await sql`update meetings.count set state = 'dropped', reason = ${reason}, version = version + 1
      where org_id = ${c.org_id} and id = ${id}`.execute(ctx.db)
    return { id, state: 'dropped' as const }
  },
})

export const getCount = query('meetings.count', {
  title: '看一次纸票计数',
  input: z.object({ id: z.uuid() }),
  output: CountView,
  load: seenCount,
  may: anyone,
  run: (ctx, _input, c) => countView(ctx, c),
})

export const countsOf = query('meetings.counts', {
  title: '看一次会议的纸票计数',
  input: z.object({ planId: z.uuid() }),
  output: z.object({ items: z.array(CountView) }),
  load: (ctx, { planId }) => seenPlan(ctx, { id: planId }),
  may: anyone,
  run: async (ctx, _input, plan) => {
    const { rows } = await sql<{ id: string }>`select id from meetings.count where org_id = ${plan.org_id} and plan_id = ${plan.id}
      order by opened_at, id limit 30`.execute(ctx.db)
    const seen = await Promise.all(rows.map((r) => seenCount(ctx, r)))
    return { items: await Promise.all(seen.filter((c) => c !== undefined).map((c) => countView(ctx, c))) }
  },
})

/** At an election 应到 is what roster, agreements and decisions say, never what somebody types. */
async function assertElectoralBase(ctx: Ctx, plan: SeenPlan, entitled: number): Promise<void> {
  const { quorum } = await planView(ctx, plan)
  if (quorum?.of === entitled) return
  const why = `这次选举应到会有选举权 ${quorum?.of ?? 0} 人，请刷新后再开始计数`
  throw invalid('electoral-base', why, { entitled: [why] })
}

async function keepTyped(
  ctx: Ctx,
  c: SeenCount,
  side: 'teller' | 'scrutineer',
  lines: readonly { position: number; figures: Figures }[],
  before: Awaited<ReturnType<typeof linesOf>>,
) {
  const last = (position: number) => before.find((b) => b.line.position === position)?.[side]?.attempt ?? 0
  const rows = lines.map(({ position, figures }) => ({ position, figures, attempt: last(position) + 1 }))
  await sql`insert into meetings.count_typed (org_id, count_id, position, side, attempt, by_id, figures, at)
    select ${c.org_id}::uuid, ${c.id}::uuid, r.position, ${side}, r.attempt, ${ctx.actor.personId}::uuid, r.figures, ${ctx.now}::timestamptz
    from jsonb_to_recordset(${json(rows)}) as r(position int, attempt int, figures jsonb)`.execute(ctx.db)
}

/** Lines on which both agree are settled; when all are, the count is, and its figures become a fact. */
async function settle(ctx: Ctx, c: SeenCount) {
  const lines = await linesOf(ctx, c)
  const same = lines.filter(
    (l) => l.line.agreed === null && l.teller && l.scrutineer && sameFigures(l.teller.figures, l.scrutineer.figures),
  )
  for (const { line, teller } of same) {
    line.agreed = teller!.figures
    await sql`update meetings.count_line set agreed = ${json(line.agreed)}
      where org_id = ${c.org_id} and count_id = ${c.id} and position = ${line.position}`.execute(ctx.db)
  }
  const done = lines.every((l) => l.line.agreed !== null)
  if (done) {
    const options = Object.keys(PAPER_CHOICES[c.choices].options)
    const fact = record(ctx, 'count.agreed', {
      subject: c.id,
      orgId: c.org_id,
      body: {
        choices: c.choices,
        issued: c.issued,
        entitled: c.entitled,
        present: c.present,
        lines: lines.map(({ line }) => ({
          personId: line.person_id,
          returned: line.agreed!.returned,
          invalid: line.agreed!.invalid,
          votes: options.map((option) => line.agreed!.votes[option] ?? 0),
        })),
      },
    })
    await sql`update meetings.count set state = 'agreed', agreed_at = ${ctx.now}, fact_id = ${fact}, version = version + 1
      where org_id = ${c.org_id} and id = ${c.id}`.execute(ctx.db)
  }
  return {
    state: done ? ('agreed' as const) : ('typing' as const),
    agreed: lines.filter((l) => l.line.agreed !== null).length,
    differ: lines.filter((l) => l.line.agreed === null && l.teller && l.scrutineer).map((l) => l.line.position),
    waiting: lines.filter((l) => !l.teller || !l.scrutineer).length,
  }
}
