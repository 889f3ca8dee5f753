import { z } from 'zod'
import { dateAt } from '#kernel/civilDate.ts'
import { XLSX } from '#kernel/importing.ts'
import { type Ctx, download, query } from '#kernel/operation.ts'
import { periodOf } from '#kernel/period.ts'
import { headNow } from '#ledger/reading.ts'
import { writeXlsx } from '#runtime/sheets/write.ts'
import { type Branch, branchesUnder, chunksOf, pageOfBranches } from '../branches.ts'
import { casesOf } from '../cases.ts'
import { DUTY_KINDS, DUTY_STATES, DutyKind, type DutyState, Standing } from '../contract.ts'
import type { DutyCase } from '../owed.ts'
import { isSoon, standingIn } from '../standing.ts'
import { ofOrg, Year } from './reading.ts'

const Cell = z.object({
  period: z.string(),
  state: z.enum(Object.keys(DUTY_STATES) as [DutyState, ...DutyState[]]),
  met: z.int(),
  expected: z.int(),
  soon: z.boolean(),
})
const GridRow = z.object({
  orgId: z.uuid(),
  name: z.string(),
  duties: z.array(z.object({ duty: DutyKind, cells: z.array(Cell) })),
  overdue: z.int(),
  quarter: Standing,
})
type GridRow = z.output<typeof GridRow>

const Asked = z.object({ orgId: z.uuid(), year: Year, asAt: z.iso.date().optional() })

export const grid = query('duties.grid', {
  title: '各支部应办事项一览',
  input: Asked.extend({ after: z.uuid().optional(), limit: z.int().min(1).max(100).default(30) }),
  output: z.object({
    asAt: z.iso.date(),
    /** All the branches, listed on this page or not. */
    branches: z.int(),
    items: z.array(GridRow),
    next: z.string().nullable(),
  }),
  ...ofOrg,
  run: async (ctx, { year, after, limit, ...input }, org) => {
    const asAt = input.asAt ?? dateAt(ctx.now)
    const all = await branchesUnder(ctx, org.path, wholeYear(year))
    const { page, next } = pageOfBranches(all, { after, limit })
    return { asAt, branches: all.length, items: await rowsOf(ctx, page, { year, asAt }), next }
  },
})

export const gridCount = query('duties.gridCount', {
  title: '各支部应办的总数',
  input: Asked,
  output: z.object({ branches: z.int(), late: z.int() }),
  ...ofOrg,
  run: async (ctx, { year, ...input }, org) => {
    const asAt = input.asAt ?? dateAt(ctx.now)
    const all = await branchesUnder(ctx, org.path, wholeYear(year))
    let late = 0
    for (const part of chunksOf(all)) late += (await rowsOf(ctx, part, { year, asAt })).filter((row) => row.overdue > 0).length
    return { branches: all.length, late }
  },
})

const wholeYear = (year: number) => ({ from: `${year}-01-01`, to: `${year}-12-31` })

/** The rows of these branches, in a number of statements that does not depend on how many. */
async function rowsOf(ctx: Ctx, branches: readonly Branch[], { year, asAt }: { year: number; asAt: string }): Promise<GridRow[]> {
  const { from, to } = wholeYear(year)
  const ids = branches.map((b) => b.id)
  const byOrg = Map.groupBy(await casesOf(ctx, ids, from, to, asAt), (c) => c.orgId)
  return branches.map((branch) => rowOf(branch, byOrg.get(branch.id) ?? [], asAt))
}

function rowOf({ id, name }: Branch, cases: readonly DutyCase[], asAt: string): GridRow {
  const duties = [...Map.groupBy(cases, (c) => c.duty)].map(([duty, of]) => ({
    duty,
    cells: of.map((c) => ({ period: c.period.key, state: c.state, met: c.met, expected: c.expected, soon: isSoon(c, asAt) })),
  }))
  const overdue = cases.filter((c) => c.state === 'overdue').length
  return { orgId: id, name, duties, overdue, quarter: standingIn(cases, periodOf('quarter', asAt), asAt) }
}

export const gridExport = download('duties.gridExport', {
  title: '导出各支部应办事项',
  input: Asked,
  ...ofOrg,
  run: async (ctx, { year, ...input }, org) => {
    const asAt = input.asAt ?? dateAt(ctx.now)
    const height = (await headNow(ctx.db))?.size ?? 0
    const kinds = Object.keys(DUTY_KINDS) as DutyKind[]
    const body = writeXlsx([
      {
        name: `${year} 年应办事项`,
        title: `${org.name} ${year} 年应办事项（截至 ${asAt}）`,
        columns: [
          { title: '支部', width: 28 },
          ...kinds.map((duty) => ({ title: DUTY_KINDS[duty], width: 14 })),
          { title: '逾期未办', kind: 'number' as const },
          { title: '逾期未办的期间', width: 48 },
        ],
        rows: sheetRows(ctx, org.path, { year, asAt }),
        footer: [
          '口径：已办次数/到期应办次数，由会议记录和规则算出；还没到期的不计，豁免的不计；按组织架构排列，不排名次。',
          `时间：截至 ${asAt}，${dateAt(ctx.now)} 导出`,
          `账本高度：${height}`,
        ],
      },
    ])
    return { fileName: `${org.name}${year}年应办事项-${asAt}.xlsx`, type: XLSX, body }
  },
})

async function* sheetRows(ctx: Ctx, path: string, asked: { year: number; asAt: string }): AsyncGenerator<(string | number | null)[]> {
  for (const part of chunksOf(await branchesUnder(ctx, path, wholeYear(asked.year)))) yield* (await rowsOf(ctx, part, asked)).map(sheetRow)
}

function sheetRow({ name, duties, overdue }: GridRow): (string | number | null)[] {
  const of = new Map(duties.map((d) => [d.duty, d.cells]))
  const late = duties.flatMap(({ duty, cells }) => {
    const periods = cells.filter((c) => c.state === 'overdue').map((c) => c.period)
    return periods.length > 0 ? [`${DUTY_KINDS[duty]} ${periods.join('、')}`] : []
  })
  return [name, ...(Object.keys(DUTY_KINDS) as DutyKind[]).map((duty) => share(of.get(duty))), overdue, late.join('；')]
}

/** Done of what has fallen due; what does not apply says so. */
function share(cells: GridRow['duties'][number]['cells'] | undefined): string {
  if (!cells) return '不适用'
  const counted = cells.filter((c) => c.state !== 'exempt' && (c.state !== 'open' || c.met > 0))
  if (counted.length === 0) return cells.some((c) => c.state === 'exempt') ? '已豁免' : '未到时间'
  const sum = (of: 'met' | 'expected') => counted.reduce((n, c) => n + c[of], 0)
  return `${sum('met')}/${sum('expected')}`
}
