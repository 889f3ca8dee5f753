import { sql } from 'kysely'
import { beyond } from '#kernel/actor.ts'
import { dateAt } from '#kernel/civilDate.ts'
import { plannedAnew } from '#kernel/database.ts'
import { conflict } from '#kernel/errors.ts'
import type { Ctx } from '#kernel/operation.ts'
import { DUTY_KINDS } from '#modules/duties/contract.ts'
import { casesOf } from '#modules/duties/published.ts'
import { BRANCH_KINDS } from '#modules/organisation/contract.ts'
import { placesUnder } from '#modules/organisation/published.ts'
import type { BranchNumbers, Numbers } from './contract.ts'

/** A notice about more branches than this is read by nobody; the grid shows them. */
const MOST = 500

type Counted = Pick<BranchNumbers, 'orgId' | 'name' | 'meetings' | 'tasks' | 'tasksOnTime' | 'tasksLate'>

/** What records show of each branch below an organisation in a span of days, as at today, in the order of the tree. */
export async function numbersFor(ctx: Pick<Ctx, 'db' | 'now'>, path: string, from: string, to: string): Promise<Numbers> {
  const today = dateAt(ctx.now)
  const asAt = to < today ? to : today
  const branches = await countedIn(ctx, path, from, to, today)
  if (branches.length > MOST) throw conflict('too-many-branches', `下面的支部超过 ${MOST} 个，一份通报放不下。请由下级党委分别通报`)
  const cases = await casesOf(
    ctx,
    branches.map((b) => b.orgId),
    from,
    to,
    today,
  )
  const byOrg = Map.groupBy(cases, (c) => c.orgId)
  return {
    asAt,
    branches: branches.map((b) => {
      const own = byOrg.get(b.orgId) ?? []
      const [met, overdue] = [own.filter((c) => c.state === 'met'), own.filter((c) => c.state === 'overdue')]
      const late = overdue.map((c) => `${c.period.fullName}${DUTY_KINDS[c.duty]}`)
      return { ...b, due: met.length + overdue.length, met: met.length, overdue: overdue.length, late }
    }),
  }
}

async function countedIn({ db }: Pick<Ctx, 'db'>, path: string, from: string, to: string, today: string): Promise<Counted[]> {
  const { rows } = await sql<Counted>`${plannedAnew} with b as (select o.id, o.name from organisation.org o
      where o.path >= ${path} and o.path < ${beyond(path)} and o.kind = any(${[...BRANCH_KINDS]}) and o.founded_on <= ${to}::date
        and (o.dissolved_on is null or o.dissolved_on > ${from}::date)),
    h as (select m.org_id, count(*)::int as n from b join meetings.meeting m on m.org_id = b.id
      where m.state <> 'cancelled' and m.held_on between ${from}::date and ${to}::date group by 1),
    t as (select t.lead_org_id as org_id, count(*)::int as tasks,
        count(*) filter (where t.closed_on <= t.due_on)::int as on_time,
        count(*) filter (where (t.closed_on is null and t.due_on < ${today}::date) or t.closed_on > t.due_on)::int as late
      from b join tasks.task t on t.lead_org_id = b.id
      where t.state <> 'cancelled' and t.due_on between ${from}::date and ${to}::date group by 1)
    select b.id as "orgId", b.name, coalesce(h.n, 0) as meetings, coalesce(t.tasks, 0) as tasks,
      coalesce(t.on_time, 0) as "tasksOnTime", coalesce(t.late, 0) as "tasksLate"
    from b join ${placesUnder(path)} l on l.id = b.id left join h on h.org_id = b.id left join t on t.org_id = b.id
    order by l.place limit ${MOST + 1}`.execute(db)
  return rows
}
