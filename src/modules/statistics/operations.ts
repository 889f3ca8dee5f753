import { sql } from 'kysely'
import { z } from 'zod'
import { conflict, invalid, stale } from '#kernel/errors.ts'
import { newId } from '#kernel/id.ts'
import { type Ctx, command, query } from '#kernel/operation.ts'
import { Paged, pageOf } from '#kernel/paging.ts'
import { orgSeen } from '#modules/organisation/published.ts'
import { EditionCard, Finding, Kind, SheetView } from './contract.ts'
import { CODES, codeOf } from './jobs.ts'
import { countPeople, ofActivists, ofMembers } from './people.ts'
import { recordsOf } from './records.ts'
import { SHEETS, type Sheet, SOURCE, sheetOf } from './reference.ts'
import { record } from './tables.ts'
import { editionCard, editionsOf, entriesOfCell, keptOf, kindOf, readingsOf, tablesOf, viewOf, yearFor } from './year.ts'

export const READ = 'statistics.read'
export const MANAGE = 'statistics.manage'
export const OfYear = z.object({ orgId: z.uuid(), year: z.int().min(2000).max(2100) })
const InSheet = OfYear.extend({ sheet: z.string().max(20) })

/** The organisation whose tables the actor reads. */
export const seen = (ctx: Ctx, { orgId }: { orgId: string }) => orgSeen(ctx, orgId, READ)

export function sheetFor(ctx: Ctx, key: string, path: string): Sheet {
  const sheet = sheetOf(key)
  if (!sheet) throw invalid('no-sheet', '没有这张表', { sheet: ['没有这张表'] })
  const may = ctx.actor.holdsBelow(sheet.readWith, path)
  if (may !== true) throw may
  return sheet
}

export const overview = query('statistics.year', {
  title: '看一年的党内统计年报',
  input: OfYear,
  output: z.object({
    orgName: z.string(),
    /** Until when records count. */
    day: z.string(),
    source: z.string(),
    sheets: z.array(z.object({ key: z.string(), title: z.string() })),
    /** Tables that this reader may not see. */
    closed: z.array(z.string()),
    findings: z.array(Finding),
    editions: z.array(EditionCard),
    can: z.object({ manage: z.boolean() }),
  }),
  snapshot: true,
  load: seen,
  may: (actor, org) => actor.holdsBelow(READ, org.path),
  run: async (ctx, { year }, org) => {
    const made = await yearFor(ctx, org, year)
    const tables = await tablesOf(ctx, made)
    const open = tables.map(({ sheet: { key, title } }) => ({ key, title }))
    return {
      orgName: org.name,
      day: made.scope.day,
      source: SOURCE,
      sheets: open,
      closed: SHEETS.filter((s) => !open.some(({ key }) => key === s.key)).map((s) => s.title),
      findings: tables.flatMap((t) => t.findings),
      editions: (await editionsOf(ctx, org.id, year)).map(editionCard),
      can: { manage: ctx.actor.holds(MANAGE, org.path) === true },
    }
  },
})

export const oneSheet = query('statistics.sheet', {
  title: '看年报的一张表',
  input: InSheet,
  output: SheetView,
  snapshot: true,
  load: seen,
  may: (actor, org) => actor.holdsBelow(READ, org.path),
  run: async (ctx, { year, sheet: key }, org) => {
    const wanted = sheetFor(ctx, key, org.path)
    const [table] = await tablesOf(ctx, await yearFor(ctx, org, year), (s) => s === wanted)
    const [last] = await editionsOf(ctx, org.id, year)
    return viewOf(wanted, table!.values, table!.findings, last?.cells)
  },
})

const Behind = z.object({ id: z.string(), title: z.string(), note: z.string(), open: z.string() })

