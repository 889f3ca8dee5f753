import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addDays, weekday } from '#kernel/civilDate.ts'
import { makeBranch } from '#testing/meetings.ts'
import { givePost } from '#testing/people.ts'
import { OWNER, type World, world } from '#testing/world.ts'
import { addWorkingDays, isWorkingDay, noticeText, readNotice, unknownYears, type Workdays, workingDaysBetween } from './contract.ts'
import { workdaysOf } from './published.ts'

let w: World
let known: Workdays
beforeAll(async () => {
  w = await world({ now: new Date('2026-11-22T02:00:00Z') })
  known = await workdaysOf(w.db)
})
afterAll(() => w.close())

describe('counting working days', () => {
  const day = fc.integer({ min: 0, max: 9000 }).map((n) => addDays('2008-01-01', n))
  const table = fc
    .array(fc.tuple(day, fc.boolean()), { maxLength: 200 })
    .map((days): Workdays => ({ rest: new Map(days), years: new Set() }))

  test('adding n working days lands on a working day with n working days between', () => {
    fc.assert(
      fc.property(table, day, fc.integer({ min: -120, max: 120 }), (w, from, n) => {
        const on = addWorkingDays(w, from, n)
        if (n !== 0) expect(isWorkingDay(w, on)).toBe(true)
        expect(workingDaysBetween(w, from, on)).toBe(n)
      }),
    )
  })

  test('counting is additive over any day between, and a rest day adds nothing', () => {
    fc.assert(
      fc.property(table, fc.tuple(day, day, day), (w, three) => {
        const [a, b, c] = [...three].sort() as [string, string, string]
        expect(workingDaysBetween(w, a, c)).toBe(workingDaysBetween(w, a, b) + workingDaysBetween(w, b, c))
        const next = addDays(a, 1)
        expect(workingDaysBetween(w, a, next)).toBe(isWorkingDay(w, next) ? 1 : 0)
      }),
      { numRuns: 20 },
    )
  })

  test('the shipped table knows the holidays and the weekends worked in exchange of 2026', () => {
    expect(isWorkingDay(known, '2026-10-01')).toBe(false)
    expect(isWorkingDay(known, '2026-10-10')).toBe(true)
    expect(weekday('2026-10-10')).toBe(6)
    expect(addWorkingDays(known, '2026-09-30', 1)).toBe('2026-10-08')
    expect(known.years.has(2026)).toBe(true)
  })

  test('a year that nobody entered is said to be unknown, and only the week decides in it', () => {
    expect(known.years.has(2027)).toBe(false)
    expect(unknownYears(known, '2026-12-30', '2027-01-05')).toEqual([2027])
    expect(isWorkingDay(known, '2027-01-01')).toBe(true)
  })
})

describe('reading a notice', () => {
  test('the wording of the yearly notice is understood, brackets and all', () => {
    const text = `一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。`
    const { days, problems } = readNotice(text, 2026)
    expect(problems).toEqual([])
    expect(days.filter((d) => d.rest)).toHaveLength(3 + 9 + 3 + 7)
    expect(days.filter((d) => !d.rest).map((d) => d.day)).toEqual(['2026-01-04', '2026-02-14', '2026-02-28', '2026-09-20', '2026-10-10'])
    expect(days.find((d) => d.day === '2026-02-23')?.name).toBe('春节')
  })

  test('what is shown for editing is read back as it was, over a month end too', () => {
    const names = ['元旦', '春节', '国庆节、中秋节']
    const one = fc.record({ n: fc.integer({ min: 0, max: 364 }), rest: fc.boolean(), name: fc.constantFrom(...names) })
    fc.assert(
      fc.property(fc.uniqueArray(one, { selector: (d) => d.n, maxLength: 40 }), (some) => {
        const days = some.map(({ n, ...d }) => ({ ...d, day: addDays('2027-01-01', n) })).sort((a, b) => (a.day < b.day ? -1 : 1))
        const back = readNotice(noticeText(days), 2027)
        expect(back.problems).toEqual([])
        expect(back.days).toEqual(days)
      }),
    )
  })

  test.each([
    ['2月30日放假', '没有写是哪个节日'],
    ['春节：2月30日放假。', '不是日历上有的日期'],
    ['元旦：2026年12月31日至2027年1月2日放假。', '不在 2027 年'],
    ['国庆节：10月1日放假。10月1日上班。', '又放假又上班'],
    ['国庆节：放假七天。', '没有看到哪天放假'],
  ])('%s is not guessed at', (text, says) => {
    expect(readNotice(text, 2027).problems.join()).toContain(says)
  })
})

describe('keeping the table', () => {
  const days = [
    { day: '2027-10-01', rest: true, name: '国庆节' },
    { day: '2027-10-09', rest: false, name: '国庆节' },
  ]
  const entry = { year: 2027, version: 0, source: '国办发明电〔2026〕1号', days }

  test('a year is entered once, changed by who saw it last, and the change counts at once', async () => {
    expect(await w.done(OWNER, 'workdays.year', { year: 2027 })).toMatchObject({ known: false, days: [], version: 0 })
    const { facts, status } = await w.call(OWNER, 'workdays.setYear', entry)
    expect([status, facts.map((f) => f.kind)]).toEqual([200, ['holidays.entered']])
    expect((await w.call(OWNER, 'workdays.setYear', entry)).status).toBe(409)
    expect(await w.done(OWNER, 'workdays.year', { year: 2027 })).toMatchObject({ known: true, version: 1, days })
    expect(await w.done(OWNER, 'workdays.after', { from: '2027-09-30', workingDays: 1 })).toEqual({ on: '2027-10-04', unknownYears: [] })
    await w.done(OWNER, 'workdays.setYear', { ...entry, version: 1, days: days.slice(0, 1) })
    expect(await w.done(OWNER, 'workdays.year', { year: 2027 })).toMatchObject({ version: 2, days: days.slice(0, 1) })
  })

  test.each([
    ['2028-01-01', true, '不在 2029 年'],
    ['2029-10-08', false, '本来就上班'],
  ])('%s (rest: %s) is refused at its field', async (day, rest, says) => {
    const { status, body, facts } = await w.call(OWNER, 'workdays.setYear', { ...entry, year: 2029, days: [{ day, rest, name: '国庆节' }] })
    expect([status, facts]).toEqual([422, []])
    expect(JSON.stringify(body)).toContain(says)
  })

  test('only who is entitled at the top keeps it; a branch reads it', async () => {
    const b = await makeBranch(w)
    await givePost(w, b.id, b.members[0]!, 'partyAffairsWorker')
    await givePost(w, b.committeeId, b.members[1]!, 'partyAffairsWorker')
    const year = { ...entry, year: 2031, days: [{ day: '2031-10-01', rest: true, name: '国庆节' }] }
    for (const who of [b.members[0]!, b.secretary, b.members[2]!]) expect((await w.call(who, 'workdays.setYear', year)).status).toBe(403)
    const { can } = await w.done(b.members[0]!, 'workdays.year', { year: 2026 })
    expect(can.edit).toMatchObject({ code: 'not-at-top' })
    expect((await w.call(b.members[1]!, 'workdays.setYear', year)).status).toBe(200)
  })
})
