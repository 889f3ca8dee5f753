import { sql } from 'kysely'
import { z } from 'zod'
import { dateAt, dateName, onDay } from '#kernel/civilDate.ts'
import { XLSX } from '#kernel/importing.ts'
import { type Ctx, download } from '#kernel/operation.ts'
import { Format, printed } from '#kernel/printing.ts'
import type { PaperPlan } from '#runtime/document/document.ts'
import { type SheetColumn, writeXlsx } from '#runtime/sheets/write.ts'
import { Month, PAYERS, ROUNDINGS, yuan } from '../contract.ts'
import { firstOf } from '../months.ts'
import { keptOrg } from '../place.ts'
import { linesOf, ratesFor, roundingOn } from '../plan.ts'

const OWN = '党费由党员本人交纳，不得垫交或扣缴。'
const SIGNED = '收款人：　　　　　　　　审核人（书记）：　　　　　　　　'

export const monthPaper = download('dues.monthPaper', {
  title: '打印当月党费收缴表（Word、PDF）',
  input: z.object({ orgId: z.uuid(), month: Month, format: Format }),
  load: (ctx, { orgId }) => keptOrg(ctx, orgId),
  may: (actor, org) => actor.holds('dues.manage', org.path),
  run: async (ctx, { month, format }, org) => {
    const lines = (await linesOf(ctx, org, month)).filter(({ owed }) => owed === null || owed.orgId === org.id)
    const rounding = await roundingOn(ctx.db, org.path, firstOf(month))
    const sum = (of: (line: (typeof lines)[number]) => number) => yuan(lines.reduce((total, line) => total + of(line), 0))
    const name = `${org.name} ${nameOf(month)}党费收缴表`
    const paper: PaperPlan = {
      title: name,
      blocks: [
        {
          kind: 'table',
          tall: true,
          heads: ['序号', '姓名', '交纳类别', '应交（元）', '已交（元）', '交纳日期', '本人签字'],
          widths: [2, 4, 6, 4, 4, 4, 5],
          rows: [
            ...lines.map((l, i) => [
              String(i + 1),
              l.name,
              l.owed ? PAYERS[l.owed.payer] : l.base ? '还没有列入名单' : '没有登记基数',
              l.owed ? yuan(l.owed.cents) : '',
              l.paid > 0 ? yuan(l.paid) : '',
              '',
              '',
            ]),
            ['', '合计', `${lines.length} 人`, sum((l) => l.owed?.cents ?? 0), sum((l) => l.paid), '', ''],
          ],
        },
        { kind: 'signed', lines: [SIGNED, org.name, dateName(onDay(dateAt(ctx.now)))] },
      ],
      notes: [`口径：${ratesFor(month).source}；${ROUNDINGS[rounding]}。`, OWN],
    }
    return printed(paper, name, format)
  },
})

