import { sql } from 'kysely'
import { beyond } from '#kernel/actor.ts'
import { dateAt } from '#kernel/civilDate.ts'
import { conflict, invalid } from '#kernel/errors.ts'
import type { Ctx } from '#kernel/operation.ts'
import { type OrgCard, orgOn } from '#modules/organisation/published.ts'
import { findingsOf } from './checks.ts'
import { type Cell, type CellKind, type EditionCard, type Finding, type Head, keyOfCell, type SheetView } from './contract.ts'
import type { Scope } from './people.ts'
import { type Column, type Line, SHEETS, type Sheet } from './reference.ts'
import type { EditionRow, EntryRow, KeptCells } from './tables.ts'
import { type AllReadings, countedOf } from './values.ts'

type Reads = Pick<Ctx, 'db' | 'now' | 'actor'>

/** What the tables of a year are made from: the scope, what was entered by hand, how texts are read, what was submitted last. */
export interface Year {
  org: OrgCard
  scope: Scope
  entries: EntryRow[]
  readings: AllReadings
}

/** The tables of an organisation and all below it for a year: as at its last day, or today while it lasts. */
export async function yearFor(ctx: Reads, org: OrgCard, year: number): Promise<Year> {
  const today = dateAt(ctx.now)
  const [first, last] = [`${year}-01-01`, `${year}-12-31`]
  if (first > today) throw invalid('year-to-come', '这一年还没有开始，请选以前的年度', { year: ['请选以前的年度'] })
  const day = today < last ? today : last
  const then = await orgOn(ctx.db, org.id, day)
  if (!then) throw conflict('not-there', `${org.name} 在 ${day} 不存在（${org.foundedOn} 成立），没有这一年的年报`)
  return { org, scope: { path: then.path, day, year }, entries: await entriesBelow(ctx, org, year), readings: await readingsOf(ctx, org) }
}

async function entriesBelow(ctx: Reads, { path }: OrgCard, year: number): Promise<EntryRow[]> {
  const { rows } = await sql<EntryRow>`select e.org_id, o.path, o.name as org_name, e.sheet, e.line, e.col, e.value, e.source, p.name as by,
      e.entered_at, e.version
    from statistics.entry e join organisation.org o on o.id = e.org_id left join organisation.person p on p.id = e.entered_by
    where e.year = ${year} and o.path >= ${path} and o.path < ${beyond(path)} and ${ctx.actor.within('statistics.read', 'o.path')}
    order by o.path limit 50000`.execute(ctx.db)
  return rows
}

/** What the organisation and those above it have said of ways of writing; the nearest counts. */
export async function readingsOf(ctx: Pick<Ctx, 'db'>, { path }: OrgCard): Promise<AllReadings> {
  const { rows } = await sql<{ kind: keyof AllReadings; text: string; code: string }>`select r.kind, r.text, r.code
    from organisation.org o join statistics.reading r on r.org_id = o.id
    where starts_with(${path}, o.path) order by length(o.path)`.execute(ctx.db)
  const all = { job: new Map<string, string>(), title: new Map<string, string>(), education: new Map<string, string>() }
  for (const { kind, text, code } of rows) all[kind].set(text, code)
  return all
}

/** The entries that make a cell: of those one below another the highest, so that nothing is added twice. In the order of their paths. */
export function entriesOfCell({ entries }: Pick<Year, 'entries'>, sheet: string, row: string, column: string): EntryRow[] {
  const kept: EntryRow[] = []
  for (const e of entries)
    if (e.sheet === sheet && e.line === row && e.col === column && !kept.some((k) => e.path.startsWith(k.path))) kept.push(e)
  return kept
}

export const kindOf = (row: Line, column: Column): CellKind => (column.rest ? 'rest' : row.hand || column.hand ? 'hand' : 'counted')

