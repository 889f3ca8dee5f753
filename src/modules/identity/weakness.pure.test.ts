import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { COMMON_WORDS } from './commonWords.ts'
import { weaknessOf } from './weakness.ts'

const WORDS = ['示例矿业集团有限公司', '示例矿业', '王某某', 'A1001', 'slky']

test.each([
  ['password1234', '太容易猜'],
  ['P@ssw0rd2026!', '太容易猜'],
  ['qwertyuiop123', '太容易猜'],
  ['123456789012', '全是数字'],
  ['aaaaaaaaaaaaaa', '重复几遍'],
  ['1qaz2wsx3edc4rfv', '太容易猜'],
  ['woaizhongguo1949', '太容易猜'],
  ['dangyuan20210701', '拼音加数字'],
  ['Short1!', '至少 12 位'],
  ['示例矿业集团-我们的密码最安全', '示例矿业'],
  ['my-a1001-correct-horse', 'a1001'],
  ['SLKY-correct-horse-battery', 'slky'],
])('%s is refused: %s', (password, reason) => {
  expect(weaknessOf(password, WORDS, 1)).toContain(reason)
})

test.each([
  'correct horse battery',
  '海阔凭鱼跃-天高任鸟飞翔',
  'tKx9vQw2LmZpR7',
  '我家门口有棵老槐树三百年',
  'ｆｕｌｌ　ｗｉｄｔｈ　ｗｉｄｅ',
])('%s will do in the standard profile, whatever its kinds of characters', (password) => expect(weaknessOf(password, WORDS, 1)).toBeNull())

test('the 等保 profile asks for three of four kinds, and says so', () => {
  expect(weaknessOf('correct horse battery', WORDS, 3)).toContain('至少要有 3 种')
  expect(weaknessOf('Correct horse battery', WORDS, 3)).toBeNull()
})

