import { sql } from 'kysely'
import { z } from 'zod'
import { dateAt } from '#kernel/civilDate.ts'
import type { Db } from '#kernel/database.ts'
import { holdsOn } from '#kernel/dated.ts'
import { query } from '#kernel/operation.ts'
import { OrgKind, PostRole } from '../contract.ts'
import { Retracted, retractedOf } from '../corrections.ts'
import { orgSeen } from '../published.ts'
import { POST_ORDER, STEP, siblingOrder } from '../rank.ts'

const Day = z.iso.date()
const LIMIT = 3000

const Node = z.object({
  id: z.string(),
  /** Null for a root, and for the top of what the reader may see. */
  parentId: z.string().nullable(),
  name: z.string(),
  shortName: z.string().nullable(),
  kind: OrgKind,
  foundedOn: z.string(),
  dissolvedOn: z.string().nullable(),
  /** Organisations directly below, shown here or not. */
  children: z.int(),
})

export const tree = query('organisation.tree', {
  title: '组织架构',
  input: z.object({
    /** As at this day; today when left out. */
    on: Day.optional(),
    /** Only this organisation and what is below it. */
    under: z.uuid().optional(),
    /** How many levels, beginning with the top ones. */
    levels: z.int().min(1).max(20).default(20),
  }),
  output: z.object({ on: z.string(), items: z.array(Node), truncated: z.boolean() }),
  load: async (ctx, { under }) => (under ? orgSeen(ctx, under) : null),
  may: (actor) => actor.holdsAnywhere('organisation.read'),
  run: async (ctx, { on = dateAt(ctx.now), under, levels }) => {
    const day = sql`${on}::date`
    const { rows } = await sql<z.output<typeof Node> & { path: string }>`
      with seen as materialized (
        select o.id, o.code, p.parent_id, p.path, p.kind, n.name, n.short_name, o.founded_on, o.dissolved_on
        from organisation.org o
        join organisation.placement p on p.org_id = o.id and ${holdsOn('p.valid', day)}
        join organisation.naming n on n.org_id = o.id and ${holdsOn('n.valid', day)}
        where ${ctx.actor.within('organisation.read', 'o.path')}
      ), below as (select parent_id, count(*)::int as n from seen group by parent_id),
      tops as (select path from seen where ${under ? sql`id = ${under}` : sql`true`})
      select s.id, s.parent_id as "parentId", s.name, s.short_name as "shortName", s.kind, s.founded_on as "foundedOn",
        s.dissolved_on as "dissolvedOn", coalesce(b.n, 0) as children, s.path
      from seen s left join below b on b.parent_id = s.id
      where ${under ? sql`exists (select from tops t where s.path >= t.path and s.path < t.path || '~')` : sql`true`}
      order by length(s.path), ${siblingOrder('s')} limit ${LIMIT + 1}`.execute(ctx.db)
    const deepest = (rows[0]?.path.length ?? 0) + (levels - 1) * STEP
    const shown = rows.slice(0, LIMIT).filter(({ path }) => path.length <= deepest)
    const ids = new Set(shown.map(({ id }) => id))
    const items = shown.map(({ path: _, ...node }) => ({
      ...node,
      parentId: node.parentId && ids.has(node.parentId) ? node.parentId : null,
    }))
    return { on, items, truncated: rows.length > LIMIT }
  },
})

const Stretch = { from: z.string(), until: z.string().nullable() }

export const get = query('organisation.get', {
  title: '党组织详情',
  input: z.object({ id: z.uuid(), on: Day.optional() }),
  output: z.object({
    id: z.string(),
    version: z.int(),
    name: z.string(),
    shortName: z.string().nullable(),
    code: z.string().nullable(),
    kind: OrgKind,
    parentId: z.string().nullable(),
    foundedOn: z.string(),
    dissolvedOn: z.string().nullable(),
    successor: z.object({ id: z.string(), name: z.string() }).nullable(),
    names: z.array(z.object({ ...Stretch, name: z.string(), shortName: z.string().nullable() })),
    places: z.array(z.object({ ...Stretch, kind: OrgKind, parentName: z.string().nullable() })),
    posts: z.array(
      z.object({
        ...Stretch,
        id: z.string(),
        version: z.int(),
        personId: z.string(),
        name: z.string(),
        role: PostRole,
        fullTime: z.boolean().nullable(),
      }),
    ),
    terms: z.array(z.object(Stretch)),
    units: z.array(z.object({ ...Stretch, id: z.string(), name: z.string() })),
    /** From the highest down to the one directly above, by name only: also those whose detail the reader may not see. */
    superiors: z.array(z.object({ name: z.string(), kind: OrgKind })),
    corrections: z.array(Retracted),
    can: z.object({ manage: z.boolean() }),
  }),
  load: (ctx, { id }) => orgSeen(ctx, id),
  may: (actor, org) => actor.holds('organisation.read', org.path),
  run: async (ctx, { id }, org) => {
    const [own, names, places, posts, terms, units, superiors, corrections] = await Promise.all([
      ownOf(ctx.db, id),
      namesOf(ctx.db, id),
      placesOf(ctx.db, id),
      postsOf(ctx.db, id),
      termsOf(ctx.db, id),
      unitsOf(ctx.db, id),
      superiorsOf(ctx.db, org.path),
      retractedOf(ctx.db, id),
    ])
    const { path: _, ...card } = org
    return {
      ...card,
      ...own,
      names,
      places,
      posts,
      terms,
      units,
      superiors,
      corrections,
      can: { manage: ctx.actor.holds('organisation.manage', org.path) === true },
    }
  },
})

