import { sql } from 'kysely'
import { z } from 'zod'
import { conflict, stale } from '#kernel/errors.ts'
import { command, query } from '#kernel/operation.ts'
import { afterCursor, cut, type OrderBy, orderOf, Paged, pageOf } from '#kernel/paging.ts'
import { BRANCH_KINDS } from '#modules/organisation/contract.ts'
import { orgCard, orgSeen } from '#modules/organisation/published.ts'
import { record } from '../store.ts'

export const setPlan = command('development.setPlan', {
  title: '下达发展党员计划数',
  input: z.object({ orgId: z.uuid(), year: z.int().min(1949).max(2100), number: z.int().min(0).max(1000), version: z.int().min(0) }),
  output: z.object({ version: z.int() }),
  load: async (ctx, { orgId }) => {
    const org = await orgSeen(ctx, orgId, 'development.read')
    if (!org) return undefined
    const above = org.parentId === null ? undefined : await orgCard(ctx.db, org.parentId)
    return { org, above }
  },
  // A number comes from above: whoever may only act in the branch itself cannot give it one.
  may: (actor, { org, above }) => actor.holds('development.approve', above?.path ?? org.path),
  run: async (ctx, { orgId, year, number, version }, { org }) => {
    if (!BRANCH_KINDS.includes(org.kind)) throw conflict('no-branch', '计划数下达到支部，请选一个支部')
    const { rows } = await sql<{
      version: number
    }>`insert into development.plan (org_id, year, number, version) values (${orgId}, ${year}, ${number}, 1)
      on conflict (org_id, year) do update set number = excluded.number, version = development.plan.version + 1
        where development.plan.version = ${version}
      returning version`.execute(ctx.db)
    if (!rows[0]) throw stale({ number, version }, { version: version + 1 })
    record(ctx, 'developmentPlan.set', { subject: orgId, orgId, body: { year, number } })
    return { version: rows[0].version }
  },
})

export const plans = query('development.plans', {
  title: '发展党员计划数',
  input: Paged.extend({ orgId: z.uuid(), year: z.int().min(1949).max(2100) }),
  output: pageOf(
    z.object({
      orgId: z.string(),
      orgName: z.string(),
      number: z.int().nullable(),
      version: z.int(),
      received: z.int(),
      waiting: z.int(),
    }),
  ).extend({ can: z.object({ set: z.boolean() }) }),
  load: (ctx, { orgId }) => orgSeen(ctx, orgId, 'development.read'),
  may: (actor, org) => actor.holds('development.read', org.path),
  run: async (ctx, { after, limit, year }, org) => {
    const order: OrderBy[] = [{ by: sql`o.path` }]
    const { rows } = await sql<{
      orgId: string
      orgName: string
      path: string
      number: number | null
      version: number
      received: number
      waiting: number
    }>`
      select o.id as "orgId", o.name as "orgName", o.path, l.number, coalesce(l.version, 0) as version,
        coalesce(r.received, 0) as received, coalesce(w.waiting, 0) as waiting
      from organisation.org o left join development.plan l on l.org_id = o.id and l.year = ${year}
      left join (select org_id, count(distinct course_id)::int as received from development.step
        where no = 15 and taken_on >= ${`${year}-01-01`}::date and taken_on <= ${`${year}-12-31`}::date group by 1) r on r.org_id = o.id
      left join (select c.org_id, count(*)::int as waiting from development.course c
        left join development.step s on s.org_id = c.org_id and s.course_id = c.id and s.no = 15
        where c.state = 'open' and c.stage in (2, 3) and s.course_id is null group by 1) w on w.org_id = o.id
      where o.path >= ${org.path} and o.path < ${`${org.path}~`} and o.kind = any(${[...BRANCH_KINDS]}::text[]) and o.dissolved_on is null
        and ${ctx.actor.within('development.read', 'o.path')} and ${afterCursor(order, after)}
      order by ${orderOf(order)} limit ${limit + 1}`.execute(ctx.db)
    const { items, next } = cut(rows, limit, (r) => [r.path])
    const set = !BRANCH_KINDS.includes(org.kind) && ctx.actor.holds('development.approve', org.path) === true
    return { items: items.map(({ path: _, ...r }) => r), next, can: { set } }
  },
})
