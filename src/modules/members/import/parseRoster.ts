import { type CivilDate, type DatedValue, today } from '#kernel/civilDate.ts'
import { type CheckedId, checkIdNumber, isCheckedId } from '#kernel/idNumber.ts'
import { type OrgMatch, readWrittenOrg, type WrittenOrg } from '#modules/organisation/published.ts'
import type { Book } from '#runtime/sheets/cell.ts'
import type { ImportLine, Remarks } from '#runtime/sheets/issue.ts'
import { linesOf } from '#runtime/sheets/lines.ts'
import { findTable, isTable, type Table, type TableProblem, type TableRow } from '#runtime/sheets/table.ts'
import type { Standing } from '../contract.ts'
import { checkDates } from './checkDates.ts'
import { codedValue, readNation, readSex, readStanding } from './codes.ts'
import { duplicateFinder } from './duplicates.ts'
import { type ReadRow, readFlag, readName, readPhone, readRow } from './readCells.ts'
import { type RosterKey, rosterHeads } from './rosterHeads.ts'

/** One person of a roster as far as the file says; dates keep their precision, and nothing is made up. */
export type RosterRow = {
  name: string
  branch: WrittenOrg
  standing: Standing | null
  joined: DatedValue | null
  converted: DatedValue | null
  idNumber: string | null
  employeeNumber: string | null
  sex: 'male' | 'female' | null
  nation: string | null
  birth: DatedValue | null
  education: { code: string | null; name: string } | null
  degree: string | null
  phone: string | null
  landline: string | null
  group: string | null
  partyPost: string | null
  post: { code: string | null; name: string } | null
  position: string | null
  professionalTitle: string | null
  unit: string | null
  address: string | null
  household: string | null
  origin: string | null
  membershipStatus: 'normal' | 'suspended' | null
  lost: boolean | null
  lostOn: DatedValue | null
  mobile: boolean | null
  outflow: string | null
  transferredIn: DatedValue | null
  worked: DatedValue | null
  duesBase: string | null
  note: string | null
}

/** A roster found in a file, with its lines to be read one by one. */
export type Roster = { table: Table<RosterKey>; lines: () => AsyncGenerator<ImportLine<RosterRow>> }

/** What reading a roster may be given: how branch names are resolved (without it they are only kept), and the day it is read on. */
export type RosterOptions = { branchOf?: (name: string) => OrgMatch; today?: CivilDate }

/** Finds the roster in a spreadsheet (the national 党员基本信息汇总表 or any other layout), or says which heads are missing. */
export const parseRoster = async (book: Book, options: RosterOptions = {}): Promise<Roster | TableProblem> => {
  const table = await findTable<RosterKey>(book, [...rosterHeads])
  if (!isTable(table)) return table
  return { table, lines: () => linesOf(table, personReader(table, options)) }
}

/** True when `parseRoster` found a roster. */
export const isRoster = (found: Roster | TableProblem): found is Roster => 'lines' in found

function personReader(table: Table<RosterKey>, options: RosterOptions) {
  const duplicates = duplicateFinder()
  const day = options.today ?? today()
  return (row: TableRow<RosterKey>, remarks: Remarks): RosterRow => {
    const read = readRow(row, table, remarks)
    const values = readPerson(row, read, remarks, options)
    checkDates(values, read, remarks, day)
    duplicates(row.row, values, read, remarks)
    return values
  }
}

