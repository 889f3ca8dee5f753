import { describe, expect, test } from 'vitest'
import { makeBranch, meetingOf } from '#testing/meetings.ts'
import { makeMember, makeOrg } from '#testing/people.ts'
import { OWNER } from '#testing/world.ts'
import { above, adopt, b, dutiesGround, find, hold, stateAt, versionOf, w, yearOf } from './testing.ts'

dutiesGround()

describe('how a duty stood on a day', () => {
  test('open while there is time, met from the day of the meeting, overdue from the day after the term, for any past day', async () => {
    await hold(['memberAssembly'], '2026-06-20')
    const states = (day: string) => stateAt(day, 'memberAssembly', '2026-Q2')
    expect([await states('2026-04-01'), await states('2026-06-19'), await states('2026-06-20')]).toEqual(['open', 'open', 'met'])
    const q1 = (day: string) => stateAt(day, 'memberAssembly', '2026-Q1')
    expect([await q1('2026-03-31'), await q1('2026-04-01')]).toEqual(['open', 'overdue'])
  })

  test('a period to come is not due yet, and neither is a committee of next year', async () => {
    const { duties } = await yearOf(b.id, 2027)
    expect(new Set(duties.map((d) => d.state))).toEqual(new Set(['open']))
    expect(find(duties, 'committeeSetUp', '2027')?.note).toBe('')
  })

  test('党课 without a unit rule is shown for reference, with 核对原文, and never overdue', async () => {
    const { duties, rules } = await yearOf(b.id)
    const lectures = duties.filter((d) => d.duty === 'partyLecture')
    expect(lectures.map((d) => d.state)).toEqual(['hint', 'hint', 'open', 'open'])
    expect(rules.find((r) => r.id === lectures[0]!.ruleId)).toMatchObject({ toVerify: true, strength: 'may', layer: 'central' })
    const { overdue } = await w.done(OWNER, 'duties.now', { orgId: b.id })
    expect(overdue.map((d) => d.duty)).not.toContain('partyLecture')
  })
})

describe('what a meeting does', () => {
  test('one meeting of two kinds meets two duties, by the same fact and without another entry', async () => {
    const { id } = await hold(['themePartyDay', 'partyLecture'], '2026-08-10')
    const { duties } = await yearOf(b.id)
    const met = duties.filter((d) => d.meetings.includes(id))
    expect(met.map((d) => [d.duty, d.period, d.state, d.heldOn])).toEqual([
      ['partyLecture', '2026-Q3', 'met', ['2026-08-10']],
      ['themePartyDay', '2026-08', 'met', ['2026-08-10']],
    ])
    expect(met[0]!.facts).toEqual(met[1]!.facts)
  })

  test('where the unit’s rule forbids sharing, the second kind of a meeting meets nothing of it', async () => {
    await adopt({ duty: 'partyLecture', every: 'quarter', times: 1, strength: 'must', mayShare: false })
    await hold(['themePartyDay', 'partyLecture'], '2026-08-10')
    const shared = (await yearOf(b.id)).duties
    expect([find(shared, 'themePartyDay', '2026-08')?.state, find(shared, 'partyLecture', '2026-Q3')?.state]).toEqual(['met', 'open'])
    await hold(['partyLecture'], '2026-08-11')
    expect(find((await yearOf(b.id)).duties, 'partyLecture', '2026-Q3')?.state).toBe('met')
  })

  test('a correction of the day moves it to the other period at once, a cancellation takes it away', async () => {
    const { id } = await hold(['branchCommittee'], '2026-07-31')
    await w.done(b.secretary, 'meetings.sign', { id, version: 1 })
    const at = async (period: string) => find((await yearOf(b.id)).duties, 'branchCommittee', period)?.state
    expect([await at('2026-07'), await at('2026-08')]).toEqual(['met', 'overdue'])
    const text = '日期写错，应为八月一日'
    const { version } = await w.done(b.secretary, 'meetings.correct', { id, version: 2, text, change: { heldOn: '2026-08-01' } })
    expect([await at('2026-07'), await at('2026-08')]).toEqual(['overdue', 'met'])
    await w.done(b.secretary, 'meetings.cancel', { id, version, reason: 'notHeld', note: '会议没有召开' })
    expect([await at('2026-07'), await at('2026-08')]).toEqual(['overdue', 'overdue'])
  })

  test('no duty asks for a photo, a place or a face: a meeting without any of them meets it', async () => {
    const { id } = await w.done(b.commissioner, 'meetings.record', {
      ...meetingOf(b, { kinds: ['memberAssembly'], heldOn: '2026-09-01', place: '' }),
      start: null,
      end: null,
    })
    expect(find((await yearOf(b.id)).duties, 'memberAssembly', '2026-Q3')).toMatchObject({ state: 'met', meetings: [id] })
    const { items } = await w.done(OWNER, 'duties.rules', {})
    expect(items.map((r) => r.wording).join()).not.toMatch(/照片|拍照|定位|人脸|签到/)
  })
})

describe('structures that change', () => {
  test('a branch that moves in July follows the rules of its new committee from the third quarter', async () => {
    const other = await makeOrg(w, { kind: 'partyCommittee', name: '示例矿业集团二矿党委' })
    await adopt({ duty: 'memberAssembly', every: 'month', times: 1, strength: 'must' }, { orgId: other, from: '2026-01-01' })
    const version = await versionOf(b.id)
    await w.done(OWNER, 'organisation.move', { id: b.id, version, on: '2026-07-01', parentId: other })
    const periods = (await yearOf(b.id)).duties.filter((d) => d.duty === 'memberAssembly').map((d) => d.period)
    expect([...periods].sort()).toEqual(['2026-07', '2026-08', '2026-09', '2026-10', '2026-11', '2026-12', '2026-Q1', '2026-Q2'])
  })

  test('a merged branch owes what was complete before, and its meetings stay its own', async () => {
    const into = await makeBranch(w, { full: 9, committeeId: above })
    await hold(['memberAssembly'], '2026-02-10')
    const version = await versionOf(b.id)
    await w.done(OWNER, 'organisation.merge', { id: b.id, version, on: '2026-05-10', intoId: into.id })
    const mine = (await yearOf(b.id)).duties
    expect(mine.filter((d) => d.duty === 'themePartyDay').map((d) => d.period)).toEqual(['2026-01', '2026-02', '2026-03', '2026-04'])
    expect(mine.filter((d) => d.duty === 'memberAssembly').map((d) => [d.period, d.state])).toEqual([['2026-Q1', 'met']])
    expect(find((await yearOf(into.id)).duties, 'memberAssembly', '2026-Q1')?.state).toBe('overdue')
  })

  test('the seventh full member brings the committee meeting from the month after, and 为什么 says the number', async () => {
    const small = await makeBranch(w, { full: 6, committeeId: above })
    await makeMember(w, small.id, { from: '2026-06-15' })
    const owed = (await yearOf(small.id)).duties.filter((d) => d.duty === 'branchCommittee').map((d) => d.period)
    expect(owed[0]).toBe('2026-07')
    const ask = (period: string) => w.done(OWNER, 'duties.why', { orgId: small.id, duty: 'branchCommittee', period })
    expect((await ask('2026-07')).fullMembers).toContain('最少时 7 人，达到 7 人')
    const before = await ask('2026-05')
    expect([before.says, before.fullMembers]).toEqual([
      expect.stringContaining('不承担'),
      expect.stringContaining('最少时 6 人，不到 7 人'),
    ])
    expect(before.rules.some((r) => r.chosen)).toBe(false)
  })
})