export const records = query('statistics.records', {
  title: '看年报一格背后的记录',
  input: InSheet.extend({ row: z.string().max(20), column: z.string().max(20) }).extend(Paged.shape),
  output: pageOf(Behind).extend({
    /** The actor's own organisation's entry, where the cell is entered by hand. */
    entry: z.object({ value: z.int().nullable(), source: z.string(), version: z.int(), why: z.string() }).nullable(),
  }),
  load: seen,
  may: (actor, org) => actor.holdsBelow(READ, org.path),
  run: async (ctx, { year, sheet: key, row, column, after, limit }, org) => {
    const sheet = sheetFor(ctx, key, org.path)
    const made = await yearFor(ctx, org, year)
    const line = sheet.rows.find((r) => r.key === row)
    const col = sheet.columns.find((c) => c.key === column)
    if (line && col && kindOf(line, col) === 'hand') {
      const own = made.entries.find((e) => e.org_id === org.id && e.sheet === key && e.line === row && e.col === column)
      const items = entriesOfCell(made, key, row, column).map((e) => ({
        id: e.org_id,
        title: `${e.org_name}　${e.value}`,
        note: `${e.source}${e.by ? `（${e.by}）` : ''}`,
        open: '',
      }))
      const why = col.hand ?? line.hand ?? ''
      const entry = { value: own?.value ?? null, source: own?.source ?? '', version: own?.version ?? 0, why }
      return { items: items.slice(0, 200), next: null, entry }
    }
    const found = await recordsOf(ctx, { scope: made.scope, sheet, row, column, readings: made.readings, after, limit })
    if (!found) throw conflict('no-records', '这一格由别的格算出，请看合计和其他各列')
    return { ...found, entry: null }
  },
})

export const enter = command('statistics.enter', {
  title: '填写年报里记录算不出的数',
  input: InSheet.extend({
    row: z.string().max(20),
    column: z.string().max(20),
    /** Null takes back what was entered. */
    value: z.int().min(0, '请填 0 或以上的整数').max(10_000_000).nullable(),
    source: z.string().trim().min(2, '请写明依据，例如“2026 年收入证明台账”').max(200),
    version: z.int(),
  }),
  output: z.object({ version: z.int() }),
  load: seen,
  may: (actor, org) => actor.holdsBelow(MANAGE, org.path),
  run: async (ctx, { year, sheet: key, row, column, value, source, version }, org) => {
    const sheet = sheetFor(ctx, key, org.path)
    const [line, col] = [sheet.rows.find((r) => r.key === row), sheet.columns.find((c) => c.key === column)]
    if (!line || !col || kindOf(line, col) !== 'hand')
      throw invalid('counted', '这一格由记录算出，不能改；数不对请更正记录', { value: ['由记录算出'] })
    await yearFor(ctx, org, year)
    const place = sql`org_id = ${org.id} and year = ${year} and sheet = ${key} and line = ${row} and col = ${column}`
    if (version === 0 && value !== null) {
      const { rows } = await sql<{ version: number }>`insert into statistics.entry
        (org_id, year, sheet, line, col, value, source, entered_by, entered_at, version)
        values (${org.id}, ${year}, ${key}, ${row}, ${column}, ${value}, ${source}, ${ctx.actor.personId}, ${ctx.now}, 1)
        on conflict do nothing returning version`.execute(ctx.db)
      if (rows[0]) return rows[0]
    } else {
      const by = sql`entered_by = ${ctx.actor.personId}, entered_at = ${ctx.now}`
      const { rows } = await (value === null
        ? sql<{ version: number }>`delete from statistics.entry where ${place} and version = ${version} returning 0 as version`
        : sql<{
            version: number
          }>`update statistics.entry set value = ${value}, source = ${source}, ${by}, version = version + 1
            where ${place} and version = ${version} returning version`
      ).execute(ctx.db)
      if (rows[0]) return rows[0]
    }
    const { rows } = await sql<{ value: number; source: string; version: number }>`select value, source, version
      from statistics.entry where ${place}`.execute(ctx.db)
    throw stale({ value, source }, rows[0] ?? { version: 0 })
  },
})

const TEXTS = 500

