import { z } from 'zod'
import { dateName, onDay } from '#kernel/civilDate.ts'
import { missing } from '#kernel/errors.ts'
import { XLSX } from '#kernel/importing.ts'
import { type Ctx, download } from '#kernel/operation.ts'
import { printed } from '#kernel/printing.ts'
import type { OrgCard } from '#modules/organisation/published.ts'
import { type Block, heading, text } from '#runtime/document/document.ts'
import { type SheetPlan, writeXlsx } from '#runtime/sheets/write.ts'
import type { Cell, SheetView } from './contract.ts'
import { OfYear, READ, seen } from './operations.ts'
import { SHEETS, SOURCE } from './reference.ts'
import { editionsOf, tablesOf, viewOf, yearFor } from './year.ts'

export const print = download('statistics.print', {
  title: '打印党内统计年报（Word、PDF、Excel）',
  input: OfYear.extend({
    format: z.enum(['word', 'pdf', 'excel']).default('word'),
    /** The number of a kept edition; left out, what the records say now. */
    edition: z.int().min(1).optional(),
  }),
  snapshot: true,
  load: seen,
  may: (actor, org) => actor.holdsBelow(READ, org.path),
  run: async (ctx, { year, format, edition }, org) => {
    const paper = edition === undefined ? await paperNow(ctx, org, year) : await paperKept(ctx, org, year, edition)
    const name = `${org.name} ${year} 年党内统计年报${edition === undefined ? '' : `（第 ${edition} 稿）`}`
    if (format === 'excel')
      return {
        fileName: `${name}.xlsx`,
        type: XLSX,
        body: writeXlsx(paper.views.map((v) => sheetPlan(v, `${org.name} ${year} 年`, paper))),
      }
    return printed(
      {
        title: name,
        subtitle: paper.says,
        wide: true,
        blocks: [...paper.views.flatMap(blocksOf), { kind: 'signed', lines: ['填报人：　　　　　　　审核人：　　　　　　　', org.name] }],
        notes: paper.notes,
      },
      name,
      format,
    )
  },
})

interface Paper {
  views: SheetView[]
  /** As at when. */
  says: string
  notes: string[]
}

const NOTES = ['标 * 的数由填报人填写，其余由记录算出；“—”是没有填的数。', `口径：${SOURCE}。`]

async function paperNow(ctx: Ctx, org: OrgCard, year: number): Promise<Paper> {
  const made = await yearFor(ctx, org, year)
  const tables = await tablesOf(ctx, made)
  const views = tables.map(({ sheet, values, findings }) => viewOf(sheet, values, findings))
  const failed = views.flatMap((v) => v.findings.map((f) => `${v.title}：${f.at}，${f.says}，差 ${f.difference}。`))
  const closed = SHEETS.length - views.length
  return {
    views,
    says: `按 ${dateName(onDay(made.scope.day))} 的记录`,
    notes: [...NOTES, ...(closed > 0 ? [`有 ${closed} 张表打印人无权看，没有列出。`] : []), ...failed],
  }
}

async function paperKept(ctx: Ctx, org: OrgCard, year: number, number: number): Promise<Paper> {
  const kept = (await editionsOf(ctx, org.id, year)).find((e) => e.number === number)
  if (!kept) throw missing()
  const seen = SHEETS.filter((s) => ctx.actor.holdsBelow(s.readWith, org.path) === true)
  const views = seen.map((s) => viewOf(s, new Map(Object.entries(kept.cells[s.key] ?? {})), []))
  return {
    views,
    says: `第 ${number} 稿，按 ${dateName(onDay(kept.day))} 的记录，${kept.submitted_name}定稿`,
    notes: [...NOTES, ...(kept.note ? [`说明：${kept.note}`] : [])],
  }
}

const said = (cell: Cell | undefined) => (cell?.value == null ? '—' : `${cell.value}${cell.kind === 'hand' ? '*' : ''}`)

const indexed = (view: SheetView) => new Map(view.cells.map((c) => [`${c.row}|${c.column}`, c]))

const rowTitle = ({ title, ofWhich }: { title: string; ofWhich: boolean }) => (ofWhich ? `　其中：${title}` : title)

function blocksOf(view: SheetView): Block[] {
  const cells = indexed(view)
  const rows = view.rows.map((row) => [rowTitle(row), ...view.columns.map((column) => said(cells.get(`${row.key}|${column.key}`)))])
  const groups = ['', ...view.columns.map((c) => c.under ?? '')]
  const widths = [7, ...view.columns.map(() => 2)]
  return [
    heading(1, view.title),
    text(`${view.about}。`),
    { kind: 'table', heads: ['项目', ...view.columns.map((c) => c.title)], rows, groups, widths },
  ]
}

/** One sheet of the workbook; what was entered by hand says so beside its row. */
function sheetPlan(view: SheetView, whose: string, { says, notes }: Paper): SheetPlan {
  const cells = indexed(view)
  const byHand = view.rows.flatMap((row) =>
    view.columns.flatMap((column) => {
      const cell = cells.get(`${row.key}|${column.key}`)
      return cell?.kind === 'hand' && cell.value !== null ? [`填写：${rowTitle(row).trim()} · ${column.title}`] : []
    }),
  )
  return {
    name: view.title.replace('党员补充资料：', '补充 '),
    title: `${whose}${view.title}`,
    columns: [
      { title: '项目', width: 34 },
      ...view.columns.map((c) => ({ title: c.title, width: 11, kind: 'number' as const, ...(c.under ? { group: c.under } : {}) })),
    ],
    rows: view.rows.map((row) => [rowTitle(row), ...view.columns.map((c) => cells.get(`${row.key}|${c.key}`)?.value ?? null)]),
    footer: [
      `${says}；${view.about}`,
      ...byHand,
      ...notes.filter((n) => !n.startsWith('标 *')),
      '填报人：　　　　　审核人：　　　　　（盖章）',
    ],
  }
}