async function ownOf(db: Db, id: string) {
  const { rows } = await sql<{ version: number; code: string | null; successor: { id: string; name: string } | null }>`
    select o.version, o.code, case when s.id is not null then jsonb_build_object('id', s.id, 'name', s.name) end as successor
    from organisation.org o left join organisation.org s on s.id = o.successor_id where o.id = ${id}`.execute(db)
  return rows[0]!
}

const span = sql`lower(t.valid) as "from", upper(t.valid) as until`

async function namesOf(db: Db, id: string) {
  const { rows } = await sql<{ from: string; until: string | null; name: string; shortName: string | null }>`
    select ${span}, t.name, t.short_name as "shortName" from organisation.naming t where t.org_id = ${id} order by t.valid`.execute(db)
  return rows
}

/** Neighbouring stretches that differ only in what lies above the superior are one place. */
async function placesOf(db: Db, id: string) {
  const { rows } = await sql<{ from: string; until: string | null; kind: OrgKind; parentId: string | null; parentName: string | null }>`
    select ${span}, t.kind, t.parent_id as "parentId", n.name as "parentName" from organisation.placement t
    left join organisation.naming n on n.org_id = t.parent_id and n.valid @> lower(t.valid)
    where t.org_id = ${id} order by t.valid`.execute(db)
  const places: typeof rows = []
  for (const row of rows) {
    const last = places.at(-1)
    if (last && last.parentId === row.parentId && last.kind === row.kind) last.until = row.until
    else places.push(row)
  }
  return places.map(({ parentId: _, ...place }) => place)
}

async function postsOf(db: Db, id: string) {
  const { rows } = await sql<{
    id: string
    version: number
    personId: string
    name: string
    role: PostRole
    fullTime: boolean | null
    from: string
    until: string | null
  }>`select ${span}, t.id, t.version, t.person_id as "personId", p.name, t.role, t.full_time as "fullTime"
    from organisation.post t join organisation.person p on p.id = t.person_id
    where t.org_id = ${id} order by upper(t.valid) desc nulls first, ${POST_ORDER}, lower(t.valid), p.name collate "zh-x-icu" limit 200`.execute(
    db,
  )
  return rows
}

async function termsOf(db: Db, id: string) {
  const { rows } = await sql<{ from: string; until: string | null }>`
    select ${span} from organisation.term t where t.org_id = ${id} order by t.valid`.execute(db)
  return rows
}

async function superiorsOf(db: Db, path: string) {
  const above = path.split('/').filter(Boolean).slice(0, -1)
  const { rows } = await sql<{ name: string; kind: OrgKind }>`select name, kind from organisation.org
    where key = any(${above}::text[]) order by length(path)`.execute(db)
  return rows
}

async function unitsOf(db: Db, id: string) {
  const { rows } = await sql<{ id: string; name: string; from: string; until: string | null }>`
    select u.id, u.name, ${span} from organisation.coverage t join organisation.unit u on u.id = t.unit_id
    where t.org_id = ${id} order by upper(t.valid) desc nulls first, u.name collate "zh-x-icu" limit 200`.execute(db)
  return rows
}

export const findOrgs = query('organisation.find', {
  title: '按名称找党组织',
  input: z.object({ text: z.string().trim().min(1).max(60), limit: z.int().min(1).max(50).default(20) }),
  output: z.object({ items: z.array(z.object({ id: z.string(), name: z.string(), kind: OrgKind, parentName: z.string().nullable() })) }),
  may: (actor) => actor.holdsAnywhere('organisation.read'),
  run: async (ctx, { text, limit }) => {
    const { rows } = await sql<{ id: string; name: string; kind: OrgKind; parentName: string | null }>`
      select o.id, o.name, o.kind, u.name as "parentName" from organisation.org o left join organisation.org u on u.id = o.parent_id
      where o.dissolved_on is null and ${ctx.actor.within('organisation.read', 'o.path')}
        and position(${text} in o.name) > 0
      order by position(${text} in o.name), length(o.name), o.name collate "zh-x-icu", o.id limit ${limit}`.execute(ctx.db)
    return { items: rows }
  },
})
