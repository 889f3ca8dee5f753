import { sql } from 'kysely'
import { z } from 'zod'
import type { Actor } from '#kernel/actor.ts'
import { dateAt } from '#kernel/civilDate.ts'
import { all, stale, type Verdict } from '#kernel/errors.ts'
import { type Ctx, command, query } from '#kernel/operation.ts'
import { assertThere, orgSeen } from '../published.ts'
import { cover, dissolveUnit, foundUnit, moveUnit, renameUnit, type Unit, uncover, unitCard } from '../units.ts'

const Day = z.iso.date()
const Name = z.string().trim().min(1).max(100)
const Changed = z.object({ id: z.uuid(), version: z.int() })
const Step = z.object({ id: z.uuid(), version: z.int(), on: Day })
const LIMIT = 3000

export const unitTree = query('organisation.unitTree', {
  title: '行政架构',
  input: z.object({ on: Day.optional() }),
  output: z.object({
    on: z.string(),
    items: z.array(
      z.object({
        id: z.string(),
        parentId: z.string().nullable(),
        name: z.string(),
        shortName: z.string().nullable(),
        independentLegalPerson: z.boolean(),
        foundedOn: z.string(),
        dissolvedOn: z.string().nullable(),
        version: z.int(),
        /** The organisations that cover it that day, as far as the reader may see them. */
        orgs: z.array(z.object({ id: z.string(), name: z.string() })),
        can: z.object({ manage: z.boolean() }),
      }),
    ),
    truncated: z.boolean(),
  }),
  may: (actor) => actor.holdsAnywhere('organisation.read'),
  run: async (ctx, { on = dateAt(ctx.now) }) => {
    const { rows } = await sql<Row>`
      with seen as (
        select distinct c.unit_id from organisation.coverage c join organisation.org o on o.id = c.org_id
        where ${ctx.actor.within('organisation.read', 'o.path')}
      ), covering as (
        select c.unit_id, jsonb_agg(jsonb_build_object('id', o.id, 'name', n.name) order by length(o.path), n.name) as orgs
        from organisation.coverage c
        join organisation.org o on o.id = c.org_id
        join organisation.naming n on n.org_id = o.id and n.valid @> ${on}::date
        where c.valid @> ${on}::date and ${ctx.actor.within('organisation.read', 'o.path')} group by c.unit_id
      ), kept as (
        select c.unit_id, bool_and(${ctx.actor.within('organisation.manage', 'o.path')}) as manage
        from (select unit_id, org_id, rank() over (partition by unit_id order by upper(valid) desc nulls first) as nth
          from organisation.coverage) c
        join organisation.org o on o.id = c.org_id where c.nth = 1 group by c.unit_id
      )
      select u.id, p.parent_id as "parentId", n.name, n.short_name as "shortName", p.path,
        p.independent_legal_person as "independentLegalPerson", u.founded_on as "foundedOn", u.dissolved_on as "dissolvedOn", u.version,
        coalesce(v.orgs, '[]') as orgs, coalesce(k.manage, false) as manage
      from seen s
      join organisation.unit u on u.id = s.unit_id
      join organisation.unit_placement p on p.unit_id = u.id and p.valid @> ${on}::date
      join organisation.unit_naming n on n.unit_id = u.id and n.valid @> ${on}::date
      left join covering v on v.unit_id = u.id
      left join kept k on k.unit_id = u.id
      order by length(p.path), n.name collate "zh-x-icu", u.id limit ${LIMIT + 1}`.execute(ctx.db)
    const shown = rows.slice(0, LIMIT)
    const ids = new Set(shown.map(({ id }) => id))
    const items = shown.map(({ path: _, manage, ...unit }) => ({
      ...unit,
      parentId: unit.parentId && ids.has(unit.parentId) ? unit.parentId : null,
      can: { manage },
    }))
    return { on, items, truncated: rows.length > LIMIT }
  },
})

interface Row {
  id: string
  parentId: string | null
  name: string
  shortName: string | null
  independentLegalPerson: boolean
  foundedOn: string
  dissolvedOn: string | null
  version: number
  orgs: { id: string; name: string }[]
  path: string
  manage: boolean
}

