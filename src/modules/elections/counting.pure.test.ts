import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isQuorate, neededFor, votesToElect } from './contract.ts'
import { outcomeOf } from './counting.ts'

test('a fifth more candidates than seats, a part counted as one', () => {
  expect([3, 4, 5, 7, 9, 10].map((seats) => neededFor(seats, false))).toEqual([4, 5, 6, 9, 11, 12])
  expect(neededFor(1, true)).toBe(1)
})

test('four fifths of those entitled: exactly four fifths is enough', () => {
  expect(
    [
      [8, 10],
      [7, 10],
      [4, 5],
      [3, 4],
      [19, 24],
      [20, 24],
    ].map(([p, e]) => isQuorate(p!, e!)),
  ).toEqual([true, false, true, false, false, true])
})

test('more than half of those present: exactly half is not', () => {
  expect([20, 21, 1, 2].map(votesToElect)).toEqual([11, 11, 1, 2])
})

describe('who is elected', () => {
  const named = (...votes: number[]) => votes.map((inFavour, i) => ({ personId: 'abcdef'[i]!, inFavour }))
  test('those with most votes among those above half', () => {
    expect(outcomeOf(named(18, 12, 15, 10), 3, 20)).toMatchObject({
      elected: [{ personId: 'a' }, { personId: 'c' }, { personId: 'b' }],
      left: 0,
    })
  })
  test('a tie for the last seat goes to another ballot between the tied', () => {
    const { elected, left, next, tied } = outcomeOf(named(18, 15, 12, 12), 3, 20)
    expect([elected.map((e) => e.personId), left, next, tied]).toEqual([['a', 'b'], 1, ['c', 'd'], true])
  })
  test('a tie above the last seat decides nothing', () => expect(outcomeOf(named(15, 15, 14, 12), 3, 20).left).toBe(0))
  test('with too few above half a seat stays open', () => {
    const { elected, left, next, tied } = outcomeOf(named(18, 15, 10, 9), 3, 20)
    expect([elected.length, left, next, tied]).toEqual([2, 1, ['c', 'd'], false])
  })

  test('whatever the votes: nobody at or below half, never more than seats, and all seats are elected or left', () => {
    const votes = fc.integer({ min: 1, max: 60 }).chain((present) =>
      fc.record({
        present: fc.constant(present),
        seats: fc.integer({ min: 1, max: 7 }),
        votes: fc.array(fc.integer({ min: 0, max: present }), { minLength: 1, maxLength: 10 }),
      }),
    )
    fc.assert(
      fc.property(votes, ({ present, seats, votes }) => {
        const tallies = votes.map((inFavour, i) => ({ personId: String(i), inFavour }))
        const { elected, left, next } = outcomeOf(tallies, seats, present)
        expect(elected.every(({ inFavour }) => inFavour * 2 > present)).toBe(true)
        expect(elected.length + left).toBe(seats)
        const ids = elected.map(({ personId }) => personId)
        const worst = Math.min(...elected.map(({ inFavour }) => inFavour))
        for (const t of tallies) if (!ids.includes(t.personId)) expect(t.inFavour * 2 > present && t.inFavour > worst).toBe(false)
        expect(next.some((id) => ids.includes(id))).toBe(false)
      }),
    )
  })
})