export const texts = query('statistics.texts', {
  title: '看党员档案里的写法对应哪一类',
  input: OfYear.extend({ kind: Kind }),
  output: z.object({
    /** Most people first, those without a code before all; at most 500. */
    items: z.array(z.object({ text: z.string(), people: z.int(), code: z.string().nullable(), own: z.boolean(), version: z.int() })),
    codes: z.array(z.object({ code: z.string(), title: z.string() })),
    /** People with nothing filled in. */
    empty: z.int(),
    can: z.object({ manage: z.boolean() }),
  }),
  load: seen,
  may: (actor, org) => actor.holdsBelow(READ, org.path),
  run: async (ctx, { year, kind }, org) => {
    const { scope } = await yearFor(ctx, org, year)
    const readings = await readingsOf(ctx, org)
    const { rows: own } = await sql<{ text: string; version: number }>`select text, version from statistics.reading
      where org_id = ${org.id} and kind = ${kind}`.execute(ctx.db)
    const people = new Map<string, number>()
    // Activists are sorted by what they do and have learnt too; a post of 职称 is asked of members alone.
    for (const of of kind === 'title' ? [ofMembers] : kind === 'education' ? [ofActivists] : [ofMembers, ofActivists])
      for (const { text, total, retired } of await countPeople(ctx.db, scope, { of, text: kind, columns: ['total'] }))
        if (!(kind === 'job' && retired)) people.set(plain(text), (people.get(plain(text)) ?? 0) + total!)
    const items = [...people]
      .filter(([text]) => text !== '')
      .map(([text, n]) => {
        const mine = own.find((o) => o.text === text)
        return { text, people: n, code: codeOf(kind, text, readings[kind]), own: mine !== undefined, version: mine?.version ?? 0 }
      })
      .sort((a, b) => Number(a.code !== null) - Number(b.code !== null) || b.people - a.people || (a.text < b.text ? -1 : 1))
    const manage = ctx.actor.holds(MANAGE, org.path) === true
    return { items: items.slice(0, TEXTS), codes: CODES[kind], empty: people.get('') ?? 0, can: { manage } }
  },
})

const plain = (text: string | null) => (text ?? '').normalize('NFKC').trim()

export const sort = command('statistics.sort', {
  title: '把一种写法对应到统计口径',
  input: z.object({
    orgId: z.uuid(),
    kind: Kind,
    text: z.string().trim().min(1).max(200),
    code: z.string().max(20),
    version: z.int(),
  }),
  output: z.object({ version: z.int() }),
  load: seen,
  may: (actor, org) => actor.holdsBelow(MANAGE, org.path),
  run: async (ctx, { kind, text, code, version }, org) => {
    if (!CODES[kind].some((c) => c.code === code)) throw invalid('no-code', '请从列出的类别里选', { code: ['请从列出的类别里选'] })
    const { rows } = await (version === 0
      ? sql<{ version: number }>`insert into statistics.reading (org_id, kind, text, code, version)
          values (${org.id}, ${kind}, ${plain(text)}, ${code}, 1) on conflict do nothing returning version`
      : sql<{ version: number }>`update statistics.reading set code = ${code}, version = version + 1
          where org_id = ${org.id} and kind = ${kind} and text = ${plain(text)} and version = ${version} returning version`
    ).execute(ctx.db)
    if (rows[0]) return rows[0]
    const now = await sql<{ code: string; version: number }>`select code, version from statistics.reading
      where org_id = ${org.id} and kind = ${kind} and text = ${plain(text)}`.execute(ctx.db)
    throw stale({ code }, now.rows[0] ?? { version: 0 })
  },
})

export const submit = command('statistics.submit', {
  title: '把年报定稿上报',
  input: OfYear.extend({ note: z.string().trim().max(1000).default(''), number: z.int().min(1) }),
  output: z.object({ id: z.uuid(), number: z.int() }),
  load: seen,
  may: (actor, org) => actor.holdsBelow(MANAGE, org.path),
  run: async (ctx, { year, note, number }, org) => {
    const made = await yearFor(ctx, org, year)
    const tables = await tablesOf(ctx, made)
    if (tables.length < SHEETS.length) throw conflict('not-all-tables', '有的表你看不到，请由能看全部表的人定稿上报')
    const failed = tables.flatMap((t) => t.findings).length
    if (failed > 0 && note.length < 2)
      throw invalid('explain', `有 ${failed} 处对不上，请先更正，或者写明原因再定稿`, { note: ['请写明对不上的原因'] })
    const [last] = await editionsOf(ctx, org.id, year)
    if (number !== (last?.number ?? 0) + 1) throw stale({ number }, { number: last?.number ?? 0 })
    const id = newId()
    const { rows } = await sql`insert into statistics.edition
      (org_id, id, year, number, day, cells, failed, note, submitted_by, submitted_name, submitted_at)
      values (${org.id}, ${id}, ${year}, ${number}, ${made.scope.day}::date, ${JSON.stringify(keptOf(tables))}::text::jsonb, ${failed}, ${note},
        ${ctx.actor.personId}, ${ctx.actor.name}, ${ctx.now}) on conflict do nothing returning id`.execute(ctx.db)
    if (rows.length === 0) throw stale({ number }, { number })
    record(ctx, 'statistics.submitted', { subject: id, orgId: org.id, body: { year, edition: number, failed } })
    return { id, number }
  },
})
