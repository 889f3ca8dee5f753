import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { EvaluatedObject } from './evaluate.ts'
import { stabilityOf, swapped } from './stability.ts'

const object = (id: string, marks: Record<string, number>): EvaluatedObject => ({
  org: { id, name: id },
  score: String(Object.values(marks).reduce((a, b) => a + b, 0)),
  outOf: '100',
  grade: null,
  state: null,
  says: '',
  bars: [],
  open: [],
  linkage: [],
  items: Object.entries(marks).map(([path, score]) => ({
    path, name: path, source: 'import', max: '50', state: '已计算', score: String(score), value: null, sentence: '', cases: [],
  })), // biome-ignore format: one item
})

test('the indicator that turns the most pairs is named, and those that turn none are counted', async () => {
  const objects = [object('a', { 甲: 40, 乙: 10 }), object('b', { 甲: 10, 乙: 38 }), object('c', { 甲: 5, 乙: 5 })]
  expect(await stabilityOf(objects, () => '')).toEqual({ pairs: 3, flipped: 1, by: '甲', still: 0, items: 2 })
  expect(await stabilityOf(objects, (id) => id)).toEqual({ pairs: 0, flipped: 0, by: null, still: 2, items: 2 })
})

test('pairs that change places are counted as by comparing every two; ties are no order', () => {
  const scores = fc.array(fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 6 })), { maxLength: 40 })
  fc.assert(
    fc.property(scores, (pairs) => {
      let count = 0
      for (const [i, a] of pairs.entries()) for (const b of pairs.slice(i + 1)) if ((a[0] - b[0]) * (a[1] - b[1]) < 0) count++
      expect(
        swapped(
          pairs.map((p) => p[0]),
          pairs.map((p) => p[1]),
        ),
      ).toBe(count)
    }),
  )
})
