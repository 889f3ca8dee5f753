import { z } from 'zod'
import { dateAt } from '#kernel/civilDate.ts'
import { XLSX } from '#kernel/importing.ts'
import { download } from '#kernel/operation.ts'
import { Format, printed } from '#kernel/printing.ts'
import { writeXlsx } from '#runtime/sheets/write.ts'
import { statement } from '#runtime/word.ts'
import { Month, PAYERS, ROUNDINGS, yuan } from '../contract.ts'
import { firstOf } from '../months.ts'
import { duesOrg, keptOrg } from '../place.ts'
import { linesOf, ratesFor, roundingOn } from '../plan.ts'
import { yearOf } from './look.ts'

export const monthSheet = download('dues.monthSheet', {
  title: '导出当月党费收缴表',
  input: z.object({ orgId: z.uuid(), month: Month }),
  load: (ctx, { orgId }) => keptOrg(ctx, orgId),
  may: (actor, org) => actor.holds('dues.manage', org.path),
  run: async (ctx, { month }, org) => {
    const lines = (await linesOf(ctx, org, month)).filter(({ owed }) => owed === null || owed.orgId === org.id)
    const rounding = await roundingOn(ctx.db, org.path, firstOf(month))
    const owed = lines.reduce((sum, l) => sum + (l.owed?.cents ?? 0), 0)
    const paid = lines.reduce((sum, l) => sum + l.paid, 0)
    const body = writeXlsx([
      {
        name: '党费收缴表',
        title: `${org.name} ${month} 党费收缴表`,
        columns: [
          { title: '序号', width: 6, kind: 'number' }, { title: '姓名', width: 12 }, { title: '交纳类别', width: 22 },
          { title: '应交（元）', width: 12, kind: 'number' }, { title: '已交（元）', width: 12, kind: 'number' },
          { title: '差额（元）', width: 12, kind: 'number' }, { title: '本人签字', width: 16 },
        ], // biome-ignore format: one head
        rows: lines.map((l, i) => [
          i + 1,
          l.name,
          l.owed ? PAYERS[l.owed.payer] : l.base ? '还没有列入名单' : '没有登记基数',
          (l.owed?.cents ?? 0) / 100,
          l.paid / 100,
          ((l.owed?.cents ?? 0) - l.paid) / 100,
          '',
        ]),
        footer: [
          `合计：应交 ${yuan(owed)} 元，已交 ${yuan(paid)} 元`,
          `口径：${ratesFor(month).source}；${ROUNDINGS[rounding]}`,
          '党费由党员本人交纳，不得垫交或扣缴',
          `导出：${ctx.actor.name} ${dateAt(ctx.now)}`,
        ],
      },
    ])
    return { fileName: `党费收缴表-${month}.xlsx`, type: XLSX, body }
  },
})

const Year = z.object({ orgId: z.uuid(), year: z.int().min(2008).max(2100) })
const HEADS = ['月份', '应交人数', '交足人数', '应交（元）', '已交（元）']

export const yearSheet = download('dues.yearSheet', {
  title: '导出年度党费收缴公布表',
  input: Year,
  load: (ctx, { orgId }) => duesOrg(ctx, orgId),
  may: (actor, org) => actor.holds('dues.read', org.path),
  run: async (ctx, { year }, org) => {
    const y = await yearOf(ctx, org, year)
    const body = writeXlsx([
      {
        name: '党费收缴公布表',
        title: `${org.name} ${year} 年党费收缴情况`,
        columns: HEADS.map((title, i) => (i === 0 ? { title, width: 12 } : { title, width: 12, kind: 'number' as const })),
        rows: [
          ...y.months.map((m) => [m.month, m.persons, m.paidPersons, cellOf(m.owed), cellOf(m.paid)]),
          ['合计', null, null, cellOf(y.totals.owed), cellOf(y.totals.paid)],
        ],
        footer: [...remarks(y), `导出：${ctx.actor.name} ${dateAt(ctx.now)}`],
      },
    ])
    return { fileName: `党费收缴公布-${year}.xlsx`, type: XLSX, body }
  },
})

export const yearWord = download('dues.yearWord', {
  title: '打印年度党费收缴公布',
  input: Year.extend({ format: Format }),
  load: (ctx, { orgId }) => duesOrg(ctx, orgId),
  may: (actor, org) => actor.holds('dues.read', org.path),
  run: async (ctx, { year, format }, org) => {
    const y = await yearOf(ctx, org, year)
    const rows = [
      ...y.months.map((m) => [m.month, String(m.persons), String(m.paidPersons), textOf(m.owed), textOf(m.paid)]),
      ['合计', '', '', textOf(y.totals.owed), textOf(y.totals.paid)],
    ]
    const paper = statement({
      title: `${year} 年党费收缴情况公布`,
      paragraphs: [`${org.name}全体党员：`, `现将 ${year} 年党费收缴情况公布如下。`],
      table: { heads: HEADS, rows },
      closing: [org.name, y.disclosedOn ?? dateAt(ctx.now)],
      notes: remarks(y),
    })
    return printed(paper, `党费收缴公布-${year}`, format)
  },
})

const cellOf = (cents: number | null) => (cents === null ? null : cents / 100)
const textOf = (cents: number | null) => (cents === null ? '不列' : yuan(cents))

const remarks = (y: Awaited<ReturnType<typeof yearOf>>) => [
  `经批准少交或免交 ${y.reduced} 人`,
  `自愿一次多交 1,000 元以上 ${y.large.count} 人次，${yuan(y.large.cents)} 元，全部上缴中央，单列统计；其他自愿多交 ${yuan(y.small.cents)} 元`,
  ...(y.hidden ? [y.hidden] : []),
  `依据：${y.source}`,
]
