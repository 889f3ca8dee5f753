import type { SheetValue } from '#runtime/sheets/writeCells.ts'
import type { Random } from './random.ts'
import type { DemoBranch } from './unit.ts'

export interface DemoPerson {
  staffNo: string
  name: string
  branch: string
  full: boolean
  joinedOn: string
  convertedOn: string | null
  row: SheetValue[]
}

export const ROSTER_HEADS = [
  '姓名',
  '工号',
  '所在党支部',
  '公民身份号码',
  '性别',
  '民族',
  '出生日期',
  '学历',
  '人员类别',
  '入党日期',
  '转正日期',
  '手机号',
  '工作岗位',
  '职称',
]

const families = [...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗']
const stems = [...'甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥']

/** The members of a branch, from the seed; numbers of people run through the whole unit. */
export function peopleOf(branch: DemoBranch, first: number, random: Random): DemoPerson[] {
  const count = branch.full + branch.probationary
  return Array.from({ length: count }, (_, i) => person(branch.name, first + i, i < branch.full, branch, random))
}

/** One person; the name is a placeholder and unlike all others of the unit. */
export function person(
  orgName: string,
  n: number,
  full: boolean,
  branch: Pick<DemoBranch, 'key' | 'foundedOn'>,
  random: Random,
): DemoPerson {
  const staffNo = `YK${String(n).padStart(4, '0')}`
  const name = nameOf(n)
  const retired = branch.key.startsWith('离退休')
  const birthYear = retired ? random.whole(1940, 1962) : random.whole(1968, 1998)
  const birth = `${birthYear}-${two(random.whole(1, 12))}-${two(random.whole(1, 28))}`
  const joinYear = full ? Math.max(1976, Math.min(2021, birthYear + random.whole(22, 34))) : 2025
  const joinedOn = full ? `${joinYear}-${random.one(['06-25', '07-01', '10-17', '12-05'])}` : '2025-12-26'
  const convertedOn = full ? `${joinYear + 1}${joinedOn.slice(4)}` : null
  const sex = random.next() < 0.8 ? '男' : '女'
  const row = [
    name, staffNo, orgName, idNumber(birth, n, sex), sex, '汉族', birth, random.one(['大学', '专科', '研究生', '高中']),
    full ? '正式党员' : '预备党员', joinedOn, convertedOn, `139${String(90_000_000 + n)}`, ...workOf(branch.key, n),
  ] // biome-ignore format: one row of the sheet
  return { staffNo, name, branch: branch.key, full, joinedOn, convertedOn, row }
}

/** What somebody does and their title; most branches write it as the unit does, not as the tables of the 年报 do. */
function workOf(key: string, n: number): [job: string | null, title: string | null] {
  if (key.startsWith('离退休')) return ['离退休人员', null]
  if (key.startsWith('机关')) return n % 3 === 0 ? ['企业专业技术人员', '工程师'] : ['企业管理人员', n % 5 === 0 ? '高级政工师' : null]
  if (n % 11 === 0) return ['区队技术员', '助理工程师']
  return [n % 7 === 0 ? null : '井下采掘工', n % 4 === 0 ? '技师' : null]
}

const two = (n: number) => String(n).padStart(2, '0')

const nameOf = (n: number) => {
  const family = families[n % families.length]
  const rest = Math.floor(n / families.length)
  // Neighbours on a roster get different stems; within a family each place in the round has its own.
  const stem = stems[(rest + 5 * (n % families.length)) % stems.length]
  return `${family}某${rest >= stems.length ? stems[Math.floor(rest / stems.length) - 1] : ''}${stem}`
}

/** An invented number that passes the checks of GB 11643. */
function idNumber(birth: string, n: number, sex: string): string {
  const serial = (n * 2 + (sex === '男' ? 1 : 0)) % 1000
  const body = `140${100 + (n % 20)}`.slice(0, 6) + birth.replaceAll('-', '') + String(serial).padStart(3, '0')
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
  const sum = weights.reduce((s, w, i) => s + w * Number(body[i]), 0)
  return body + '10X98765432'[sum % 11]
}
