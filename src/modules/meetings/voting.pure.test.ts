import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkShare, judgeVote, quorumOf, type Tally, THRESHOLDS, VOTE_RULES, type VoteRuleKey } from './voting.ts'

const people = fc.integer({ min: 1, max: 5_000 })
const rules = fc.constantFrom(...(Object.keys(VOTE_RULES) as VoteRuleKey[]))

const none = { all: 0, entitled: 0, entitledPresent: 0, othersPresent: 0, inFavour: 0, against: 0, abstained: 0, recused: 0 }
const plain = (given: Partial<Tally>): Tally => ({
  ...none,
  writtenInFavour: 0,
  writtenAgainst: 0,
  writtenAbstained: 0,
  notEntitledNamed: { inFavour: 0, against: 0, abstained: 0 },
  ...given,
})

test('半数以上 includes the half and 超过半数 does not', () => {
  expect([20, 21, 22].map(THRESHOLDS.half.need)).toEqual([10, 11, 11])
  expect([20, 21, 22].map(THRESHOLDS.moreThanHalf.need)).toEqual([11, 11, 12])
  fc.assert(
    fc.property(people, (n) => {
      expect(THRESHOLDS.half.need(n) * 2).toBeGreaterThanOrEqual(n)
      expect((THRESHOLDS.half.need(n) - 1) * 2).toBeLessThan(n)
      expect(THRESHOLDS.moreThanHalf.need(n) * 2).toBeGreaterThan(n)
      expect((THRESHOLDS.moreThanHalf.need(n) - 1) * 2).toBeLessThanOrEqual(n)
    }),
  )
})

test('the formulas are spelt out with their numbers', () => {
  expect(quorumOf('assembly', 21, 10).says).toBe('应到会有表决权党员 21，半数以上 = ⌈21 ÷ 2⌉ = 11，实到 10，差 1')
  expect(checkShare({ base: 'entitled', at: 'moreThanHalf' }, 21, 11, '应到会有表决权', '赞成').formula).toBe(
    '超过半数 = ⌊21 ÷ 2⌋ + 1 = 11',
  )
})

test('exactly half is never passed, one more always is', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2_000 }), (half) => {
      const vote = (inFavour: number) =>
        judgeVote('assembly', plain({ all: half * 2, entitled: half * 2, entitledPresent: half * 2, inFavour }))
      expect(vote(half).passed).toBe(false)
      expect(vote(half + 1).passed).toBe(true)
    }),
  )
})

test('nothing passes below the needed attendance, whatever the votes', () => {
  fc.assert(
    fc.property(rules, people, fc.nat(5_000), fc.nat(5_000), (rule, entitled, came, inFavour) => {
      const entitledPresent = Math.min(came, entitled)
      const result = judgeVote(rule, plain({ all: entitled, entitled, entitledPresent, inFavour }))
      if (!result.quorum.met) expect(result.passed).toBe(false)
      expect(result.quorate).toBe(result.quorum.met)
    }),
  )
})

test('one more vote in favour never turns a result from passed to not passed', () => {
  fc.assert(
    fc.property(rules, people, fc.nat(5_000), fc.nat(5_000), (rule, entitled, came, votes) => {
      const entitledPresent = Math.min(came, entitled)
      const inFavour = Math.min(votes, Math.max(0, entitledPresent - 1))
      const at = (n: number) => judgeVote(rule, plain({ all: entitled, entitled, entitledPresent, inFavour: n }))
      if (at(inFavour).passed) expect(at(inFavour + 1).passed).toBe(true)
    }),
  )
})

test('the three bases are kept apart', () => {
  const tally = plain({ all: 30, entitled: 20, entitledPresent: 16, inFavour: 9, against: 7 })
  expect(judgeVote('assembly', tally)).toMatchObject({ passed: false, majority: { base: 'entitled', of: 20, need: 11 } })
  expect(judgeVote('election', tally)).toMatchObject({ passed: true, majority: { base: 'present', of: 16, need: 9 } })
  expect(checkShare({ base: 'all', at: 'moreThanHalf' }, tally.all, 16, '全体', '赞成')).toMatchObject({ need: 16, met: true })
})

test('opinions in writing count for admissions and not for ordinary votes; they bring nobody into the room', () => {
  const tally = plain({ all: 21, entitled: 21, entitledPresent: 11, inFavour: 10, against: 1, writtenInFavour: 1 })
  expect(judgeVote('admission', tally)).toMatchObject({ passed: true, majority: { have: 11 } })
  expect(judgeVote('assembly', tally)).toMatchObject({ passed: false, majority: { have: 10 } })
  expect(judgeVote('admission', { ...tally, entitledPresent: 10, against: 0, writtenInFavour: 11 })).toMatchObject({
    quorate: false,
    passed: false,
  })
})

test('who stood aside stays in the base and cannot be among the votes', () => {
  const nine = plain({ all: 9, entitled: 9, entitledPresent: 8, recused: 1 })
  expect(judgeVote('committee', { ...nine, inFavour: 5, abstained: 2 })).toMatchObject({ passed: true, notEntitled: 0, silent: 0 })
  expect(judgeVote('committee', { ...nine, inFavour: 8 })).toMatchObject({ notEntitled: 1, majority: { have: 7, of: 9 } })
})

test('votes without the right are taken out: named ones as they were cast, unnamed ones as if all were in favour', () => {
  const tally = plain({ all: 24, entitled: 22, entitledPresent: 22, othersPresent: 2, inFavour: 12, against: 11 })
  expect(judgeVote('assembly', tally)).toMatchObject({ notEntitled: 1, passed: false })
  const against = { inFavour: 0, against: 1, abstained: 0 }
  expect(judgeVote('assembly', { ...tally, notEntitledNamed: against })).toMatchObject({ notEntitled: 1, passed: true })
  const inFavour = { inFavour: 1, against: 0, abstained: 0 }
  expect(judgeVote('assembly', { ...tally, notEntitledNamed: inFavour })).toMatchObject({ passed: false, majority: { have: 11 } })
})

test('more votes than people in the room cannot be', () => {
  const tally = plain({ all: 10, entitled: 8, entitledPresent: 8, othersPresent: 2, inFavour: 10 })
  expect(judgeVote('assembly', tally).impossible).toBe(false)
  expect(judgeVote('assembly', { ...tally, against: 1 }).impossible).toBe(true)
  expect(judgeVote('admission', { ...tally, writtenInFavour: 1 }).impossible).toBe(true)
})
