import { isCivilDate } from './civilDate.ts'

/** What a citizen's number says once it has been checked; `number` is upper case and without blanks. */
export type CheckedId = { number: string; birthday: string; sex: 'male' | 'female' }

/** Why a number cannot be right, in Chinese, with what to do. */
export type IdProblem = { problem: string; remedy: string }

const remedy = '请对照身份证原件改正'

/** Checks a citizen's number by GB 11643 (region, birth date, check digit); the old form of 15 digits is recognised and refused. */
export const checkIdNumber = (text: string): CheckedId | IdProblem => {
  const number = text.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase()
  if (/^\d{15}$/.test(number)) return { problem: '这是 15 位的旧号码', remedy: '2013 年起旧号码已停用，请填 18 位号码' }
  if (number.length !== 18) return { problem: `身份证号应当是 18 位，这里是 ${number.length} 位`, remedy }
  if (!/^\d{17}[\dX]$/.test(number)) return { problem: '身份证号前 17 位应当是数字，末位是数字或 X', remedy }
  if (!regions.has(number.slice(0, 2))) return { problem: `身份证号开头的“${number.slice(0, 2)}”不是任何省份的代码`, remedy }
  const birthday = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`
  if (!isCivilDate(birthday) || birthday < '1900-01-01') return { problem: '身份证号里的出生日期不是日历上有的日期', remedy }
  if (checkDigit(number) !== number[17]) return { problem: '身份证号的校验位不对，至少有一位写错了', remedy }
  return { number, birthday, sex: Number(number[16]) % 2 === 1 ? 'male' : 'female' }
}

/** True when `checkIdNumber` found nothing wrong. */
export const isCheckedId = (result: CheckedId | IdProblem): result is CheckedId => 'birthday' in result

/** The check digit (0–9 or X) that GB 11643 gives to the first 17 digits. */
export const checkDigit = (number: string): string => {
  const sum = weights.reduce((total, weight, index) => total + weight * Number(number[index]), 0)
  return '10X98765432'[sum % 11]!
}

/** The number with its middle hidden: the first three and the last four characters stay (110***********4477). */
export const maskIdNumber = (number: string): string => mask(number, 3, 4)

/** The phone number with its middle hidden (138****1234); short numbers keep only their last two digits. */
export const maskPhone = (phone: string): string => (phone.length >= 10 ? mask(phone, 3, 4) : mask(phone, 0, 2))

const mask = (text: string, head: number, tail: number) =>
  text.length <= head + tail ? '*'.repeat(text.length) : text.slice(0, head) + '*'.repeat(text.length - head - tail) + text.slice(-tail)

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

// Provinces and their like (GB/T 2260), Taiwan, Hong Kong and Macao with their residence permits (81–83), and 91 for foreigners.
const regions = new Set(
  '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83 91'.split(' '),
)
