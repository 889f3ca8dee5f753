import { sql } from 'kysely'
import { dateAt } from '#kernel/civilDate.ts'
import { invalid } from '#kernel/errors.ts'
import { count, emptyResult, type ImportOptions, type ImportResult } from '#kernel/importing.ts'
import type { Ctx } from '#kernel/operation.ts'
import type { Book } from '#runtime/sheets/cell.ts'
import { type ImportLine, isWrong } from '#runtime/sheets/issue.ts'
import { linesOf } from '#runtime/sheets/lines.ts'
import { openSpreadsheet } from '#runtime/sheets/read.ts'
import { findTable, isTable, type Table } from '#runtime/sheets/table.ts'
import { SOURCE, yuan } from '../contract.ts'
import { pay, setBase } from '../keep.ts'
import { firstOf, lastOf } from '../months.ts'
import { basesOn } from '../plan.ts'
import { DEDUCTION, type DuesKey, duesHeads } from './heads.ts'
import { type DuesRow, readRow } from './readRow.ts'

/**
 * Imports bases and members' own payments from a spreadsheet, in the caller's transaction. A row with a base sets it from its month
 * on, one with an amount pays what is still open. A list of what an employer deducted from pay is refused whole.
 */
export async function importDues(ctx: Ctx, file: Uint8Array, { dryRun, onProgress }: ImportOptions): Promise<ImportResult> {
  const book = await openSpreadsheet(file)
  const table = await findTable<DuesKey>(book, [...duesHeads])
  refuseDeduction(book, isTable(table) ? [...table.titles, ...table.heads] : table.found)
  if (!isTable(table)) throw invalid('heads-missing', `${table.problem}。${table.remedy}`, { file: [table.problem] })
  if (!table.columns.has('base') && !table.columns.has('amount'))
    throw invalid('heads-missing', '没有找到“月基数”或“交纳金额”列。请至少有其中一列', { file: ['缺少“月基数”或“交纳金额”列'] })
  const result = emptyResult()
  const lines = await readAll(table, dateAt(ctx.now))
  for (const [i, line] of lines.entries()) {
    if (i % 500 === 0) onProgress?.(i)
    if (line.skipped !== null) result.skipped++
    else count(result, await take(ctx, line, table, dryRun), line.issues)
  }
  return result
}

/** What was taken from pay is no dues paid by the member: 不得垫交或扣缴. */
function refuseDeduction(book: Book, texts: readonly string[]) {
  const word = [...texts, ...book.sheets.map(({ name }) => name)].find((text) => DEDUCTION.test(text))
  if (word !== undefined) throw deducted(word)
}

const deducted = (word: string) =>
  invalid('payroll-deduction', `这是代扣或垫交的表（“${word}”），没有导入。${SOURCE}规定：不得垫交或扣缴党员党费。请用党员本人交纳的明细`, {
    file: ['不得垫交或扣缴党员党费'],
  })

type Line = ImportLine<DuesRow>

async function readAll(table: Table<DuesKey>, today: string): Promise<Line[]> {
  const lines: Line[] = []
  for await (const line of linesOf(table, (row, remarks) => readRow(row, table, remarks, today))) {
    if (line.values?.method && DEDUCTION.test(line.values.method.said)) throw deducted(line.values.method.said)
    lines.push(line)
    if (lines.length > 100_000) throw invalid('too-many-rows', '一次最多导入 10 万行，请分开导入', { file: ['超过 10 万行'] })
  }
  return lines
}

type What = 'new' | 'changed' | 'unchanged' | 'wrong'

async function take(ctx: Ctx, line: Exclude<Line, { skipped: 'blank' | 'note' }>, table: Table<DuesKey>, dryRun: boolean): Promise<What> {
  const { values, issues } = line
  if (isWrong(line) || values.month === null) return 'wrong'
  const at = (key: DuesKey) => table.columns.get(key) ?? ''
  const wrong = (key: DuesKey, problem: string, remedy: string): What => {
    issues.push({ row: line.row, column: at(key), level: 'wrong', value: '', problem, remedy })
    return 'wrong'
  }
  const people = await peopleOf(ctx, values)
  if (people.length !== 1)
    return people.length === 0
      ? wrong('name', `你管理的名册上没有${values.name}`, '核对姓名和工号；组织关系在别处的，由那里登记')
      : wrong('name', `叫${values.name}的有 ${people.length} 人，分不清是谁`, '补上工号')
  const [who] = people as [Who]
  if (values.base !== null) return takeBase(ctx, who, values, dryRun)
  const { rows } = await sql<{ owed: number; orgId: string; paid: number; same: boolean }>`select w.cents as owed, w.org_id as "orgId",
      coalesce((select sum(y.cents) from dues.payment y where y.person_id = w.person_id and y.month = w.month and not y.taken_back), 0)::int
        as paid,
      exists (select from dues.payment y where y.person_id = w.person_id and y.month = w.month and not y.taken_back
        and y.cents = ${values.amount} and y.paid_on = ${values.paidOn}::date) as same
    from dues.owed w join organisation.org o on o.id = w.org_id
    where w.person_id = ${who.personId} and w.month = ${firstOf(values.month)}::date
      and ${ctx.actor.within('dues.manage', 'o.path')}`.execute(ctx.db)
  const [owing] = rows
  if (!owing) return wrong('month', `${values.month} 的名单里没有${values.name}`, '先在党费里登记基数，生成当月名单，再导入')
  if (owing.same) return 'unchanged'
  const open = owing.owed - owing.paid
  if (values.amount! > open)
    return wrong(
      'amount',
      `交 ${yuan(values.amount!)} 元，${values.month} 还应交 ${yuan(Math.max(open, 0))} 元`,
      '核对金额；多交的登记为自愿多交',
    )
  if (values.amount! < open)
    issues.push({
      row: line.row, column: at('amount'), level: 'warning', value: yuan(values.amount!),
      problem: `比应交少 ${yuan(open - values.amount!)} 元（应交 ${yuan(owing.owed)} 元）`, remedy: '照交来的登记，差额请党员补交',
    }) // biome-ignore format: one remark
  const { month, paidOn, method, amount } = values
  if (!dryRun)
    await pay(ctx, owing.orgId, { personId: who.personId, month, cents: amount!, paidOn: paidOn!, method: method?.method ?? 'bank' })
  return 'new'
}

interface Who {
  personId: string
  orgId: string
}

async function takeBase(ctx: Ctx, who: Who, { payer, base, month }: DuesRow, dryRun: boolean): Promise<What> {
  const known = (await basesOn(ctx.db, [who.personId], lastOf(month!))).get(who.personId)
  if (known?.payer === payer && known?.cents === base) return 'unchanged'
  if (!dryRun) await setBase(ctx, who.orgId, { personId: who.personId, payer: payer ?? 'employed', cents: base!, month: month! })
  return known ? 'changed' : 'new'
}

/** Those of this name and 工号 on rosters that the actor keeps, in the month or now. */
async function peopleOf(ctx: Ctx, { name, staffNo, month }: DuesRow): Promise<Who[]> {
  const { rows } = await sql<Who>`select distinct on (p.id) p.id as "personId", m.org_id as "orgId"
    from organisation.person p join members.membership m on m.person_id = p.id join organisation.org o on o.id = m.org_id
    where p.name = ${name} and (${staffNo}::text is null or p.staff_no = ${staffNo})
      and m.valid && daterange(${firstOf(month!)}::date, ${lastOf(month!)}::date, '[]') and ${ctx.actor.within('dues.manage', 'o.path')}
    order by p.id, lower(m.valid) desc limit 20`.execute(ctx.db)
  return rows
}
