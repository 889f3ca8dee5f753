import { sql } from 'kysely'
import type { Actor } from '#kernel/actor.ts'
import { dateAt } from '#kernel/civilDate.ts'
import { invalid } from '#kernel/errors.ts'
import { newId } from '#kernel/id.ts'
import { count, emptyResult, type ImportOptions, type ImportResult } from '#kernel/importing.ts'
import type { FactCtx } from '#ledger/facts.ts'
import type { Issue } from '#runtime/sheets/issue.ts'
import { openSpreadsheet } from '#runtime/sheets/read.ts'
import { beginCoverages, moveOrg, renameOrg } from '../changes.ts'
import type { OrgKind } from '../contract.ts'
import { foundOrgs, foundUnits, type NewNode, type NewUnit } from '../founding.ts'
import { beginTerm } from '../posts.ts'
import { type KnownOrg, type KnownUnit, knownOrgs, knownUnits } from './knownOrgs.ts'
import { isOrgList, type OrgRow, parseOrgs } from './parseOrgs.ts'
import { orgAsker } from './writtenOrg.ts'

type ImportCtx = FactCtx & { readonly actor: Actor }

/** A row that can be imported: the organisation it is about, and what has to be done. */
interface Planned {
  id: string
  values: OrgRow
  parentId: string | null
  known: KnownOrg | undefined
  foundedOn: string
}

/**
 * Imports a list of organisations (.xlsx, .xls, .csv). An organisation is found by its code, else by its name; where the file says
 * otherwise than the installation, the change holds from today. Rows outside what the actor manages are wrong. A file whose heads
 * cannot be found is refused.
 */
export async function importOrgs(ctx: ImportCtx, file: Uint8Array, options: ImportOptions): Promise<ImportResult> {
  const day = dateAt(ctx.now)
  const orgs = await knownOrgs(ctx)
  const list = await parseOrgs(await openSpreadsheet(file), { orgOf: orgAsker(orgs, options), today: day })
  if (!isOrgList(list)) throw invalid('heads-missing', `${list.problem}。${list.remedy}`, { file: [list.problem] })
  options.onProgress?.(list.lines.length)

  const result = emptyResult()
  const planned = planRows(ctx.actor, list.lines, orgs, day, result)
  const units = planUnits(planned, await knownUnits(ctx.db))
  const changes = planned.map((row) => changesOf(row, day))
  for (const [i, { known, line }] of planned.entries())
    count(result, known ? (changes[i]!.length > 0 || units.covered.has(known.id) ? 'changed' : 'unchanged') : 'new', line.issues)
  result.rows.sort((a, b) => a.row - b.row)
  if (units.fresh.length > 0) result.also.push({ what: '行政单位', count: units.fresh.length })
  if (options.dryRun) return result

  await foundOrgs(ctx, planned.filter(({ known }) => !known).map(newNode))
  await foundUnits(ctx, units.fresh)
  await beginCoverages(
    ctx,
    planned.flatMap((row) => coverageOf(row, units.covered.get(row.id) ?? [], day)),
  )
  for (const change of changes.flat()) await change(ctx)
  return result
}

type Line = { row: number; values: OrgRow; issues: Issue[] }

function planRows(
  actor: Actor,
  lines: Awaited<ReturnType<typeof parseOrgs>> extends infer L ? (L extends { lines: infer A } ? A : never) : never,
  orgs: readonly KnownOrg[],
  day: string,
  result: ImportResult,
): (Planned & { line: Line })[] {
  const byCode = new Map(orgs.filter(({ code }) => code !== null).map((org) => [org.code, org]))
  const byName = Map.groupBy(orgs, ({ name }) => name)
  const planned = new Map<number, Planned & { line: Line }>()
  const rows = lines.filter((line) => line.skipped === null)
  result.skipped = lines.length - rows.length
  const left = new Map(rows.map((line) => [line.row, line]))

  const plan = (line: Line): boolean => {
    left.delete(line.row)
    const { values, issues } = line
    const same = byName.get(values.name) ?? []
    const known = (values.code && byCode.get(values.code)) || (same.length === 1 ? same[0] : undefined)
    const wrong = (problem: string, remedy: string) =>
      issues.push({ row: line.row, column: '', level: 'wrong', value: '', problem, remedy })
    if (same.length > 1 && !known) wrong(`已有 ${same.length} 个组织叫“${values.name}”，分不清是哪一个`, '填上组织代码')
    const above = values.parent?.row ?? null
    if (above !== null && left.has(above)) plan(left.get(above)!)
    if (above !== null && !planned.has(above)) wrong('上级组织那一行有错，没有导入', '先改正上级组织那一行')
    const parent = orgs.find(({ id }) => id === values.parent?.id)
    // Where it stands and where it is to stand; a superior that this file founds was looked at in its own row.
    const places = [known?.path, above === null ? (parent?.path ?? (known ? undefined : '/')) : planned.get(above)?.known?.path]
    if (places.some((place) => place !== undefined && actor.holds('organisation.manage', place) !== true))
      wrong('你没有在这个上级之下建立或修改组织的权限', '请填你管理范围内的上级组织，或请上级党务干部导入')
    if (issues.some(({ level }) => level === 'wrong')) {
      count(result, 'wrong', issues)
      return false
    }
    planned.set(line.row, {
      id: known?.id ?? newId(),
      values,
      parentId: above === null ? (values.parent?.id ?? null) : planned.get(above)!.id,
      known,
      foundedOn: values.founded?.to ?? values.termFrom ?? known?.foundedOn ?? day,
      line,
    })
    return true
  }
  for (const line of rows) if (left.has(line.row)) plan(line)
  return [...planned.values()]
}

