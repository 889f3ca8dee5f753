import { sql } from 'kysely'
import { dateAt } from '#kernel/civilDate.ts'
import type { Db } from '#kernel/database.ts'
import { type DatedTable, endAt, holdFrom } from '#kernel/dated.ts'
import { conflict, invalid } from '#kernel/errors.ts'
import { newId } from '#kernel/id.ts'
import type { FactCtx } from '#ledger/facts.ts'
import { assertAlive, beginCoverage, beginCoverages, endCoverage } from './changes.ts'
import { foundUnits, type NewUnit } from './founding.ts'
import type { OrgCard } from './published.ts'
import { record } from './record.ts'
import { childrenFrom, end, placeAnew } from './structure.ts'
import { changeTree, UNITS } from './trees.ts'

const NAMING: DatedTable = { table: UNITS.naming, key: ['unit_id'] }

export interface Unit {
  id: string
  name: string
  shortName: string | null
  parentId: string | null
  independentLegalPerson: boolean
  foundedOn: string
  dissolvedOn: string | null
  version: number
  /** The organisations that cover it now, or else covered it last, the highest first; they say who may see and change it. */
  keepers: { id: string; path: string }[]
}

/** The unit as it is today, with those that cover it; undefined when there is none. `lock` holds it for a change. */
export async function unitCard(db: Db, id: string, { lock = false } = {}): Promise<Unit | undefined> {
  if (lock) await sql`select from organisation.unit where id = ${id} for update`.execute(db)
  const { rows } = await sql<Unit>`
    select u.id, u.name, u.short_name as "shortName", u.parent_id as "parentId", u.founded_on as "foundedOn", u.version,
      u.dissolved_on as "dissolvedOn", u.independent_legal_person as "independentLegalPerson",
      coalesce(k.keepers, '[]') as keepers
    from organisation.unit u
    left join lateral (
      select jsonb_agg(jsonb_build_object('id', o.id, 'path', o.path) order by length(o.path), o.id) as keepers
      from (select c.org_id, rank() over (order by upper(c.valid) desc nulls first) as nth
        from organisation.coverage c where c.unit_id = u.id) l
      join organisation.org o on o.id = l.org_id where l.nth = 1
    ) k on true
    where u.id = ${id}`.execute(db)
  return rows[0]
}

export interface GivenUnit {
  parentId: string | null
  name: string
  shortName: string | null
  code: string | null
  independentLegalPerson: boolean
  foundedOn: string
}

/** Founds a unit that the organisation covers from its first day, or from the organisation's own. Answers its id. */
export async function foundUnit(ctx: FactCtx, org: OrgCard, { independentLegalPerson, ...unit }: GivenUnit): Promise<string> {
  const id = newId()
  await foundUnits(ctx, [{ ...unit, id, value: independentLegalPerson, orgId: org.id }])
  await beginCoverages(ctx, [{ orgId: org.id, unitId: id, on: unit.foundedOn > org.foundedOn ? unit.foundedOn : org.foundedOn }])
  return id
}

/** Founds units that the organisations in whose name they are founded cover from the first day. */
export async function foundCovered(ctx: FactCtx, units: readonly NewUnit[]): Promise<void> {
  await foundUnits(ctx, units)
  await beginCoverages(
    ctx,
    units.map(({ id, orgId, foundedOn }) => ({ orgId, unitId: id, on: foundedOn })),
  )
}

/** From `on` the unit has another name. */
export async function renameUnit(ctx: FactCtx, unit: Unit, on: string, name: string, shortName: string | null): Promise<void> {
  assertAlive(unit, on)
  await holdFrom(ctx.db, NAMING, { unit_id: unit.id }, on, { name, short_name: shortName })
  await changeTree(ctx.db, UNITS, dateAt(ctx.now), () => {})
  record(ctx, 'unit.renamed', { subject: unit.id, orgId: unit.keepers[0]!.id, happenedOn: on, body: {} })
}

/** From `on` the unit, with all below it, stands under another one, or has become (or is no longer) a legal person of its own. */
export async function moveUnit(
  ctx: FactCtx,
  unit: Unit,
  on: string,
  to: { parentId: string | null; independentLegalPerson: boolean },
): Promise<void> {
  assertAlive(unit, on)
  await changeTree(ctx.db, UNITS, dateAt(ctx.now), (structure) =>
    placeAnew(structure, unit.id, on, { parentId: to.parentId, value: to.independentLegalPerson }),
  )
  record(ctx, 'unit.placed', { subject: unit.id, orgId: unit.keepers[0]!.id, happenedOn: on, body: to })
}

/** From `on` the unit is no more, and nobody covers it. Units below it must have gone before. */
export async function dissolveUnit(ctx: FactCtx, unit: Unit, on: string): Promise<void> {
  assertAlive(unit, on)
  await sql`update organisation.unit set dissolved_on = ${on} where id = ${unit.id}`.execute(ctx.db)
  await endAt(ctx.db, NAMING, { unit_id: unit.id }, on)
  await changeTree(ctx.db, UNITS, dateAt(ctx.now), (structure) => {
    if (childrenFrom(structure, unit.id, on).length > 0) throw conflict('has-subunits', '它下面还有行政单位，请先移走或撤销下级单位')
    end(structure, unit.id, on)
  })
  const { rows } = await sql<{ orgId: string; from: string }>`select org_id as "orgId", lower(valid) as "from" from organisation.coverage
    where unit_id = ${unit.id} and (upper(valid) is null or upper(valid) > ${on}::date)`.execute(ctx.db)
  if (rows.some(({ from }) => from >= on)) throw conflict('coverage-comes-later', '还有定于这一天以后开始的覆盖，请先撤回')
  for (const { orgId } of rows) await endCoverage(ctx, orgId, unit.id, on)
  record(ctx, 'unit.dissolved', { subject: unit.id, orgId: unit.keepers[0]!.id, happenedOn: on, body: {} })
}

/** From `on` the organisation covers the unit. */
export async function cover(ctx: FactCtx, org: OrgCard, unit: Unit, on: string): Promise<void> {
  if (on < unit.foundedOn)
    throw invalid('before-founding', `${unit.name} ${unit.foundedOn} 才设立`, { on: [`请填 ${unit.foundedOn} 或之后`] })
  if (unit.dissolvedOn !== null) throw conflict('gone', `${unit.name} 自 ${unit.dissolvedOn} 起已不再存在`)
  const { rows } = await sql`select from organisation.coverage where org_id = ${org.id} and unit_id = ${unit.id}
    and (upper(valid) is null or upper(valid) > ${on}::date)`.execute(ctx.db)
  if (rows.length > 0) throw conflict('covered', `${org.name}已经覆盖${unit.name}`)
  await beginCoverage(ctx, org.id, unit.id, on)
}

/** From `on` the organisation no longer covers the unit. */
export async function uncover(ctx: FactCtx, org: OrgCard, unit: Unit, on: string): Promise<void> {
  const { rows } = await sql`select from organisation.coverage where org_id = ${org.id} and unit_id = ${unit.id}
    and valid @> (${on}::date - 1) and upper(valid) is null`.execute(ctx.db)
  if (rows.length === 0) throw conflict('not-covered', `那一天之前${org.name}没有覆盖${unit.name}，请核对日期`)
  await endCoverage(ctx, org.id, unit.id, on)
}
