import { sql } from 'kysely'
import { z } from 'zod'
import { dateAt, daysBetween } from '#kernel/civilDate.ts'
import { type Ctx, query } from '#kernel/operation.ts'
import { COMMITTEE_POSTS, POSTS } from '#modules/organisation/contract.ts'
import { type Branch, branchesUnder, chunksOf, pageOfBranches } from '../branches.ts'
import { DutyView } from '../contract.ts'
import { remindedOf } from '../reminded.ts'
import { viewOf } from '../view.ts'
import { ofOrg } from './reading.ts'

const Reminder = z.object({
  orgId: z.uuid(),
  orgName: z.string(),
  /** `you`: the reader. */
  to: z.array(z.object({ name: z.string(), post: z.string(), you: z.boolean() })),
  duty: DutyView,
  daysLeft: z.int(),
})

export const reminders = query('duties.reminders', {
  title: '某一天会提醒谁办什么',
  input: z.object({
    orgId: z.uuid(),
    day: z.iso.date(),
    after: z.uuid().optional(),
    limit: z.int().min(1).max(100).default(50),
  }),
  output: z.object({ day: z.iso.date(), items: z.array(Reminder), next: z.string().nullable() }),
  ...ofOrg,
  run: async (ctx, { day, after, limit }, org) => {
    const all = await branchesUnder(ctx, org.path, { from: day, to: day })
    // A page on which nobody is reminded is passed over: an empty one would read as the end.
    for (let from = after; ; ) {
      const { page, next } = pageOfBranches(all, { after: from, limit })
      const items = await remindersOf(ctx, page, day)
      if (items.length > 0 || next === null) return { day, items, next }
      from = next
    }
  },
})

async function remindersOf(ctx: Ctx, branches: readonly Branch[], day: string): Promise<z.output<typeof Reminder>[]> {
  const ids = branches.map((b) => b.id)
  const due = await remindedOf(ctx, ids, day)
  const holders = await holdersOn(ctx, ids, day)
  const names = new Map(branches.map((b) => [b.id, b.name]))
  return due.map((c) => ({
    orgId: c.orgId,
    orgName: names.get(c.orgId) ?? '',
    to: holders.get(c.orgId) ?? [],
    duty: viewOf(c),
    daysLeft: daysBetween(day, c.period.to),
  }))
}

/** The bell counts no further: nobody reads more one by one. */
const ENOUGH = 99

export const reminderCount = query('duties.reminderCount', {
  title: '今天提醒几件',
  input: z.object({ orgId: z.uuid(), day: z.iso.date().optional() }),
  output: z.object({ day: z.iso.date(), count: z.int(), /** There are more than were counted. */ more: z.boolean() }),
  ...ofOrg,
  run: async (ctx, input, org) => {
    const day = input.day ?? dateAt(ctx.now)
    let count = 0
    for (const part of chunksOf(await branchesUnder(ctx, org.path, { from: day, to: day }))) {
      const due = await remindedOf(
        ctx,
        part.map((b) => b.id),
        day,
      )
      count += due.length
      if (count > ENOUGH) return { day, count: ENOUGH, more: true }
    }
    return { day, count, more: false }
  },
})

async function holdersOn(ctx: Ctx, orgIds: string[], day: string): Promise<Map<string, { name: string; post: string; you: boolean }[]>> {
  const { rows } = await sql<{ orgId: string; personId: string; name: string; role: keyof typeof POSTS }>`
    select t.org_id as "orgId", p.id as "personId", p.name, t.role from organisation.post t join organisation.person p on p.id = t.person_id
    where t.org_id = any(${orgIds}::uuid[]) and t.valid @> ${day}::date and t.role = any(${[...COMMITTEE_POSTS]})
    order by array_position(${[...COMMITTEE_POSTS]}::text[], t.role), p.name`.execute(ctx.db)
  const grouped = Map.groupBy(rows, (r) => r.orgId)
  return new Map(
    [...grouped].map(([id, of]) => [id, of.map((r) => ({ name: r.name, post: POSTS[r.role], you: r.personId === ctx.actor.personId }))]),
  )
}