/** Cell → number of a whole table, also of the cells that explain differences. */
export async function valuesOf(ctx: Reads, year: Year, sheet: Sheet): Promise<Map<string, number | null>> {
  const counted = await countedOf(ctx.db, year.scope, sheet, year.readings)
  const values = new Map<string, number | null>(counted)
  for (const row of sheet.rows)
    for (const column of sheet.columns)
      if (kindOf(row, column) === 'hand') {
        const made = entriesOfCell(year, sheet.key, row.key, column.key)
        values.set(keyOfCell(row.key, column.key), made.length === 0 ? null : made.reduce((sum, e) => sum + e.value, 0))
      }
  for (const row of sheet.rows)
    for (const { key, rest } of sheet.columns)
      if (rest) {
        const whole = values.get(keyOfCell(row.key, 'total')) ?? null
        const others = rest.reduce((sum, other) => sum + (values.get(keyOfCell(row.key, other)) ?? 0), 0)
        values.set(keyOfCell(row.key, key), whole === null ? null : whole - others)
      }
  return values
}

/** What does not agree in a table; `totals` are the totals of the tables it is compared with. */
export const findingsIn = (sheet: Sheet, values: ReadonlyMap<string, number | null>, totals: ReadonlyMap<string, number | null>) =>
  findingsOf(
    sheet,
    (row, column) => values.get(keyOfCell(row, column)) ?? null,
    (other) => totals.get(other) ?? null,
  )

/** The tables that the actor may read here, each with its numbers and what does not agree. */
export async function tablesOf(
  ctx: Reads,
  year: Year,
  only?: (sheet: Sheet) => boolean,
): Promise<{ sheet: Sheet; values: Map<string, number | null>; findings: Finding[] }[]> {
  const seen = SHEETS.filter((s) => ctx.actor.holdsBelow(s.readWith, year.org.path) === true)
  const asked = seen.filter((s) => only?.(s) ?? true)
  const needed = new Set([...asked, ...SHEETS.filter((s) => asked.some((a) => a.whole.some(({ of }) => of === s.key)))])
  const values = new Map<string, Map<string, number | null>>()
  for (const sheet of needed) values.set(sheet.key, await valuesOf(ctx, year, sheet))
  const totals = new Map([...values].map(([key, of]) => [key, of.get(keyOfCell('', 'total')) ?? null]))
  return asked.map((sheet) => {
    const own = values.get(sheet.key)!
    return { sheet, values: own, findings: findingsIn(sheet, own, totals) }
  })
}

/** A table as it is shown; `kept` is what was submitted last. */
export function viewOf(sheet: Sheet, values: ReadonlyMap<string, number | null>, findings: Finding[], kept?: KeptCells): SheetView {
  const rows = sheet.rows.filter((r) => !r.gap)
  const columns = sheet.columns.filter((c) => !c.gap)
  const before = kept?.[sheet.key]
  const cells = rows.flatMap((row) =>
    columns.map((column): Cell => {
      const key = keyOfCell(row.key, column.key)
      const value = values.get(key) ?? null
      const why = column.hand ?? row.hand
      const was = before && key in before && before[key] !== value ? { was: before[key]! } : {}
      return { row: row.key, column: column.key, kind: kindOf(row, column), value, ...was, ...(why ? { why } : {}) }
    }),
  )
  const { key, title, about } = sheet
  return { key, title, about, rows: rows.map(headOf), columns: columns.map(headOf), cells, findings }
}

const headOf = (line: Line & { under?: string | undefined }): Head => ({
  key: line.key,
  title: line.title,
  under: line.under ?? null,
  ofWhich: line.ofWhich,
})

/** The kept editions of a year, the newest first. */
export async function editionsOf(ctx: Pick<Ctx, 'db'>, orgId: string, year: number): Promise<EditionRow[]> {
  const { rows } = await sql<EditionRow>`select * from statistics.edition where org_id = ${orgId} and year = ${year}
    order by number desc limit 50`.execute(ctx.db)
  return rows
}

export const editionCard = (e: EditionRow): EditionCard => ({
  id: e.id,
  number: e.number,
  at: new Date(e.submitted_at).toISOString(),
  by: e.submitted_name,
  day: e.day,
  failed: e.failed,
  note: e.note,
})

export const keptOf = (tables: readonly { sheet: Sheet; values: ReadonlyMap<string, number | null> }[]): KeptCells =>
  Object.fromEntries(tables.map(({ sheet, values }) => [sheet.key, Object.fromEntries(values)]))
