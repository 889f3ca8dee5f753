import { sql } from 'kysely'
import { z } from 'zod'
import { addDays, dateAt, daysBetween } from '#kernel/civilDate.ts'
import { type Ctx, query } from '#kernel/operation.ts'
import { ledgerAsOf } from '#ledger/reading.ts'
import { COMMITTEE_POSTS, POSTS } from '#modules/organisation/contract.ts'
import { orgCard } from '#modules/organisation/published.ts'
import { branchesUnder } from '../branches.ts'
import { DUTY_STATES, DutyKind, type DutyState, DutyView } from '../contract.ts'
import { knownFrom } from '../load.ts'
import { type DutyCase, dutiesOf } from '../owed.ts'
import { policy } from '../policy.ts'
import { viewOf } from '../view.ts'

const Year = z.int().min(1990).max(2100)
const ofOrg = {
  load: (ctx: Ctx, { orgId }: { orgId: string }) => visibleOrg(ctx, orgId),
  may: policy.read,
}

/** An organisation the reader may see duties of; others are not there. */
async function visibleOrg(ctx: Ctx, orgId: string) {
  const org = await orgCard(ctx.db, orgId)
  return org && ctx.actor.holds('duties.read', org.path) === true ? org : undefined
}

/** Facts may lie a year before: a yearly duty is judged on its whole year. */
async function casesOf(ctx: Ctx, orgIds: string[], from: string, to: string, asAt: string): Promise<DutyCase[]> {
  const known = await knownFrom(ctx.db, ledgerAsOf(), orgIds, yearStart(from), yearEnd(to))
  return orgIds.flatMap((id) => dutiesOf(known, id, { from, to, asAt }))
}
const yearStart = (day: string) => `${day.slice(0, 4)}-01-01`
const yearEnd = (day: string) => `${day.slice(0, 4)}-12-31`

export const year = query('duties.year', {
  title: '一个支部一年的应办事项',
  input: z.object({ orgId: z.uuid(), year: Year, asAt: z.iso.date().optional() }),
  output: z.object({ orgId: z.uuid(), name: z.string(), asAt: z.iso.date(), duties: z.array(DutyView) }),
  ...ofOrg,
  run: async (ctx, input, org) => {
    const asAt = input.asAt ?? dateAt(ctx.now)
    const cases = await casesOf(ctx, [org.id], `${input.year}-01-01`, `${input.year}-12-31`, asAt)
    return { orgId: org.id, name: org.name, asAt, duties: cases.map(viewOf) }
  },
})

export const now = query('duties.now', {
  title: '现在要办的事',
  input: z.object({ orgId: z.uuid(), day: z.iso.date().optional() }),
  output: z.object({ day: z.iso.date(), open: z.array(DutyView), overdue: z.array(DutyView), done: z.array(DutyView) }),
  ...ofOrg,
  run: async (ctx, input, org) => {
    const day = input.day ?? dateAt(ctx.now)
    const cases = await casesOf(ctx, [org.id], yearStart(day), day, day)
    const byDue = (a: DutyView, b: DutyView) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0)
    const of = (...states: DutyState[]) =>
      cases
        .filter((c) => states.includes(c.state))
        .map(viewOf)
        .sort(byDue)
    return { day, open: of('open'), overdue: of('overdue'), done: of('met').filter((d) => d.dueOn >= day) }
  },
})

const Cell = z.object({
  period: z.string(),
  state: z.enum(Object.keys(DUTY_STATES) as [DutyState, ...DutyState[]]),
  met: z.int(),
  expected: z.int(),
})
const GridRow = z.object({
  orgId: z.uuid(),
  name: z.string(),
  duties: z.array(z.object({ duty: DutyKind, cells: z.array(Cell) })),
  overdue: z.int(),
})

