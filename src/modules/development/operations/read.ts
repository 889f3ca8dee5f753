import { sql } from 'kysely'
import { z } from 'zod'
import { dateAt } from '#kernel/civilDate.ts'
import { type Ctx, query } from '#kernel/operation.ts'
import { afterCursor, cut, type OrderBy, orderOf, Paged, pageOf } from '#kernel/paging.ts'
import { orgSeen } from '#modules/organisation/published.ts'
import { CODES, STAGES, Stop } from '../contract.ts'
import { type Course, findingsOf, openSteps } from '../course.ts'
import { planOf } from '../plan.ts'
import { stepRule } from '../steps.ts'
import { type CourseRow, courseColumns, coursesPlaced, type StepRow, stepsOf, takenOf } from '../store.ts'

export const Card = z.object({
  id: z.string(),
  version: z.int(),
  personId: z.string(),
  name: z.string(),
  orgId: z.string(),
  orgName: z.string(),
  state: z.enum(['open', 'stopped', 'done']),
  /** 0 申请入党 … 4 考察转正, 5 archived. */
  stage: z.int(),
  stageName: z.string(),
  dueOn: z.string().nullable(),
  /** What is due by then. */
  due: z.string().nullable(),
  /** The step that comes next, whoever takes it; null when none does. */
  next: z.string().nullable(),
  /** From this day a step can be taken that cannot be yet. */
  fromOn: z.string().nullable(),
  late: z.boolean(),
  enteredThrough: z.int(),
  stopReason: Stop.nullable(),
})

export const cardOf = (c: CourseRow, today: string, open: readonly number[]): z.output<typeof Card> => ({
  id: c.id,
  version: c.version,
  personId: c.person_id,
  name: c.person,
  orgId: c.org_id,
  orgName: c.org_name,
  state: c.state,
  stage: c.stage,
  stageName: STAGES[c.stage] ?? '已归档',
  dueOn: c.due_on,
  due: c.due_no === null ? null : stepRule(c.due_no).title,
  next: nextOf(c, open),
  fromOn: c.from_on,
  late: c.due_on !== null && c.due_on < today,
  enteredThrough: c.entered_through,
  stopReason: c.stop_reason,
})

/** Of the steps that can come next the first that is no mere repetition. */
function nextOf(c: CourseRow, open: readonly number[]): string | null {
  const no = open.find((n) => !stepRule(n).repeated) ?? open[0]
  return c.state === 'open' && no !== undefined ? stepRule(no).title : null
}

const VIEWS = ['open', 'late', 'done', 'stopped'] as const

export const list = query('development.list', {
  title: '发展党员',
  input: Paged.extend({
    orgId: z.uuid().optional(),
    view: z.enum(VIEWS).default('open'),
    stage: z.int().min(0).max(4).optional(),
    text: z.string().trim().min(1).max(60).optional(),
  }),
  output: pageOf(Card).extend({
    /** How many are in each of the five stages, and how many are late. */
    stages: z.array(z.object({ name: z.string(), count: z.int() })),
    late: z.int(),
    plan: z.object({ year: z.int(), number: z.int().nullable(), received: z.int(), waiting: z.int() }).nullable(),
    can: z.object({ manage: z.boolean() }),
  }),
  load: async (ctx, { orgId }) => (orgId ? orgSeen(ctx, orgId, 'development.read') : null),
  may: (actor) => actor.holdsAnywhere('development.read'),
  run: async (ctx, { after, limit, view, stage, text }, org) => {
    const today = dateAt(ctx.now)
    const here = sql`${org ? sql`o.path >= ${org.path} and o.path < ${`${org.path}~`}` : sql`true`} and ${ctx.actor.within('development.read', 'o.path')}`
    const which = {
      open: sql`c.state = 'open'`,
      late: sql`c.state = 'open' and c.due_on < ${today}::date`,
      done: sql`c.state = 'done'`,
      stopped: sql`c.state = 'stopped'`,
    }[view]
    const order: OrderBy[] = [{ by: sql`coalesce(c.due_on, '9999-12-31'::date)` }, { by: sql`c.id` }]
    const named = text ? sql`p.name like ${`${text.replaceAll(/[\\%_]/g, '\\$&')}%`}` : sql`true`
    const { rows } = await sql<CourseRow>`select ${courseColumns} from ${coursesPlaced}
      where ${here} and ${which} and ${named} and ${stage === undefined ? sql`true` : sql`c.stage = ${stage}`} and ${afterCursor(order, after)}
      order by ${orderOf(order)} limit ${limit + 1}`.execute(ctx.db)
    const counted = await sql<{ stage: number; count: number; late: number }>`select c.stage, count(*)::int as count,
        count(*) filter (where c.due_on < ${today}::date)::int as late
      from ${coursesPlaced} where ${here} and c.state = 'open' group by c.stage`.execute(ctx.db)
    const { items, next } = cut(rows, limit, (c) => [c.due_on ?? '9999-12-31', c.id])
    const year = Number(today.slice(0, 4))
    const open = await openOf(ctx, items)
    return {
      items: items.map((c) => cardOf(c, today, open.get(c.id) ?? [])),
      next,
      stages: STAGES.map((name, i) => ({ name, count: counted.rows.find((r) => r.stage === i)?.count ?? 0 })),
      late: counted.rows.reduce((sum, r) => sum + r.late, 0),
      plan: org ? { year, ...(await planOf(ctx.db, org.id, year)) } : null,
      can: { manage: (org ? ctx.actor.holds('development.manage', org.path) : ctx.actor.holdsAnywhere('development.manage')) === true },
    }
  },
})

