import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, addMonths, addYears, civilDate, daysInMonth } from '#kernel/civilDate.ts'
import { type Course, conditionsOf, findingsOf, openSteps, probationUntil, STEPS, standingsOf, termsOf } from './contract.ts'

const course = (days: Record<number, string>, more: Partial<Course> = {}): Course => ({
  steps: Object.entries(days).map(([no, on]) => ({ no: Number(no), on, entered: false })),
  prolongedUntil: null,
  enteredThrough: 0,
  birth: null,
  ...more,
})
const at = (no: number, on: string) => ({ no, on, entered: false })
const codes = (c: Course, no: number, on: string, more = {}) =>
  conditionsOf(c, { ...at(no, on), ...more }).map((x) => `${x.level} ${x.code}`)

const anyDay = fc
  .tuple(fc.integer({ min: 1960, max: 2090 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 31 }))
  .map(([y, m, d]) => civilDate(y, m, Math.min(d, daysInMonth(y, m))))

test('there are twenty-five steps in five stages, each with a clause and papers, and each can be reached', () => {
  expect(STEPS.map(({ no }) => no)).toEqual(Array.from({ length: 25 }, (_, i) => i + 1))
  expect(STEPS.filter(({ clause, papers, hint }) => !clause || papers.length === 0 || !hint)).toEqual([])
  const taken: Record<number, string> = {}
  for (let i = 0; i < 100 && !taken[25]; i++) {
    const [no] = openSteps(course(taken)).filter((n) => !taken[n])
    taken[no!] = '2026-01-01'
  }
  expect(Object.keys(taken)).toHaveLength(25)
})

describe('a year as 积极分子', () => {
  test('is a calendar year, not 365 days: the day before is refused, the day itself is not', () => {
    fc.assert(
      fc.property(anyDay, (chosen) => {
        const c = course({ 3: chosen })
        const from = addYears(chosen, 1)
        expect(codes(c, 7, from)).not.toContain('block too-early')
        expect(codes(c, 7, addDays(from, -1))).toContain('block too-early')
        expect(termsOf(course({ 1: chosen, 2: chosen, 3: chosen, 4: chosen, 5: chosen, 6: chosen })).find(({ no }) => no === 7)?.from).toBe(
          from,
        )
      }),
    )
  })
  test('over a leap day it has 366 days', () => {
    expect(codes(course({ 3: '2023-03-01' }), 7, '2024-02-29')).toContain('block too-early')
    expect(codes(course({ 3: '2023-03-01' }), 7, '2024-03-01')).not.toContain('block too-early')
  })
  test('without a review in a half-year it is said, never refused', () => {
    expect(codes(course({ 3: '2025-01-31' }), 7, '2026-02-01')).toEqual(['hint reviews-apart'])
    expect(codes(course({ 3: '2025-01-31' }), 6, '2025-07-31')).toEqual([])
    expect(codes(course({ 3: '2025-01-31' }), 6, '2025-08-01')).toEqual(['hint reviews-apart'])
  })
})

describe('预备期', () => {
  test('ends a calendar year after the assembly: the day before is refused, that day is not', () => {
    fc.assert(
      fc.property(anyDay, (assembly) => {
        const c = course({ 15: assembly })
        const until = probationUntil(c)!
        expect(until).toBe(addYears(assembly, 1))
        expect(codes(c, 23, addDays(until, -1))).toContain('block probation-not-over')
        expect(codes(c, 23, until)).not.toContain('block probation-not-over')
      }),
    )
  })
  test('from 29 February ends on the last day of February, shown as 核对原文 and never refused; from the 28th nothing is said', () => {
    expect(codes(course({ 15: '2024-02-29' }), 23, '2025-02-28')).toEqual(['verify month-end'])
    expect(codes(course({ 15: '2024-02-28' }), 23, '2025-02-28')).toEqual([])
  })
  test('prolonged ends on the prolonged day', () => {
    const c = course({ 15: '2025-01-10' }, { prolongedUntil: addMonths('2026-01-10', 6) })
    expect(codes(c, 23, '2026-07-09')).toContain('block probation-not-over')
    expect(codes(c, 23, '2026-07-10')).toEqual([])
  })
})

test('the application is refused before eighteen years, on the birthday it is not; without a birth date it is to be checked', () => {
  const born = course({}, { birth: { from: '2008-02-29', until: '2008-02-29' } })
  expect(codes(born, 1, '2026-02-27')).toEqual(['block under-18'])
  expect(codes(born, 1, '2026-02-28')).toEqual([])
  expect(codes(course({}, { birth: { from: '2008-03-01', until: '2008-03-31' } }), 1, '2026-03-10')).toEqual(['verify birth-unknown'])
  expect(codes(course({}), 1, '2026-03-10')).toEqual(['verify birth-unknown'])
})

test('a talk later than a calendar month after the application is late', () => {
  expect(codes(course({ 1: '2026-01-31' }), 2, '2026-02-28')).toEqual([])
  expect(codes(course({ 1: '2026-01-31' }), 2, '2026-03-01')).toEqual(['hint talk-late'])
})

test('training of less than three days and less than twenty-four hours is refused, either is enough', () => {
  expect(codes(course({}), 11, '2026-05-01', { hours: 23.5, days: 2 })).toEqual(['block training-short'])
  expect(codes(course({}), 11, '2026-05-01', { hours: 24 })).toEqual([])
  expect(codes(course({}), 11, '2026-05-01', { days: 3 })).toEqual([])
})

test('exactly half in favour or half present is not more than half', () => {
  const votes = { entitled: 22, present: 20, inFavour: 11, against: 9, abstained: 0 }
  expect(codes(course({}), 15, '2026-05-01', { votes })).toEqual(['block not-passed'])
  expect(codes(course({}), 15, '2026-05-01', { votes: { ...votes, inFavour: 12 } })).toEqual([])
  expect(codes(course({}), 15, '2026-05-01', { votes: { ...votes, present: 11, inFavour: 11 } })).toEqual(['block not-passed'])
})

test('a step from paper is never refused, only to be checked', () => {
  const early = course({ 1: '2025-01-02', 3: '2025-03-10', 7: '2026-02-10' }, { enteredThrough: 7 })
  const paper = { ...early, steps: early.steps.map((s) => ({ ...s, entered: true })) }
  expect(findingsOf(early).find(({ condition }) => condition.code === 'too-early')?.condition.level).toBe('block')
  expect(findingsOf(paper).filter(({ condition }) => condition.level === 'block')).toEqual([])
  expect(findingsOf(paper).some(({ condition }) => condition.code === 'too-early')).toBe(true)
})

test('standings follow from steps: on probation from the assembly’s day, once approved; full from the end of probation', () => {
  const days = { 1: '2023-01-01', 3: '2023-03-01', 7: '2024-03-01', 15: '2024-09-30' }
  expect(standingsOf(course(days)).map(({ standing }) => standing)).toEqual(['activist', 'developmentTarget'])
  expect(standingsOf(course({ ...days, 17: '2024-11-02' })).at(-1)).toEqual({ from: '2024-09-30', standing: 'probationaryMember' })
  expect(standingsOf(course({ ...days, 17: '2024-11-02', 23: '2025-10-08', 24: '2025-11-01' })).at(-1)).toEqual({
    from: '2025-09-30',
    standing: 'fullMember',
  })
})