const newNode = ({ id, parentId, values, foundedOn }: Planned): NewNode<OrgKind> => ({
  id,
  parentId,
  value: values.kind!,
  name: values.name,
  shortName: values.shortName,
  code: values.code,
  foundedOn,
})

/** The units of each organisation, known or to be founded; a unit stands below the first unit of the superior organisation. */
function planUnits(planned: readonly Planned[], units: readonly KnownUnit[]) {
  const byPlace = new Map(units.map((unit) => [`${unit.parentId}|${unit.name}`, unit.id]))
  const firstOf = new Map<string, string>(units.flatMap(({ id, orgIds }) => orgIds.map((org) => [org, id] as const)))
  const covering = new Map(units.flatMap(({ id, name, orgIds }) => orgIds.map((org) => [`${org}|${name}`, id] as const)))
  const fresh: NewUnit[] = []
  const covered = new Map<string, string[]>()
  const rest = new Map(planned.map((row) => [row.id, row]))
  const plan = (row: Planned) => {
    rest.delete(row.id)
    const above = rest.get(row.parentId ?? '')
    if (above) plan(above)
    const parentId = (row.parentId && firstOf.get(row.parentId)) ?? null
    for (const name of row.values.units) {
      const place = `${parentId}|${name}`
      let id = covering.get(`${row.id}|${name}`) ?? byPlace.get(place)
      if (!id) {
        id = newId()
        fresh.push({ id, parentId, value: false, name, shortName: null, code: null, foundedOn: row.foundedOn, orgId: row.id })
        byPlace.set(place, id)
      }
      if (!firstOf.has(row.id)) firstOf.set(row.id, id)
      if (!covering.has(`${row.id}|${name}`)) covered.set(row.id, [...(covered.get(row.id) ?? []), id])
    }
  }
  for (const row of planned) if (rest.has(row.id)) plan(row)
  return { fresh, covered }
}

const coverageOf = ({ id, known, foundedOn }: Planned, unitIds: readonly string[], day: string) =>
  unitIds.map((unitId) => ({ orgId: id, unitId, on: known ? day : foundedOn }))

type Change = (ctx: FactCtx) => Promise<unknown>

/** What has to be done for a row beside founding. What a file does not say stays as it is. */
function changesOf({ id, values, known, parentId }: Planned, day: string): Change[] {
  const { name, shortName, kind, termFrom, termTo, code } = values
  const term: Change[] =
    termFrom && termTo && (known?.termFrom !== termFrom || known.termUntil !== termTo)
      ? [(ctx) => beginTerm(ctx, id, termFrom, termTo)]
      : []
  if (!known) return term
  const renamed = name !== known.name || (shortName !== null && shortName !== known.shortName)
  const moved = (values.parent !== null && parentId !== known.parentId) || (kind !== null && kind !== known.kind)
  const to = { parentId: values.parent === null ? known.parentId : parentId, kind: kind ?? known.kind }
  return [
    ...(renamed ? [(ctx: FactCtx) => renameOrg(ctx, known, day, name, shortName ?? known.shortName)] : []),
    ...(moved ? [(ctx: FactCtx) => moveOrg(ctx, known, day, to)] : []),
    ...(code !== null && code !== known.code ? [(ctx: FactCtx) => setCode(ctx, id, code)] : []),
    ...term,
  ]
}

const setCode = (ctx: FactCtx, id: string, code: string) =>
  sql`update organisation.org set code = ${code}, version = version + 1 where id = ${id}`.execute(ctx.db)