export const foundUnitOperation = command('organisation.foundUnit', {
  title: '设立行政单位',
  input: z.object({
    /** The organisation that covers it from the beginning. */
    orgId: z.uuid(),
    parentId: z.uuid().nullable(),
    name: Name,
    shortName: Name.nullable().default(null),
    code: z.string().trim().min(1).max(40).nullable().default(null),
    independentLegalPerson: z.boolean().default(false),
    foundedOn: Day,
  }),
  output: z.object({ id: z.uuid() }),
  load: async (ctx, { orgId, parentId }) => {
    const org = await orgSeen(ctx, orgId)
    return org && (parentId === null || (await unitSeen(ctx, parentId))) ? org : undefined
  },
  may: (actor, org) => actor.holds('organisation.manage', org.path),
  run: async (ctx, { orgId: _, ...unit }, org) => {
    if (org.dissolvedOn !== null) assertThere(org, dateAt(ctx.now), 'orgId')
    return { id: await foundUnit(ctx, org, unit) }
  },
})

export const renameUnitOperation = command('organisation.renameUnit', {
  title: '更改行政单位名称',
  input: Step.extend({ name: Name, shortName: Name.nullable().default(null) }),
  output: Changed,
  load: (ctx, { id }) => unitSeen(ctx, id),
  may: (actor, unit) => managed(actor, unit),
  run: (ctx, input, unit) => change(ctx, unit, input, () => renameUnit(ctx, unit, input.on, input.name, input.shortName)),
})

export const moveUnitOperation = command('organisation.moveUnit', {
  title: '调整行政单位的隶属',
  input: Step.extend({ parentId: z.uuid().nullable(), independentLegalPerson: z.boolean().optional() }),
  output: Changed,
  load: async (ctx, { id, parentId }) => {
    const unit = await unitSeen(ctx, id)
    const parent = parentId === null ? null : await unitSeen(ctx, parentId)
    return unit && parent !== undefined ? { unit, parent } : undefined
  },
  may: (actor, { unit, parent }) => all(managed(actor, unit), parent ? managed(actor, parent) : true),
  run: (ctx, { parentId, independentLegalPerson, ...input }, { unit }) => {
    const to = { parentId, independentLegalPerson: independentLegalPerson ?? unit.independentLegalPerson }
    return change(ctx, unit, input, () => moveUnit(ctx, unit, input.on, to))
  },
})

export const dissolveUnitOperation = command('organisation.dissolveUnit', {
  title: '撤销行政单位',
  input: Step,
  output: Changed,
  load: (ctx, { id }) => unitSeen(ctx, id),
  may: (actor, unit) => managed(actor, unit),
  run: (ctx, input, unit) => change(ctx, unit, input, () => dissolveUnit(ctx, unit, input.on)),
})

const Pair = z.object({ orgId: z.uuid(), unitId: z.uuid(), on: Day })
const Done = z.object({ orgId: z.uuid(), unitId: z.uuid() })

const both = async (ctx: Ctx, { orgId, unitId }: z.output<typeof Pair>) => {
  const [org, unit] = [await orgSeen(ctx, orgId), await unitSeen(ctx, unitId)]
  return org && unit && { org, unit }
}

export const coverOperation = command('organisation.cover', {
  title: '登记覆盖的行政单位',
  input: Pair,
  output: Done,
  load: both,
  may: (actor, { org, unit }) => all(actor.holds('organisation.manage', org.path), managed(actor, unit)),
  run: async (ctx, { on, ...pair }, { org, unit }) => {
    assertThere(org, on, 'on')
    await cover(ctx, org, unit, on)
    return pair
  },
})

export const uncoverOperation = command('organisation.uncover', {
  title: '不再覆盖行政单位',
  input: Pair,
  output: Done,
  load: both,
  may: (actor, { org }) => actor.holds('organisation.manage', org.path),
  run: async (ctx, { on, ...pair }, { org, unit }) => {
    await uncover(ctx, org, unit, on)
    return pair
  },
})

/** The unit, locked, when the actor may see one of those that cover or covered it last. */
async function unitSeen(ctx: Ctx, id: string): Promise<Unit | undefined> {
  const unit = await unitCard(ctx.db, id, { lock: true })
  return unit?.keepers.some(({ path }) => ctx.actor.holds('organisation.read', path) === true) ? unit : undefined
}

const managed = (actor: Actor, { keepers }: Unit): Verdict => all(...keepers.map(({ path }) => actor.holds('organisation.manage', path)))

async function change(ctx: Ctx, unit: Unit, input: { version: number }, run: () => Promise<void>) {
  if (input.version !== unit.version) throw stale(input, { name: unit.name, parentId: unit.parentId, version: unit.version })
  await run()
  await sql`update organisation.unit set version = version + 1 where id = ${unit.id}`.execute(ctx.db)
  return { id: unit.id, version: unit.version + 1 }
}