test('random passwords of fourteen letters and digits are hardly ever refused', () => {
  const letters = fc.constantFrom(...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789')
  const passwords = fc.sample(fc.string({ unit: letters, minLength: 14, maxLength: 14 }), { numRuns: 2000, seed: 7 })
  expect(passwords.filter((password) => weaknessOf(password, WORDS, 1) !== null).length).toBeLessThan(20)
})

const any = <T>(...values: T[]) => fc.constantFrom(...values)
const digits = (min: number, max: number) => fc.string({ unit: any(...'0123456789'), minLength: min, maxLength: max })
const mark = any('', '!', '@', '#', '.', '_', '-', '*')
const refusedAll = (passwords: fc.Arbitrary<string>) =>
  fc.assert(
    fc.property(passwords, (password) => [...password].length < 12 || weaknessOf(password, WORDS, 1) !== null),
    { numRuns: 2000 },
  )

describe('what lists of common passwords consist of is refused, whichever it is', () => {
  test('digits only: dates, telephone and identity numbers', () => {
    refusedAll(digits(12, 30))
    refusedAll(fc.tuple(digits(6, 11), any('-', '.', ' ', '_'), digits(6, 11)).map((parts) => parts.join('')))
  })

  test('walks over the keyboard in any direction', () => {
    const rows = ['1234567890', 'qwertyuiop', 'asdfghjkl;', 'zxcvbnm,./']
    const step = fc.record({ row: fc.integer({ min: -1, max: 1 }), column: fc.integer({ min: -1, max: 1 }) })
    const inside = (n: number, most: number) => Math.max(0, Math.min(most, n))
    const walk = fc.tuple(fc.nat(3), fc.nat(9), fc.array(step, { minLength: 12, maxLength: 24 })).map(([row, column, steps]) => {
      let at = { row, column }
      return steps
        .map((by) => {
          at = { row: inside(at.row + by.row, 3), column: inside(at.column + by.column, 9) }
          return rows[at.row]![at.column]!
        })
        .join('')
    })
    refusedAll(walk)
    refusedAll(walk.map((text) => text.toUpperCase()))
  })

  test('a name in pinyin with a year, a birthday or a telephone number, before or after', () => {
    const syllable = any('wang', 'zhang', 'li', 'liu', 'xiao', 'ming', 'wei', 'jun', 'hua', 'guo', 'qiang', 'yan', 'rong', 'shu')
    const name = fc.array(syllable, { minLength: 1, maxLength: 3 }).map((parts) => parts.join(''))
    refusedAll(fc.tuple(name, mark, digits(4, 11), mark).map((parts) => parts.join('')))
    refusedAll(fc.tuple(digits(4, 11), mark, name, mark).map((parts) => parts.join('')))
    refusedAll(fc.tuple(name, digits(6, 11)).map(([text, n]) => text.charAt(0).toUpperCase() + text.slice(1) + n))
  })

  test('initials with a birthday or a telephone number', () => {
    const birthday = fc.tuple(fc.integer({ min: 1950, max: 2012 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }))
    const date = birthday.map(([y, m, d]) => `${y}${String(m).padStart(2, '0')}${String(d).padStart(2, '0')}`)
    const initials = fc.string({ unit: any(...'bcdfghjklmnpqrstwxyz'), minLength: 2, maxLength: 4 })
    refusedAll(fc.tuple(initials, date, mark).map((parts) => parts.join('')))
    refusedAll(
      fc
        .tuple(
          initials,
          digits(9, 9).map((n) => `13${n}`),
        )
        .map((parts) => parts.join('')),
    )
  })

  test('common words, alone or one after the other, with a year, marks, capitals or look-alikes', () => {
    const word = any(...COMMON_WORDS)
    const year = fc.integer({ min: 1949, max: 2030 }).map(String)
    const plain = fc
      .tuple(fc.array(word, { minLength: 1, maxLength: 3 }), mark, any('', '123', '1234', '888'), year)
      .map(([words, m, n, y]) => words.join('') + m + n + y)
    refusedAll(plain)
    refusedAll(plain.map((text) => text.charAt(0).toUpperCase() + text.slice(1)))
    refusedAll(
      fc
        .tuple(any('password', 'administrator', 'dragon', 'sunshine'), year)
        .map(([text, y]) => text.replaceAll('a', '@').replaceAll('s', '$').replaceAll('o', '0') + y + y),
    )
  })

  test('one piece again and again, and hardly different characters', () => {
    const piece = fc.string({ unit: any(...'abcdefghijkmnpqrstuvwxyzABCDEF23456789'), minLength: 1, maxLength: 9 })
    refusedAll(fc.tuple(piece, fc.integer({ min: 2, max: 12 })).map(([text, n]) => text.repeat(n)))
    refusedAll(fc.string({ unit: any('k', '7', 'Q', 'z'), minLength: 12, maxLength: 30 }))
  })

  test('login, name and unit, wherever they stand', () => {
    const around = fc.string({ unit: any(...'qpvmxkzhrtbn'), minLength: 8, maxLength: 14 })
    refusedAll(fc.tuple(around, any(...WORDS), around).map((parts) => parts.join('')))
  })
})

test('sentences that people can remember will do', () => {
  const sentence = any(
    '井下三百米灯火通明到天亮',
    'the old locust tree by our gate',
    'Kuai-ma-jia-bian-bu-xia-an-2',
    '三月的雨下在北山的屋檐上',
    'teapot Mountain 47 river!',
  )
  fc.assert(fc.property(sentence, (text) => weaknessOf(text, WORDS, 1) === null))
})

// An answer that takes ever longer for a longer text would outlast the time a test has.
test('every text is answered, however long', () => {
  const text = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 200 }),
    fc.constantFrom('a', '1', '甲', 'ab1').map((part) => part.repeat(200)),
  )
  fc.assert(fc.property(text, (one) => weaknessOf(one, WORDS, 3) !== undefined))
})
