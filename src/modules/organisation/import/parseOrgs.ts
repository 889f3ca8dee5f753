import { addYears, type CivilDate, type DatedValue, isDated, readDate, today } from '#kernel/civilDate.ts'
import type { Book, Cell } from '#runtime/sheets/cell.ts'
import { type ImportLine, isWrong, type Remarks } from '#runtime/sheets/issue.ts'
import { linesOf } from '#runtime/sheets/lines.ts'
import { findTable, isTable, type Table, type TableProblem, type TableRow } from '#runtime/sheets/table.ts'
import type { OrgKind } from '../contract.ts'
import { checkTree } from './checkTree.ts'
import type { OrgMatch } from './matchOrg.ts'
import { type OrgKey, orgHeads, readOrgKind } from './orgHeads.ts'

/** One organisation of a list as far as the file says; `units` are the administrative units it covers. */
export type OrgRow = {
  name: string
  kind: OrgKind | null
  /** How the superior is written; `row` when it stands in this file, `id` when it is known already, neither for the top. */
  parent: { text: string; row: number | null; id: string | null } | null
  shortName: string | null
  code: string | null
  units: string[]
  founded: DatedValue | null
  termFrom: CivilDate | null
  termTo: CivilDate | null
  secretary: string | null
  contact: string | null
  phone: string | null
  note: string | null
}

/** A list of organisations, whole: whether a superior exists is only known at the end of the file. */
export type OrgList = { table: Table<OrgKey>; lines: ImportLine<OrgRow>[] }

/** How superiors outside the file are found, and the day the file is read on. */
export type OrgOptions = { orgOf?: (name: string) => OrgMatch; today?: CivilDate }

/** Reads a list of organisations, or says which heads are missing. */
export const parseOrgs = async (book: Book, options: OrgOptions = {}): Promise<OrgList | TableProblem> => {
  const table = await findTable<OrgKey>(book, [...orgHeads])
  if (!isTable(table)) return table
  const lines: ImportLine<OrgRow>[] = []
  const read: ReadOrg[] = []
  const reader = linesOf(table, (row, remarks) => {
    const values = readOrg(row, table, remarks, options.today ?? today())
    read.push({ row, values, remarks })
    return values
  })
  for await (const line of reader) lines.push(line)
  checkTree(read, table, options.orgOf)
  return { table, lines }
}

/** True when `parseOrgs` found the list. */
export const isOrgList = (found: OrgList | TableProblem): found is OrgList => 'lines' in found

/** A row with what was read from it and its remarks. */
export type ReadOrg = { row: TableRow<OrgKey>; values: OrgRow; remarks: Remarks }

const readOrg = (row: TableRow<OrgKey>, table: Table<OrgKey>, remarks: Remarks, day: CivilDate): OrgRow => {
  const text = (key: OrgKey) => usable(row.cell(key), remarks)?.text.trim() || null
  const name = text('name') ?? ''
  if (name === '' && !isWrong(remarks)) remarks.wrong(table.columns.get('name')!, '没有填组织名称', '补上组织全称')
  const parent = text('parent')
  const founded = readDay('founded', row, remarks, table.date1904)
  if (founded && founded.from > day) remarks.wrong(row.cell('founded')!, '建立日期在今天以后', '请核对批复后改正')
  if (!founded && !isWrong(remarks))
    remarks.warn(table.columns.get('founded') ?? '', '没有填建立日期，应办事项从何时起算无法确定', '补上建立日期')
  const values: OrgRow = {
    name: name.replace(/\s+/g, ''),
    kind: readKind(row, name, remarks),
    parent: parent === null || /^([-—/无]+)$/.test(parent) ? null : { text: parent, row: null, id: null },
    shortName: text('shortName'),
    code: text('code'),
    units:
      text('unit')
        ?.split(/[、，,;；\n]+/)
        .map((unit) => unit.trim())
        .filter(Boolean) ?? [],
    founded,
    termFrom: readDay('termFrom', row, remarks, table.date1904)?.from ?? null,
    termTo: readDay('termTo', row, remarks, table.date1904)?.from ?? null,
    secretary: text('secretary'),
    contact: text('contact'),
    phone: text('phone'),
    note: text('note'),
  }
  checkTerm(values, row, remarks)
  return values
}

const usable = (cell: Cell | null, remarks: Remarks): Cell | null => {
  if (cell?.kind !== 'error' && cell?.kind !== 'formula') return cell
  remarks.wrong(cell, '这一格是公式或错误值，不是填写的内容', '改成实际内容')
  return null
}

const readKind = (row: TableRow<OrgKey>, name: string, remarks: Remarks): OrgKind | null => {
  const cell = row.cell('kind')
  const byName = readOrgKind(name)
  if (!cell) {
    if (byName) remarks.warn(row.cell('name')!, '没有填组织类别，按名称判断', '补上组织类别')
    else if (name !== '') remarks.wrong(row.cell('name')!, '没有填组织类别，从名称也看不出来', kindRemedy)
    return byName
  }
  const kind = readOrgKind(cell.text)
  if (!kind) remarks.wrong(cell, `不认识组织类别“${cell.text}”`, kindRemedy)
  else if (byName && byName !== kind && !(byName === 'partyBranch' && kind !== 'generalBranch' && kind !== 'partyCommittee')) {
    remarks.warn(cell, `组织类别“${cell.text}”与名称“${name}”不一致，按类别导入`, '请核对')
  }
  return kind
}

const kindRemedy = '请写党委、党总支、党支部、联合党支部、临时党支部或党小组'

const readDay = (key: 'founded' | 'termFrom' | 'termTo', row: TableRow<OrgKey>, remarks: Remarks, date1904: boolean): DatedValue | null => {
  const cell = usable(row.cell(key), remarks)
  if (!cell || /^[-—/无]+$/.test(cell.text.trim())) return null
  const value = readDate(cell.text, date1904)
  if (!isDated(value)) {
    remarks.wrong(cell, value.problem, value.remedy)
    return null
  }
  if (value.precision === 'day' || key === 'founded') return value
  remarks.warn(cell, '换届日期只写到月或年，没有导入', '补上日')
  return null
}

// Terms by 党的基层组织任期的意见 (2018): committees five years, general branches and branches three.
const checkTerm = ({ kind, termFrom, termTo }: OrgRow, row: TableRow<OrgKey>, remarks: Remarks) => {
  if (!termFrom || !termTo) return
  const years = kind === 'partyCommittee' ? 5 : 3
  if (termTo <= termFrom) remarks.wrong(row.cell('termTo')!, '应换届日期不晚于任命日期', '请核对任命文件后改正')
  else if (termTo > addYears(termFrom, years)) remarks.warn(row.cell('termTo')!, `任期超过 ${years} 年`, '请核对；经批准延期的保持原样')
}
