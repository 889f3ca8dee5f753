import { sql } from 'kysely'
import { z } from 'zod'
import { beyond } from '#kernel/actor.ts'
import { anyone, query } from '#kernel/operation.ts'
import { afterCursor, cut, type OrderBy, orderOf, Paged, pageOf } from '#kernel/paging.ts'
import { orgSeen } from '#modules/organisation/published.ts'
import { type TaskOf, tasksFrom } from '#modules/tasks/published.ts'
import { OverhaulCard, OverhaulView } from '../contract.ts'
import { cardOf, concerned, overhaulRows, type StepKind, type Stored, seenOverhaul } from '../overhauls.ts'
import { mayJudge } from './weak.ts'

const ORDER: OrderBy[] = [{ by: sql`(v.state = 'open')`, desc: true }, { by: sql`v.begun_on`, desc: true }, { by: sql`v.id` }]

export const overhauls = query('standards.overhauls', {
  title: '看支部整顿',
  /** Without an organisation those that the reader helps with or works in. */
  input: Paged.extend({ orgId: z.uuid().optional() }),
  output: pageOf(OverhaulCard).extend({ can: z.object({ begin: z.boolean() }) }),
  load: async (ctx, { orgId }) => (orgId ? orgSeen(ctx, orgId, 'standards.read') : null),
  may: (actor, org) => (org ? actor.holds('standards.read', org.path) : anyone()),
  run: async (ctx, { after, limit }, org) => {
    const here = org ? sql`(o.path >= ${org.path} and o.path < ${beyond(org.path)})` : sql`true`
    const { rows } = await sql<Stored>`${overhaulRows} where ${concerned(ctx)} and ${here} and ${afterCursor(ORDER, after)}
      order by ${orderOf(ORDER)} limit ${limit + 1}`.execute(ctx.db)
    const page = cut(rows, limit, (v) => [v.state === 'open', v.begun_on, v.id])
    const begin = org !== null && mayJudge(ctx.actor, org) === true
    return { items: page.items.map((v) => cardOf(ctx, v)), next: page.next, can: { begin } }
  },
})

export const overhaul = query('standards.overhaulOf', {
  title: '看一个支部的整顿',
  input: z.object({ id: z.uuid() }),
  output: OverhaulView,
  load: seenOverhaul,
  may: anyone,
  run: async (ctx, { id }, v) => {
    const { rows } = await sql<{
      id: string
      step: StepKind
      text: string
      at: Date
      by: string
      taskId: string | null
    }>`select id, step, text, at,
        by_name as by, task_id as "taskId" from standards.overhaul_step
      where org_id = ${v.org_id} and overhaul_id = ${id} order by at, id limit 500`.execute(ctx.db)
    const tasks = await tasksFrom(ctx.db, id)
    return {
      ...cardOf(ctx, v),
      steps: rows.map((s) => ({ ...s, at: s.at.toISOString(), task: taskOf(tasks.get(s.id)) })),
    }
  },
})

const taskOf = (task: TaskOf | undefined) => (task ? { id: task.id, state: task.state, dueOn: task.dueOn } : null)
