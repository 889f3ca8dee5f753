import { COMMON_WORDS } from './commonWords.ts'
import { isNameInPinyin } from './pinyin.ts'
import { MIN_PASSWORD } from './rules.ts'

/** Why a password will not do, in Chinese, or null. `words` are names an attacker would try first: unit, person, 工号. */
export function weaknessOf(password: string, words: readonly string[], kinds: number): string | null {
  const text = password.normalize('NFKC')
  if ([...text].length < MIN_PASSWORD) return `密码至少 ${MIN_PASSWORD} 位，现在 ${[...text].length} 位`
  if (KINDS.filter((kind) => kind.test(text)).length < kinds) return `大写字母、小写字母、数字、符号至少要有 ${kinds} 种`
  const plain = unleet(text.toLowerCase())
  const own = words.map((word) => word.normalize('NFKC').toLowerCase().trim()).find((word) => word.length >= 2 && has(text, plain, word))
  if (own) return `密码里不要有「${own}」：别人最先猜单位名称、姓名和工号`
  if (/^[\d\s._-]+$/.test(text)) return '密码不要全是数字：生日、电话和证件号最先被猜到'
  if (isRepeated(text.toLowerCase())) return '密码不要把同一段重复几遍，也不要只用三四个字'
  if (isNameAndNumber(text.toLowerCase())) return '密码不要只是姓名或词的拼音加数字，请换一个更长的句子'
  const bare = text.toLowerCase().replaceAll(NUMBERS, '')
  if (left(bare) < MIN_LEFT || left(unleet(bare)) < MIN_LEFT) return '这个密码太容易猜到：多是常见词、日期或键盘上连着的键，请换一个'
  return null
}

/** One piece again and again, whole or broken off, or hardly different characters at all. */
function isRepeated(text: string): boolean {
  const letters = [...text]
  const lengths = Array.from({ length: Math.floor(letters.length / 2) }, (_, i) => i + 1)
  return new Set(letters).size < FEWEST || lengths.some((n) => letters.every((letter, i) => i < n || letter === letters[i - n]))
}

const FEWEST = 5

/** 张伟 in pinyin with a birthday, a telephone number, or marks before and after. */
function isNameAndNumber(text: string): boolean {
  const letters = text.replaceAll(/[\d\s!-/:-@[-`{-~]/g, '')
  return letters !== '' && /^[a-z]+$/.test(letters) && isNameInPinyin(letters)
}

const KINDS = [/[a-z]/, /[A-Z]/, /\d/, /[^a-zA-Z\d]/]

/** So much must be left when everything that guessing programs try first is taken out. */
const MIN_LEFT = 6

const has = (text: string, plain: string, word: string) => text.toLowerCase().includes(word) || plain.includes(word)

/** p@ssw0rd is password. */
const unleet = (text: string) => text.replaceAll(/[@01345$7!]/g, (mark) => LEET[mark]!)
const LEET: Record<string, string> = { '@': 'a', '0': 'o', '1': 'l', '3': 'e', '4': 'a', '5': 's', $: 's', '7': 't', '!': 'i' }

/** How many characters are left at least without common words and without those that only continue what stands before them. */
function left(text: string): number {
  const letters = [...text]
  const least = [0]
  for (const [i, letter] of letters.entries()) {
    const before = letters[i - 1]
    const own = least[i]! + (before !== undefined && follows(before, letter) ? 0 : 1)
    const words = COMMON.filter((word) => i + 1 >= word.length && word.every((part, n) => letters[i + 1 - word.length + n] === part))
    least.push(Math.min(own, ...words.map((word) => least[i + 1 - word.length]!)))
  }
  return least.at(-1)!
}

/** Identity numbers, telephone numbers, dates and years. */
const NUMBERS = /\d{17}[\dx]|1[3-9]\d{9}|(19|20)\d{2}[-./年]?(1[0-2]|0?[1-9])?[-./月]?(3[01]|[0-2]?\d)?日?/g

/** It only repeats or continues what stands before: aaaa, 1234, 9876, qwer, qazxsw. */
const follows = (before: string, letter: string) =>
  before === letter || Math.abs(before.codePointAt(0)! - letter.codePointAt(0)!) <= 1 || isBeside(before, letter)

/** Keys that lie side by side, above or below, with or without shift. */
function isBeside(before: string, letter: string): boolean {
  const [one, other] = [PLACES.get(before), PLACES.get(letter)]
  return one !== undefined && other !== undefined && Math.abs(one.row - other.row) <= 1 && Math.abs(one.column - other.column) <= 1
}

const KEYS = ['`1234567890-=', ' qwertyuiop[]\\', " asdfghjkl;'", ' zxcvbnm,./']
const SHIFTED = ['~!@#$%^&*()_+', ' QWERTYUIOP{}|', ' ASDFGHJKL:"', ' ZXCVBNM<>?']
const PLACES = new Map(
  [KEYS, SHIFTED].flatMap((rows) => rows.flatMap((keys, row) => [...keys].map((key, column) => [key, { row, column }] as const))),
)
PLACES.delete(' ')

const COMMON = [...new Set(COMMON_WORDS)].map((word) => [...word])
