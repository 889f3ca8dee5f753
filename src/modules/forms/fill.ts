import { z } from 'zod'
import { conflict, invalid } from '#kernel/errors.ts'
import { XLSX } from '#kernel/importing.ts'
import { type Ctx, download, query } from '#kernel/operation.ts'
import { type Period, periodFromKey } from '#kernel/period.ts'
import { bytesOfFile } from '#modules/files/published.ts'
import { type OrgCard, orgSeen } from '#modules/organisation/published.ts'
import { fillXlsx } from '#runtime/sheets/fill.ts'
import { LISTS, ListKey, type ListSpot } from './contract.ts'
import { type Form, formSeen } from './find.ts'
import { countOf, linesFor } from './lists.ts'
import { READ } from './operations.ts'
import { problemsOf } from './spots.ts'
import { assertMayRead, isStatistic, sourceOf, valuesFor } from './values.ts'

/** For which organisation and which time a form is filled in: 2026, 2026-H1, 2026-Q3 or 2026-07. */
const Asked = z.object({ id: z.uuid(), orgId: z.uuid(), period: z.string().max(7) })

interface Loaded {
  form: Form
  org: OrgCard
}

/** The form and the organisation it is filled in for: the form's own, or one below it. */
async function loaded(ctx: Ctx, { id, orgId }: { id: string; orgId: string }): Promise<Loaded | undefined> {
  const [form, org] = [await formSeen(ctx, id), await orgSeen(ctx, orgId, READ)]
  return form && org?.path.startsWith(form.path) ? { form, org } : undefined
}

function spanOf(key: string): Period {
  const span = periodFromKey(key)
  if (!span) throw invalid('no-period', '请选择年度或时间段', { period: ['请选择年度或时间段'] })
  return span
}

/** Refuses at the places, before anything is read, what cannot be filled in or may not be seen by this reader. */
function assertFillable(ctx: Ctx, { form, org }: Loaded): void {
  if (form.spots.cells.length + form.spots.lists.length === 0) throw conflict('nothing-mapped', '还没有对应任何位置，请先在表格上点选')
  const problems = problemsOf(form.layout, form.spots, isStatistic)
  if (problems.length > 0)
    throw conflict(
      'cannot-fill',
      `有 ${problems.length} 处要先改：${problems
        .slice(0, 5)
        .map((p) => p.says)
        .join('；')}`,
    )
  assertMayRead(ctx, org, [
    ...form.spots.cells.map(({ ref, source }) => ({ at: ref, ...sourceOf(source)! })),
    ...form.spots.lists.map(({ list, from }) => ({ at: `第 ${from} 行起`, title: LISTS[list].title, needs: LISTS[list].needs })),
  ])
}

export const look = query('forms.look', {
  title: '看一张表格将填成什么',
  input: Asked,
  output: z.object({
    orgName: z.string(),
    period: z.string(),
    cells: z.array(
      z.object({ sheet: z.string(), ref: z.string(), title: z.string(), value: z.union([z.string(), z.number()]).nullable() }),
    ),
    lists: z.array(z.object({ sheet: z.string(), list: ListKey, title: z.string(), lines: z.int(), room: z.int() })),
  }),
  load: loaded,
  may: (actor, { org }) => actor.holdsBelow(READ, org.path),
  run: async (ctx, { period }, of) => {
    assertFillable(ctx, of)
    const { form, org } = of
    const span = spanOf(period)
    const values = await valuesFor(ctx, org, span, form.spots.cells)
    const lists = []
    for (const { sheet, list, from, to } of form.spots.lists)
      lists.push({ sheet, list, title: LISTS[list].title, lines: await countOf(ctx, list, org, span), room: to - from + 1 })
    return {
      orgName: org.name,
      period: span.fullName,
      cells: form.spots.cells.map(({ sheet, ref, source }) => ({
        sheet,
        ref,
        title: sourceOf(source)!.title,
        value: values.get(source) ?? null,
      })),
      lists,
    }
  },
})

export const fill = download('forms.fill', {
  title: '从记录填好一张表格',
  input: Asked,
  load: loaded,
  may: (actor, { org }) => actor.holdsBelow(READ, org.path),
  run: async (ctx, { period }, of) => {
    assertFillable(ctx, of)
    const { form, org } = of
    const span = spanOf(period)
    const values = await valuesFor(ctx, org, span, form.spots.cells)
    const fills = new Map<string, Map<string, string | number>>()
    const put = (sheet: string, ref: string, value: string | number | null | undefined) => {
      if (value === null || value === undefined || value === '') return
      fills.set(sheet, (fills.get(sheet) ?? new Map<string, string | number>()).set(ref, value))
    }
    for (const { sheet, ref, source } of form.spots.cells) put(sheet, ref, values.get(source))
    for (const spot of form.spots.lists) {
      const lines = await linesWithRoom(ctx, spot, org, span)
      lines.forEach((line, i) => {
        for (const { column, field } of spot.columns) put(spot.sheet, `${column}${spot.from + i}`, line[field])
      })
    }
    const blank = await bytesOfFile(ctx, form.org_id, form.file_id)
    return { fileName: `${form.name} ${org.name} ${span.fullName}.xlsx`, type: XLSX, body: () => fillXlsx(blank, fills) }
  },
})

/** Asked how many first: nobody's name is taken for a form that has no room for it. */
async function linesWithRoom(ctx: Ctx, { list, from, to, sheet }: ListSpot, org: OrgCard, span: Period) {
  const [lines, room] = [await countOf(ctx, list, org, span), to - from + 1]
  if (lines > room)
    throw conflict(
      'no-room',
      `“${sheet}”第 ${from}–${to} 行只有 ${room} 行，${LISTS[list].title}要 ${lines > 600 ? '600 多' : lines} 行。请在空表里加够行数，再换上新的空表`,
    )
  return linesFor(ctx, list, org, span)
}