/** Which steps can come next, by course. */
async function openOf(ctx: Ctx, rows: readonly CourseRow[]): Promise<Map<string, number[]>> {
  const found = new Map<string, number[]>()
  for (const [orgId, group] of Map.groupBy(rows, (r) => r.org_id)) {
    const ids = group.map(({ id }) => id)
    const steps = await stepsOf(ctx, orgId, ids)
    for (const row of group) found.set(row.id, openSteps(courseFrom(row, steps.get(row.id) ?? [])))
  }
  return found
}

// Birth dates stay out: what is listed here rests on facts alone.
const courseFrom = (row: CourseRow, steps: readonly StepRow[]): Course => ({
  steps: steps.map(takenOf),
  prolongedUntil: row.prolonged_until,
  enteredThrough: row.entered_through,
  birth: null,
})

const Finding = z.object({
  courseId: z.string(),
  name: z.string(),
  orgName: z.string(),
  no: z.int(),
  on: z.string(),
  code: z.enum(CODES),
  level: z.enum(['block', 'hint', 'verify']),
  says: z.string(),
  clause: z.string(),
  /** From paper: to be checked with the original. */
  entered: z.boolean(),
  facts: z.array(z.string()),
  open: z.string(),
})

/** Codes that say something is missing from the files rather than wrong. */
const QUIET: readonly string[] = ['birth-unknown']

export const findings = query('development.findings', {
  title: '发展党员需要核对的地方',
  input: z.object({ orgId: z.uuid(), year: z.int().min(1949).max(2100).optional() }),
  output: z.object({ items: z.array(Finding) }),
  load: (ctx, { orgId }) => orgSeen(ctx, orgId, 'development.read'),
  may: (actor, org) => actor.holds('development.read', org.path),
  run: async (ctx, { year }, org) => {
    const { rows } = await sql<CourseRow>`select ${courseColumns} from ${coursesPlaced}
      where o.path >= ${org.path} and o.path < ${`${org.path}~`} and c.state <> 'stopped'
        and exists (select from development.step s where s.org_id = c.org_id and s.course_id = c.id
          and ${year === undefined ? sql`true` : sql`s.taken_on >= ${`${year}-01-01`}::date and s.taken_on <= ${`${year}-12-31`}::date`})
      order by c.org_id, c.id limit 500`.execute(ctx.db)
    const items: z.output<typeof Finding>[] = []
    for (const [orgId, group] of Map.groupBy(rows, (r) => r.org_id)) {
      const steps = await stepsOf(
        ctx,
        orgId,
        group.map(({ id }) => id),
      )
      for (const row of group) {
        const taken = steps.get(row.id) ?? []
        const course = courseFrom(row, taken)
        for (const { step, condition } of findingsOf(course)) {
          if (QUIET.includes(condition.code) || (year !== undefined && !step.on.startsWith(String(year)))) continue
          const source = taken.find((s) => s.no === step.no && s.taken_on === step.on)!
          items.push({
            courseId: row.id,
            name: row.person,
            orgName: row.org_name,
            no: step.no,
            on: step.on,
            ...{ code: condition.code, level: condition.level, says: condition.says, clause: condition.clause },
            entered: step.entered,
            facts: [source.fact_id],
            open: `/development/${row.id}`,
          })
        }
      }
    }
    return { items: items.sort((a, b) => (a.on < b.on ? 1 : -1)).slice(0, 200) }
  },
})
