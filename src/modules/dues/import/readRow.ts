import { isDated, readDate } from '#kernel/civilDate.ts'
import type { Remarks } from '#runtime/sheets/issue.ts'
import type { Table, TableRow } from '#runtime/sheets/table.ts'
import { centsOf, type Method, PAYERS, type Payer } from '../contract.ts'
import { firstOf } from '../months.ts'
import type { DuesKey } from './heads.ts'

/** One row of a file of dues: a base from a month on, or a payment for a month. */
export interface DuesRow {
  name: string
  staffNo: string | null
  month: string | null
  payer: Payer | null
  base: number | null
  amount: number | null
  paidOn: string | null
  method: { method: Method; said: string } | null
}

/** Reads a row as far as it says something, with a remark on everything that keeps it out. */
export function readRow(row: TableRow<DuesKey>, table: Table<DuesKey>, remarks: Remarks, today: string): DuesRow {
  const text = (key: DuesKey) => row.cell(key)?.text.trim() || null
  const at = (key: DuesKey) => row.cell(key) ?? table.columns.get(key) ?? ''
  const name = text('name')?.replace(/\s+/g, '') ?? ''
  if (name === '') remarks.wrong(at('name'), '没有填姓名', '补上姓名')
  const month = monthFrom(text('month'), table.date1904)
  if (month === null) remarks.wrong(at('month'), '看不懂月份', '写成 2026-07 或 2026年7月')
  else if (firstOf(month) > today) remarks.wrong(at('month'), `${month} 还没有到`, '请填本月或以前')
  const [base, amount] = [moneyFrom('base', row, remarks), moneyFrom('amount', row, remarks)]
  if (base === null && amount === null && row.cell('base') === null && row.cell('amount') === null)
    remarks.wrong(at(table.columns.has('amount') ? 'amount' : 'base'), '没有填金额', '补上月基数或交纳金额')
  const method = text('method')
  return {
    name,
    staffNo: text('staffNo'),
    month,
    payer: payerFrom(text('payer'), at('payer'), remarks, base !== null),
    base,
    amount,
    paidOn: dayFrom(text('paidOn'), at('paidOn'), table.date1904, remarks, today, amount !== null && base === null),
    method: method === null ? null : { method: methodFrom(method), said: method },
  }
}

function monthFrom(text: string | null, date1904: boolean): string | null {
  if (text === null) return null
  const date = readDate(text, date1904)
  return isDated(date) && date.precision !== 'year' ? date.from.slice(0, 7) : null
}

function moneyFrom(key: 'base' | 'amount', row: TableRow<DuesKey>, remarks: Remarks): number | null {
  const cell = row.cell(key)
  if (!cell || cell.text.trim() === '') return null
  // Spreadsheets keep 3000.01 as the nearest binary number and show more digits than were typed.
  const number = cell.kind === 'number' ? Number(cell.text) : Number.NaN
  const cents =
    Number.isFinite(number) && Math.abs(number * 100 - Math.round(number * 100)) < 1e-4 ? Math.round(number * 100) : centsOf(cell.text)
  if (cents !== null && cents > 0 && cents <= 100_000_000) return cents
  remarks.wrong(cell, `金额“${cell.text}”不是大于 0、最多两位小数的数`, '写成 3000.01 这样的元数')
  return null
}

function payerFrom(text: string | null, at: Parameters<Remarks['wrong']>[0], remarks: Remarks, needed: boolean): Payer | null {
  if (text === null || !needed) return needed ? 'employed' : null
  const found = /离|退/.test(text) ? 'retired' : /农/.test(text) ? 'farmer' : /学生|下岗|失业|抚恤|救济|低保/.test(text) ? 'minimal' : null
  if (found) return found
  if (/在职|在岗|职工|员工|干部|工人/.test(text)) return 'employed'
  remarks.wrong(at, `不认识交纳类别“${text}”`, `请写 ${Object.values(PAYERS).join('、')}`)
  return null
}

function dayFrom(
  text: string | null,
  at: Parameters<Remarks['wrong']>[0],
  date1904: boolean,
  remarks: Remarks,
  today: string,
  needed: boolean,
): string | null {
  if (!needed) return null
  const date = text === null ? null : readDate(text, date1904)
  if (date && isDated(date) && date.precision === 'day' && date.from <= today) return date.from
  const problem =
    date === null ? '没有填交纳日期' : isDated(date) ? (date.from > today ? '交纳日期在今天以后' : '交纳日期要到日') : date.problem
  remarks.wrong(at, problem, '写成 2026-07-15')
  return null
}

const methodFrom = (text: string): Method => (/现金/.test(text) ? 'cash' : /微信|支付宝|手机|扫码|移动/.test(text) ? 'mobile' : 'bank')
