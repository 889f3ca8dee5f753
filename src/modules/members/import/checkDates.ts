import { addYears, type CivilDate, type DatedValue, dateName } from '#kernel/civilDate.ts'
import { checkIdNumber, isCheckedId } from '#kernel/idNumber.ts'
import type { Remarks } from '#runtime/sheets/issue.ts'
import type { RosterRow } from './parseRoster.ts'
import type { ReadRow } from './readCells.ts'

/**
 * Compares the dates of one person with each other. A date known only to the month or year contradicts another one only when every
 * day it can mean does; eighteen years and the year of probation are those of 发展党员工作细则.
 */
export const checkDates = (values: RosterRow, read: ReadRow, remarks: Remarks, today: CivilDate): void => {
  const { birth, joined, converted, standing } = values
  const at = (key: 'birth' | 'joined' | 'converted') => read.cell(key) ?? read.column(key)
  for (const key of ['birth', 'joined', 'converted'] as const) {
    if (values[key] && values[key].from > today) remarks.wrong(at(key), '日期在今天以后', '请核对原件后改正')
  }
  if (joined && converted && converted.to < joined.from) remarks.wrong(at('converted'), '转正日期早于入党日期', '请核对原件后改正')
  else if (joined && converted && converted.to < addYears(joined.from, 1)) {
    remarks.warn(at('converted'), `转正日期距入党日期（${dateName(joined)}）不满一年`, '预备期为一年，请核对原件')
  }
  if (birth && joined && joined.to < birth.from) remarks.wrong(at('joined'), '入党日期早于出生日期', '请核对原件后改正')
  else if (birth && joined && joined.to < addYears(birth.from, 18)) remarks.warn(at('joined'), '按所填日期，入党时不满 18 岁', '请核对原件')
  if (standing === 'fullMember' && joined && !converted && !read.cell('converted')) {
    remarks.warn(read.column('converted'), '正式党员没有填转正日期，成为正式党员的日期暂记为未知', '补上转正日期')
  }
  if (standing === 'probationaryMember' && converted)
    remarks.warn(at('converted'), '预备党员填了转正日期', '已经转正的，把人员类别改成正式党员')
  checkBirthday(values.idNumber, birth, at('birth'), remarks)
}

const checkBirthday = (idNumber: string | null, birth: DatedValue | null, at: Parameters<Remarks['warn']>[0], remarks: Remarks) => {
  const id = idNumber === null ? null : checkIdNumber(idNumber)
  if (!id || !isCheckedId(id) || !birth) return
  if (id.birthday < birth.from || id.birthday > birth.to) {
    remarks.warn(at, `出生日期与身份证号里的 ${id.birthday} 不一致`, '请核对原件；档案年龄与身份证不同的保持原样')
  }
}
