import { sql } from 'kysely'
import { z } from 'zod'
import { dateAt } from '#kernel/civilDate.ts'
import { anyone, type Ctx, query } from '#kernel/operation.ts'
import { unknownYears } from '#modules/workdays/contract.ts'
import { workdaysOf } from '#modules/workdays/published.ts'
import { SOURCES, TaskCard, TaskView } from '../contract.ts'
import { cardOf, namesOf, type Seen, seen, taskRows } from '../find.ts'
import { abilities, mayAnswer, sees, shown } from '../policy.ts'
import { type CoOwnerRow, tables } from '../tables.ts'

export const getTask = query('tasks.get', {
  title: '看一件事的办理情况',
  input: z.object({ id: z.uuid() }),
  output: TaskView,
  load: seen,
  may: anyone,
  run: async (ctx, _input, { task, co }) => viewOf(ctx, task, co),
})

/** The task with its whole chain. */
async function viewOf(ctx: Ctx, t: Seen, co: readonly CoOwnerRow[]): Promise<z.output<typeof TaskView>> {
  const steps = await tables(ctx)
    .selectFrom('tasks.step')
    .selectAll()
    .where('org_id', '=', t.org_id)
    .where('task_id', '=', t.id)
    .orderBy('id')
    .execute()
  const people = await namesOf(ctx.db, 'person', [
    ...[t.given_by, t.submitted_by, t.closed_by, t.asked_by],
    ...co.map((c) => c.co_id),
    ...steps.flatMap((s) => [s.by_id, s.to_id]),
  ])
  const orgs = await namesOf(ctx.db, 'org', [
    t.above_org_id,
    ...co.map((c) => c.co_org_id),
    ...steps.flatMap((s) => [s.from_org_id, s.to_org_id]),
  ])
  const person = (id: string | null) => (id ? (people.get(id) ?? null) : null)
  const org = (id: string | null) => (id ? (orgs.get(id) ?? null) : null)
  const party = (orgId: string | null, personId: string | null) => [org(orgId), person(personId)].filter(Boolean).join(' ') || null
  return {
    ...cardOf(t, ctx.now),
    text: t.text,
    origin: originOf(t),
    giverOrgId: t.giver_org_id,
    givenBy: person(t.given_by),
    givenOn: dateAt(t.given_at),
    plan: t.plan,
    result: t.result,
    submittedOn: t.submitted_at && dateAt(t.submitted_at),
    submittedBy: person(t.submitted_by),
    closedOn: t.closed_on,
    closedBy: person(t.closed_by),
    returns: t.returns,
    above: org(t.above_org_id),
    asked: t.asked_due_on ? { dueOn: t.asked_due_on, reason: t.asked_reason ?? '', by: person(t.asked_by) } : null,
    effect: t.effect_on ? { on: t.effect_on, holds: t.effect_holds } : null,
    labelBasis: t.label_basis,
    unknownYears: t.due_on ? unknownYears(await workdaysOf(ctx.db), dateAt(t.given_at), t.due_on) : [],
    coOwners: co.map((c) => ({
      id: c.id,
      name: party(c.co_org_id, c.co_id) ?? '',
      state: c.state,
      reason: c.reason,
      version: c.version,
      can: { answer: shown(mayAnswer(ctx.actor, c)) },
    })),
    chain: steps.map((s) => ({
      id: s.id,
      step: s.step,
      at: s.at.toISOString(),
      by: person(s.by_id),
      text: s.text,
      from: org(s.from_org_id),
      to: party(s.to_org_id, s.to_id),
      dueOn: s.due_on,
    })),
    facts: await factsOf(ctx, t, steps),
    version: t.version,
    can: abilities(ctx.actor, t),
  }
}

function originOf(t: Seen): { says: string; open: string } | null {
  if (t.source === 'resolution' && t.source_place_id) return { says: SOURCES.resolution, open: `/meetings/${t.source_place_id}` }
  if (t.source === 'rectification' && t.source_place_id) return { says: SOURCES.rectification, open: `/life-meeting/${t.source_place_id}` }
  if (t.source === 'guidance' && t.source_place_id) return { says: SOURCES.guidance, open: `/visits/${t.source_place_id}` }
  if (t.source === 'overhaul' && t.source_place_id) return { says: SOURCES.overhaul, open: `/overhauls/${t.source_place_id}` }
  if (t.source === 'deployment' && t.source_id) return { says: SOURCES.deployment, open: `/deployments/${t.source_id}` }
  if (t.source === 'plan' && t.source_id) return { says: SOURCES.plan, open: `/plans?org=${t.giver_org_id}` }
  return null
}

/** Its facts stand with every organisation it went through. */
async function factsOf(ctx: Ctx, t: Seen, steps: readonly { from_org_id: string | null; to_org_id: string | null }[]) {
  const went = [...new Set([t.org_id, t.lead_org_id, ...steps.flatMap((s) => [s.from_org_id, s.to_org_id])])].filter((id) => id !== null)
  const { rows } = await sql<{ factId: string; kind: string; n: number | null }>`
    select f.id as "factId", f.kind, e.n from ledger.fact f left join ledger.entry e on e.org_id = f.org_id and e.fact_id = f.id
    where f.org_id = any(${went}::uuid[]) and f.subject = ${t.id} order by f.recorded_at, f.id limit 200`.execute(ctx.db)
  return rows
}

export const taskOfAction = query('tasks.ofAction', {
  title: '看一项决议事项办得怎样',
  input: z.object({ actionId: z.uuid() }),
  output: z.object({ task: TaskCard.nullable() }),
  may: anyone,
  run: async (ctx, { actionId }) => {
    const { rows } = await sql<Seen>`${taskRows} where t.source = 'resolution' and t.source_id = ${actionId}`.execute(ctx.db)
    const [task] = rows
    return { task: task && sees(ctx.actor, task, []) ? cardOf(task, ctx.now) : null }
  },
})
