import fc from 'fast-check'
import { expect, test } from 'vitest'
import { withoutProtected } from './drafts.ts'
import { addressOf, newKey } from './request.ts'
import { dueText } from './text.ts'

test('a query carries texts as they are and everything else as JSON, so that what is asked can be read back', () => {
  const value = fc.oneof(
    fc.string(),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(fc.string()),
    fc.dictionary(fc.string(), fc.string()),
  )
  fc.assert(
    fc.property(fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), value), (input) => {
      const params = new URL(addressOf('meetings.list', input), 'http://x').searchParams
      const back = Object.fromEntries(
        Object.entries(input).map(([key, v]) => [key, typeof v === 'string' ? params.get(key) : JSON.parse(params.get(key)!)]),
      )
      expect(back).toEqual({ ...input })
    }),
  )
})

test('what is undefined is not asked at all', () => {
  expect(addressOf('meetings.list', { after: undefined })).toBe('/api/meetings.list')
})

test('keys are UUIDs and never repeat', () => {
  const keys = Array.from({ length: 1000 }, newKey)
  expect(new Set(keys).size).toBe(1000)
  for (const key of keys) expect(key).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})

test('a draft keeps what was typed, but no id number, phone, address or secret at any depth', () => {
  const values = {
    place: '井口调度楼',
    idNumber: '110',
    people: [{ name: '王某某', phone: '138', homeAddress: '某街' }],
    password: 'x',
    code: 'y',
  }
  expect(withoutProtected(values)).toEqual({ place: '井口调度楼', people: [{ name: '王某某' }] })
})

test('a term says how many days are left or past, and today is neither', () => {
  expect(dueText('2026-12-04', '2026-11-22')).toBe('剩 12 天')
  expect(dueText('2026-11-22', '2026-11-22')).toBe('今天到期')
  expect(dueText('2026-11-19', '2026-11-22')).toBe('逾 3 天')
})
