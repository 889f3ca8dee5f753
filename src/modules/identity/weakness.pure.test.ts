import fc from 'fast-check'
import { expect, test } from 'vitest'
import { weaknessOf } from './weakness.ts'

const WORDS = ['示例矿业集团有限公司', '示例矿业', '王某某', 'A1001', 'slky']

test.each([
  ['password1234', '太容易猜'],
  ['P@ssw0rd2026!', '太容易猜'],
  ['qwertyuiop123', '太容易猜'],
  ['123456789012', '太容易猜'],
  ['aaaaaaaaaaaaaa', '太容易猜'],
  ['1qaz2wsx3edc4rfv', '太容易猜'],
  ['woaizhongguo1949', '太容易猜'],
  ['dangyuan20210701', '太容易猜'],
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

test('every answer comes quickly, however long the text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
      const began = performance.now()
      weaknessOf(text, WORDS, 3)
      return performance.now() - began < 50
    }),
  )
})
