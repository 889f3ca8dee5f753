import { type DatedValue, isDated, readDate } from '#kernel/civilDate.ts'
import type { Cell } from '#runtime/sheets/cell.ts'
import type { Remarks } from '#runtime/sheets/issue.ts'
import type { Table, TableRow } from '#runtime/sheets/table.ts'
import { codedValue } from './codes.ts'
import { type RosterKey, rosterHeads } from './rosterHeads.ts'

/** One row with ways to read its cells; each way adds its own remarks. */
export type ReadRow = {
  cell: (key: RosterKey) => Cell | null
  required: (key: RosterKey) => Cell | null
  column: (key: RosterKey) => string
  text: (key: RosterKey) => string | null
  coded: (key: RosterKey) => { code: string | null; name: string } | null
  date: (key: RosterKey) => DatedValue | null
}

const titles = new Map<RosterKey, string>(rosterHeads.map(({ key, title }) => [key, title]))

/** A formula's result is taken with a warning, an error such as #N/A never; who a person is must be typed. */
export const readRow = (row: TableRow<RosterKey>, table: Table<RosterKey>, remarks: Remarks): ReadRow => {
  const titleOf = (key: RosterKey) => titles.get(key)!
  const column = (key: RosterKey) => table.columns.get(key) ?? ''
  const seen = new Map<RosterKey, Cell | null>()

  const look = (key: RosterKey): Cell | null => {
    const cell = row.cell(key)
    if (cell?.kind === 'error') {
      const level = essential.has(key) ? remarks.wrong : remarks.warn
      level(cell, `${titleOf(key)}是表格的错误值 ${cell.text}，没有导入`, '改成实际内容')
      return null
    }
    if (cell?.kind !== 'formula') return cell
    if (essential.has(key)) {
      remarks.wrong(cell, `${titleOf(key)}是公式，不是填写的内容`, '删去公式，直接填写')
      return null
    }
    remarks.warn(cell, `${titleOf(key)}是公式，按它显示的结果导入`, '请核对，或改成实际内容')
    return cell.text.trim() === '' ? null : cell
  }
  const cell = (key: RosterKey): Cell | null => {
    if (!seen.has(key)) seen.set(key, look(key))
    return seen.get(key)!
  }
  const required = (key: RosterKey): Cell | null => {
    const found = cell(key)
    if (!found && !row.cell(key)) remarks.wrong(column(key), `没有填${titleOf(key)}`, `补上${titleOf(key)}`)
    return found
  }
  const text = (key: RosterKey) => cell(key)?.text.trim() || null
  const coded = (key: RosterKey) => {
    const found = text(key)
    return found === null ? null : codedValue(found)
  }
  const date = (key: RosterKey): DatedValue | null => {
    const found = cell(key)
    if (!found || isNothing(found.text)) return null
    const value = readDate(found.text, table.date1904)
    if (isDated(value)) return value
    remarks.wrong(found, `${titleOf(key)}：${value.problem}`, value.remedy)
    return null
  }
  return { cell, required, column, text, coded, date }
}

/** The name without blanks and with the right dot between the parts of a minority name; what was changed is said. */
export const readName = (read: ReadRow, remarks: Remarks): string => {
  const cell = read.required('name')
  if (!cell) return ''
  if (cell.kind !== 'text') {
    remarks.wrong(cell, '姓名不是文字', '填写本人姓名')
    return ''
  }
  const trimmed = cell.text.trim()
  const chinese = /\p{Script=Han}/u.test(trimmed)
  const name = trimmed.replace(/\s+/g, chinese ? '' : ' ').replace(/[•・‧∙⋅･.．。](?=\p{Script=Han})/gu, '·')
  if (name.length > 50) remarks.wrong(cell, '姓名超过 50 个字', '填写本人姓名')
  else if (name !== trimmed) remarks.warn(cell, `姓名里有空格或不规范的间隔号，按“${name}”导入`, '如果不对，请改正姓名')
  return name
}

/** A mobile or fixed number in plain digits; what is neither is left out with a warning. */
export const readPhone = (key: 'phone' | 'landline', read: ReadRow, remarks: Remarks): string | null => {
  const cell = read.cell(key)
  if (!cell || isNothing(cell.text)) return null
  const plain = cell.text
    .normalize('NFKC')
    .replace(/[\s()—–-]/g, '')
    .replace(/^(\+?86)(?=1\d{10}$)/, '')
  if (/^1[3-9]\d{9}$/.test(plain) || /^(0\d{2,3})?[2-9]\d{6,7}(转?\d{1,5})?$/.test(plain)) return plain
  remarks.warn(cell, '电话号码的位数或写法不对，没有导入', '填写 11 位手机号，或区号加固定电话')
  return null
}

/** 是 or 否 in its usual forms; anything else is left out with a warning. */
export const readFlag = (key: 'lost' | 'mobile', read: ReadRow, remarks: Remarks): boolean | null => {
  const cell = read.cell(key)
  if (!cell) return null
  const { code, name } = codedValue(cell.text)
  const said = name || code || ''
  if (/^(是|有|Y|yes|TRUE|1|√|✓)$/i.test(said)) return true
  if (/^(否|无|不是|N|no|FALSE|0|×|\/|-)$/i.test(said)) return false
  remarks.warn(cell, `${titles.get(key)}写成了“${cell.text}”，没有导入`, '请写“是”或“否”')
  return null
}

// Without these nobody can tell who the person is and where they belong.
const essential = new Set<RosterKey>(['name', 'idNumber', 'employeeNumber', 'branch', 'standing', 'joined'])

const isNothing = (text: string) => /^([-—/\\无]|暂无|不详|未知)+$/.test(text.trim())