const readPerson = (row: TableRow<RosterKey>, read: ReadRow, remarks: Remarks, options: RosterOptions): RosterRow => {
  const name = readName(read, remarks)
  const id = readId(read, remarks)
  const branch = readWrittenOrg(read.required('branch'), remarks, options.branchOf)
  const standing = readOwnStanding(read, remarks)
  return {
    name,
    branch,
    standing,
    joined: read.date('joined'),
    converted: read.date('converted'),
    idNumber: id?.number ?? null,
    employeeNumber: read.text('employeeNumber'),
    sex: readPersonSex(read, remarks, id),
    nation: readPersonNation(read, remarks),
    birth: read.date('birth'),
    education: read.coded('education'),
    degree: read.coded('degree')?.name ?? null,
    phone: readPhone('phone', read, remarks),
    landline: readPhone('landline', read, remarks),
    group: read.text('group'),
    partyPost: read.text('partyPost'),
    post: read.coded('post'),
    position: read.text('position'),
    professionalTitle: read.text('professionalTitle'),
    unit: read.text('unit'),
    address: read.text('address'),
    household: read.text('household'),
    origin: read.text('origin'),
    membershipStatus: readStatus(read, remarks),
    lost: readFlag('lost', read, remarks),
    lostOn: read.date('lostOn'),
    mobile: readFlag('mobile', read, remarks),
    outflow: read.text('outflow'),
    transferredIn: read.date('transferredIn'),
    worked: read.date('worked'),
    duesBase: read.text('duesBase'),
    note: row.cell('note')?.text.trim() ?? null,
  }
}

const readId = (read: ReadRow, remarks: Remarks): CheckedId | null => {
  const cell = read.cell('idNumber')
  if (!cell) return null
  if (cell.kind === 'number' && cell.text.length > 15) {
    remarks.wrong(cell, '身份证号在表格里存成了数字，第 16 位以后的数字已经丢失', '把这一格设成“文本”格式，对照原件重新输入 18 位号码')
    return null
  }
  const checked = checkIdNumber(cell.text)
  if (isCheckedId(checked)) return checked
  remarks.wrong(cell, checked.problem, checked.remedy)
  return null
}

const readOwnStanding = (read: ReadRow, remarks: Remarks): Standing | null => {
  const cell = read.required('standing')
  const standing = cell && readStanding(cell.text)
  if (cell && !standing) {
    remarks.wrong(cell, `不认识人员类别“${cell.text}”`, '请写正式党员、预备党员、发展对象、入党积极分子或入党申请人')
  }
  const joined = read.cell('joined')
  if (!joined && standing !== 'developmentTarget' && standing !== 'activist' && standing !== 'applicant') {
    remarks.wrong(read.column('joined'), '没有填入党日期', '补上入党日期；只知道年月的写成 2005.07')
  }
  return standing ?? null
}

const readPersonSex = (read: ReadRow, remarks: Remarks, id: CheckedId | null): RosterRow['sex'] => {
  const cell = read.cell('sex')
  if (!cell) return id?.sex ?? null
  const sex = readSex(cell.text)
  if (sex === 'zero' || sex === null) {
    const problem = sex === 'zero' ? '性别写作 0，各系统的含义不同' : `不认识性别“${cell.text}”`
    remarks.warn(cell, id ? `${problem}，按身份证号第 17 位取` : `${problem}，没有导入`, '请写“男”或“女”')
    return id?.sex ?? null
  }
  if (id && id.sex !== sex) remarks.warn(cell, '性别与身份证号第 17 位不一致，按身份证号取', '请核对原件')
  return id?.sex ?? sex
}

const readPersonNation = (read: ReadRow, remarks: Remarks): string | null => {
  const cell = read.cell('nation')
  if (!cell) return null
  const nation = readNation(cell.text)
  if (!nation) remarks.warn(cell, `不认识民族“${cell.text}”，没有导入`, '请写民族全称，例如“汉族”')
  else if (nation.disagrees) remarks.warn(cell, `民族的代码与名称不一致，按名称取“${nation.name}”`, '请核对后改成一致')
  return nation?.name ?? null
}

const readStatus = (read: ReadRow, remarks: Remarks): RosterRow['membershipStatus'] => {
  const cell = read.cell('membershipStatus')
  if (!cell) return null
  const { name } = codedValue(cell.text)
  if (/^正常/.test(name)) return 'normal'
  if (/停止/.test(name)) return 'suspended'
  remarks.warn(cell, `不认识党籍状态“${cell.text}”，没有导入`, '请写“正常”或“停止党籍”')
  return null
}
