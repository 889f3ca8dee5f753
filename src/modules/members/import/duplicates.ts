import type { Remarks } from '#runtime/sheets/issue.ts'
import type { RosterRow } from './parseRoster.ts'
import type { ReadRow } from './readCells.ts'

/**
 * Finds people who stand twice in one file: by identity number, else by staff number, else by name, branch and joining date. The first
 * row stays, the later one is wrong; a shared telephone is only a warning.
 */
export const duplicateFinder = () => {
  const seen = new Map<string, number>()
  const earlier = (key: string, row: number): number | null => {
    const first = seen.get(key)
    if (first === undefined) seen.set(key, row)
    return first ?? null
  }
  return (row: number, values: RosterRow, read: ReadRow, remarks: Remarks): void => {
    const { idNumber, employeeNumber, name, branch, joined, phone } = values
    const sameId = idNumber && earlier(`id:${idNumber}`, row)
    if (sameId) remarks.wrong(read.cell('idNumber')!, `身份证号与第 ${sameId} 行相同`, '一人只留一行；两人的，对照原件改正号码')
    const sameNumber = employeeNumber && earlier(`number:${employeeNumber}`, row)
    if (sameNumber) remarks.wrong(read.cell('employeeNumber')!, `工号与第 ${sameNumber} 行相同`, '一人只留一行；两人的，改正工号')
    if (!idNumber && !employeeNumber && name && joined && !read.cell('idNumber')) {
      const same = earlier(`person:${name}|${branch.text}|${joined.from}`, row)
      if (same)
        remarks.wrong(read.cell('name')!, `与第 ${same} 行的姓名、支部、入党日期都相同`, '同一人的删去一行；两人的，补上身份证号或工号')
    }
    const samePhone = phone && earlier(`phone:${phone}`, row)
    if (samePhone) remarks.warn(read.cell('phone')!, `手机号与第 ${samePhone} 行相同`, '请核对；用手机号登录的，一个号码只能属于一人')
  }
}