export const yearTable = download('dues.yearTable', {
  title: '打印全年党费收缴表（Word、PDF、Excel）',
  input: z.object({ orgId: z.uuid(), year: z.int().min(2008).max(2100), format: z.enum(['word', 'pdf', 'excel']).default('word') }),
  snapshot: true,
  load: (ctx, { orgId }) => keptOrg(ctx, orgId),
  may: (actor, org) => actor.holds('dues.manage', org.path),
  run: async (ctx, { year, format }, org) => {
    const people = await payersOf(ctx, org.id, year)
    const name = `${org.name} ${year} 年党费收缴表`
    const total = (of: number[]) => of.reduce((sum, cents) => sum + cents, 0)
    const whole: Payer = {
      name: '合计',
      owed: MONTHS.map((m) => total(people.map((p) => p.owed[m]!))),
      paid: MONTHS.map((m) => total(people.map((p) => p.paid[m]!))),
    }
    const notes = ['每格是当月已交的金额；写成“0／5”的，是应交 5 元、已交 0 元。没有列入名单的月份空着。', OWN]
    if (format === 'excel') {
      const columns: SheetColumn[] = [
        { title: '序号', width: 6, kind: 'number' },
        { title: '姓名', width: 12 },
        ...MONTHS.flatMap((m): SheetColumn[] => [
          { title: '应交', width: 8, kind: 'number', group: `${m + 1} 月` },
          { title: '已交', width: 8, kind: 'number', group: `${m + 1} 月` },
        ]),
        { title: '应交', width: 10, kind: 'number', group: '全年（元）' },
        { title: '已交', width: 10, kind: 'number', group: '全年（元）' },
        { title: '本人签字', width: 14 },
      ]
      const cell = (cents: number) => (cents === 0 ? null : cents / 100)
      const rows = [...people, whole].map((p, i) => [
        i < people.length ? i + 1 : null,
        p.name,
        ...MONTHS.flatMap((m) => [cell(p.owed[m]!), cell(p.paid[m]!)]),
        total(p.owed) / 100,
        total(p.paid) / 100,
        '',
      ])
      const sheet = { name: '党费收缴表', title: name, columns, rows, footer: [...notes.slice(1), `${SIGNED}（盖章）`] }
      return { fileName: `${name}.xlsx`, type: XLSX, body: writeXlsx([sheet]) }
    }
    const line = (p: Payer, no: string) => [
      no,
      p.name,
      ...MONTHS.map((m) => monthText(p.owed[m]!, p.paid[m]!)),
      yuan(total(p.owed)),
      yuan(total(p.paid)),
      '',
    ]
    const paper: PaperPlan = {
      title: name,
      wide: true,
      blocks: [
        {
          kind: 'table',
          tall: true,
          heads: ['序号', '姓名', ...MONTHS.map((m) => String(m + 1)), '应交', '已交', '本人签字'],
          groups: ['', '', ...MONTHS.map(() => '月份'), '全年（元）', '全年（元）', ''],
          widths: [2, 4, ...MONTHS.map(() => 3), 4, 4, 5],
          rows: [...people.map((p, i) => line(p, String(i + 1))), line(whole, '')],
        },
        { kind: 'signed', lines: [SIGNED, org.name, dateName(onDay(dateAt(ctx.now)))] },
      ],
      notes,
    }
    return printed(paper, name, format)
  },
})

const MONTHS = Array.from({ length: 12 }, (_, m) => m)

interface Payer {
  name: string
  /** 分, by month from January. */
  owed: number[]
  paid: number[]
}

/** What those listed at an organisation owed and paid in each month of a year, by name. */
async function payersOf(ctx: Pick<Ctx, 'db'>, orgId: string, year: number): Promise<Payer[]> {
  const [first, last] = [`${year}-01-01`, `${year}-12-01`]
  const { rows } = await sql<{ personId: string; name: string; month: number; owed: number; paid: number }>`
    select w.person_id as "personId", p.name, extract(month from w.month)::int - 1 as month, w.cents as owed, coalesce(y.cents, 0)::int as paid
    from dues.owed w join organisation.person p on p.id = w.person_id
    left join (select y.person_id, y.month, sum(y.cents)::int as cents from dues.payment y
      where y.org_id = ${orgId} and y.month between ${first}::date and ${last}::date and not y.taken_back group by 1, 2) y
      on y.person_id = w.person_id and y.month = w.month
    where w.org_id = ${orgId} and w.month between ${first}::date and ${last}::date
    order by p.name collate "zh-x-icu", w.person_id, w.month`.execute(ctx.db)
  const people = new Map<string, Payer>()
  for (const { personId, name, month, owed, paid } of rows) {
    const payer = people.get(personId) ?? { name, owed: MONTHS.map(() => 0), paid: MONTHS.map(() => 0) }
    payer.owed[month] = owed
    payer.paid[month] = paid
    people.set(personId, payer)
  }
  return [...people.values()]
}

const monthText = (owed: number, paid: number) =>
  owed === 0 && paid === 0 ? '' : paid >= owed ? short(paid) : `${short(paid)}／${short(owed)}`

/** `5` for 5.00: twelve months have to stand beside each other. */
const short = (cents: number) => yuan(cents).replace(/\.00$/, '')

const nameOf = (month: string) => `${month.slice(0, 4)} 年 ${Number(month.slice(5, 7))} 月`