export const grid = query('duties.grid', {
  title: '各支部应办事项一览',
  input: z.object({
    orgId: z.uuid(),
    year: Year,
    asAt: z.iso.date().optional(),
    after: z.string().max(400).optional(),
    limit: z.int().min(1).max(100).default(30),
  }),
  output: z.object({ asAt: z.iso.date(), items: z.array(GridRow), next: z.string().nullable() }),
  ...ofOrg,
  run: async (ctx, { year, after, limit, ...input }, org) => {
    const asAt = input.asAt ?? dateAt(ctx.now)
    const span = { from: `${year}-01-01`, to: `${year}-12-31` }
    const found = await branchesUnder(ctx, org.path, span, { after, limit: limit + 1 })
    const page = found.slice(0, limit)
    const byOrg = Map.groupBy(
      await casesOf(
        ctx,
        page.map((b) => b.id),
        span.from,
        span.to,
        asAt,
      ),
      (c) => c.orgId,
    )
    const items = page.map((b) => rowOf(b.id, b.name, byOrg.get(b.id) ?? []))
    return { asAt, items, next: found.length > limit ? (page.at(-1)?.path ?? null) : null }
  },
})

function rowOf(orgId: string, name: string, cases: readonly DutyCase[]): z.output<typeof GridRow> {
  const duties = [...Map.groupBy(cases, (c) => c.duty)].map(([duty, of]) => ({
    duty,
    cells: of.map((c) => ({ period: c.period.key, state: c.state, met: c.met, expected: c.expected })),
  }))
  return { orgId, name, duties, overdue: cases.filter((c) => c.state === 'overdue').length }
}

/** Days before the period's end on which people are reminded, by length of the period. */
const REMIND_BEFORE = { month: 10, quarter: 20, half: 30, year: 60 } as const

const Reminder = z.object({
  orgId: z.uuid(),
  orgName: z.string(),
  to: z.array(z.object({ name: z.string(), post: z.string() })),
  duty: DutyView,
  daysLeft: z.int(),
})

export const reminders = query('duties.reminders', {
  title: '某一天会提醒谁办什么',
  input: z.object({
    orgId: z.uuid(),
    day: z.iso.date(),
    after: z.string().max(400).optional(),
    limit: z.int().min(1).max(100).default(50),
  }),
  output: z.object({ day: z.iso.date(), items: z.array(Reminder), next: z.string().nullable() }),
  ...ofOrg,
  run: async (ctx, { day, after, limit }, org) => {
    const found = await branchesUnder(ctx, org.path, { from: day, to: day }, { after, limit: limit + 1 })
    const page = found.slice(0, limit)
    const ids = page.map((b) => b.id)
    const due = (await casesOf(ctx, ids, day, day, day)).filter((c) => c.state === 'open' && isReminded(c, day))
    const holders = await holdersOn(ctx, ids, day)
    const names = new Map(page.map((b) => [b.id, b.name]))
    const items = due.map((c) => ({
      orgId: c.orgId,
      orgName: names.get(c.orgId) ?? '',
      to: holders.get(c.orgId) ?? [],
      duty: viewOf(c),
      daysLeft: daysBetween(day, c.period.to),
    }))
    return { day, items, next: found.length > limit ? (page.at(-1)?.path ?? null) : null }
  },
})

const isReminded = (c: DutyCase, day: string) => day >= addDays(c.period.to, -REMIND_BEFORE[c.rule.every])

async function holdersOn(ctx: Ctx, orgIds: string[], day: string): Promise<Map<string, { name: string; post: string }[]>> {
  const { rows } = await sql<{ orgId: string; name: string; role: keyof typeof POSTS }>`
    select t.org_id as "orgId", p.name, t.role from organisation.post t join organisation.person p on p.id = t.person_id
    where t.org_id = any(${orgIds}::uuid[]) and t.valid @> ${day}::date and t.role = any(${[...COMMITTEE_POSTS]})
    order by array_position(${[...COMMITTEE_POSTS]}::text[], t.role), p.name`.execute(ctx.db)
  const grouped = Map.groupBy(rows, (r) => r.orgId)
  return new Map([...grouped].map(([id, of]) => [id, of.map((r) => ({ name: r.name, post: POSTS[r.role] }))]))
}
