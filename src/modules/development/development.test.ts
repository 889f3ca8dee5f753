import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ledgerAsOf } from '#ledger/reading.ts'
import type { Branch } from '#testing/meetings.ts'
import { type World, world } from '#testing/world.ts'
import { onTime, withoutFault } from './measures.ts'
import { type Developing, developing } from './testing.ts'

let w: World
let b: Branch
let officer: string
let way: Developing
beforeAll(async () => {
  w = await world({ now: new Date('2024-01-10T02:00:00Z') })
  way = await developing(w)
  ;({ b, officer } = way)
})
afterAll(() => w.close())

const codeOf = (answer: { body: unknown }) => (answer.body as { code: string }).code

describe('the whole way', () => {
  let id: string
  let personId: string
  beforeAll(async () => {
    ;({ id, personId } = await way.toAssembly())
  })

  test('a 发展对象 stands on the list as such, from the days of the steps', async () => {
    const { standings } = await w.done(b.secretary, 'members.get', { personId })
    expect(standings.map(({ from, standing }) => [from, standing])).toEqual([
      ['2024-01-10', 'applicant'],
      ['2024-03-05', 'activist'],
      ['2025-03-05', 'developmentTarget'],
    ])
  })

  test('an assembly that did not pass it is refused; the next one is taken with its counts, and one vote serves one person', async () => {
    await way.voted('2025-06-20', 4)
    const failed = await way.take(id, 15, '2025-06-20', { voteId: await way.latestVote(id) })
    expect([codeOf(failed), failed.facts]).toEqual(['not-passed', []])
    await way.voted('2025-06-30')
    const { body, facts } = await way.take(id, 15, '2025-06-30', { voteId: await way.latestVote(id) })
    expect(body.hints).toEqual([])
    expect(facts.map((f) => f.kind)).toEqual(['development.stepTaken'])
    expect((await way.stepOf(id, 15)).records[0]).toMatchObject({ on: '2025-06-30', votes: { entitled: 9, inFavour: 9 } })
  })

  test('the approval waits for the superior’s talk and then makes a 预备党员 from the assembly’s day, in one transaction', async () => {
    way.on('2025-07-02')
    const sent = await w.done(b.secretary, 'requests.send', {
      orgId: b.id,
      kind: 'admission',
      aboutId: personId,
      title: '请示接收',
      body: '请审批。',
    })
    const answer = { id: sent.id, version: sent.version, decision: 'agreed' as const, docNo: '示例党〔2025〕9号' }
    const early = await w.call(officer, 'requests.answer', answer)
    expect([codeOf(early), early.facts]).toEqual(['not-yet', []])
    expect((await way.take(id, 16, '2025-07-10')).status).toBe(403)
    await way.took(id, 16, '2025-07-10', {}, officer)
    way.on('2025-08-01')
    const { facts } = await w.call(officer, 'requests.answer', answer)
    expect(facts.map((f) => f.kind)).toEqual(['request.answered', 'reply.received', 'development.stepTaken', 'standing.changed'])
    const { standings, joined } = await w.done(b.secretary, 'members.get', { personId })
    expect([joined, standings.at(-1)]).toMatchObject(['2025-06-30', { from: '2025-06-30', standing: 'probationaryMember' }])
  })

  test('before a calendar year is over conversion is refused and says from which day; then the person is a full member from that day', async () => {
    await way.took(id, 19, '2025-08-10')
    await way.took(id, 20, '2025-08-12')
    await way.took(id, 21, '2025-12-12')
    await way.took(id, 22, '2026-06-20')
    await way.voted('2026-06-29')
    const early = await way.take(id, 23, '2026-06-29', { voteId: await way.latestVote(id) })
    expect([codeOf(early), early.facts]).toEqual(['probation-not-over', []])
    expect((early.body as unknown as { message: string }).message).toContain('2026-06-30')
    await way.voted('2026-07-08')
    await way.took(id, 23, '2026-07-08', { voteId: await way.latestVote(id) })
    await way.asked(personId, 'conversion', '2026-07-30')
    const { standings, converted } = await w.done(b.secretary, 'members.get', { personId })
    expect([converted, standings.at(-1)]).toMatchObject(['2026-06-30', { from: '2026-06-30', standing: 'fullMember' }])
    const open = await way.take(id, 25, '2026-08-01')
    expect(codeOf(open)).toBe('not-yet')
    await way.took(id, 18, '2026-08-01', {}, officer)
    await way.took(id, 25, '2026-08-02')
    expect((await way.get(id)).state).toBe('done')
  })

  test('the measures find no fault in it, and the full record opens', async () => {
    const q = {
      db: w.db,
      facts: ledgerAsOf(),
      orgIds: [b.id],
      from: '2024-01-01',
      to: '2026-12-31',
      asAt: '2026-08-02',
      filter: {},
      memo: new Map(),
    }
    const cases = await withoutFault.cases(q)
    expect(cases.length).toBeGreaterThan(20)
    expect(cases.filter((c) => c.met < c.expected).map((c) => c.note)).toEqual([])
    expect((await onTime.cases(q)).filter((c) => c.met < c.expected).map((c) => c.note)).toEqual([])
    const { status, body } = await w.call(b.secretary, 'development.fullRecord', { id })
    expect([status, (body as unknown as Buffer).subarray(0, 2).toString()]).toEqual([200, 'PK'])
  })
})

describe('what is not due', () => {
  test('is refused with its rule: too early, a paper missing, out of order, by the wrong people', async () => {
    const { id, personId } = await way.apply('2024-05-06')
    expect(codeOf(await way.take(id, 3, '2024-05-07'))).toBe('not-yet')
    const bare = await way.take(id, 2, '2024-05-07', { papers: [] })
    expect([(bare.body as any).fields, bare.facts]).toEqual([{ papers: ['缺谈话记录'] }, []])
    await way.took(id, 2, '2024-05-07')
    await way.took(id, 3, '2024-06-30')
    await way.asked(personId, 'activistFiling', '2024-07-01')
    expect(codeOf(await way.take(id, 4, '2024-07-02'))).toBe('not-yet')
    expect((await way.take(id, 5, '2024-07-02', { people: [] })).status).toBe(422)
    await way.took(id, 5, '2024-07-02', { people: [b.members[2]] })
    await way.took(id, 6, '2024-12-30')
    const eleven = await way.take(id, 7, '2025-05-30')
    expect([codeOf(eleven), eleven.facts]).toEqual(['too-early', []])
    way.on('2025-05-30')
    expect((await way.stepOf(id, 7)).closed).toContain('2025-06-30')
  })

  test('beyond the superior’s number of the year is refused; the branch itself cannot give the number', async () => {
    way.on('2026-09-01')
    const own = await w.call(b.secretary, 'development.setPlan', { orgId: b.id, year: 2026, number: 1, version: 0 })
    expect([own.status, own.facts]).toEqual([403, []])
    await w.done(officer, 'development.setPlan', { orgId: b.id, year: 2026, number: 0, version: 0 })
    const entered = await w.done(b.secretary, 'development.enter', {
      orgId: b.id,
      name: '计某',
      steps: [1, 2, 3, 4, 5, 6].map((no) => ({ no, on: `2025-0${no}-10` })),
    })
    const refused = await way.take(entered.id, 7, '2026-09-02')
    expect([codeOf(refused), refused.facts]).toEqual(['beyond-plan', []])
  })
})

test('a pool in the middle of its way is entered from paper: never refused, but what to check is shown, and it goes on from there', async () => {
  way.on('2026-09-03')
  const { id, personId } = await w.done(b.commissioner, 'development.enter', {
    orgId: b.id,
    name: '补某',
    steps: [
      { no: 1, on: '2024-02-01' },
      { no: 3, on: '2025-03-10' },
      { no: 7, on: '2026-02-10' },
    ],
  })
  const { items } = await w.done(b.secretary, 'development.findings', { orgId: b.id })
  expect(items.filter((f) => f.courseId === id).map((f) => [f.code, f.level, f.entered])).toContainEqual(['too-early', 'verify', true])
  const view = await way.get(id)
  expect(view.steps.map((s) => s.state).slice(0, 8)).toEqual(['done', 'paper', 'done', 'paper', 'paper', 'paper', 'done', 'open'])
  await way.took(id, 2, '2024-02-20', { papers: [] })
  await way.asked(personId, 'targetFiling', '2026-09-04')
  expect((await way.get(id)).steps[8]!.state).toBe('open')
})

test('a wrong date is put right by a new fact, standings follow, and a later step that would then be too early refuses it', async () => {
  const { id, personId } = await way.apply('2025-01-02')
  await way.took(id, 2, '2025-01-10')
  await way.took(id, 3, '2025-02-10')
  const step = (await way.stepOf(id, 3)).records[0]!
  const { version } = await way.get(id)
  const { facts } = await w.call(b.secretary, 'development.correctStep', { id, version, stepId: step.id, on: '2025-02-01' })
  expect(facts.map((f) => f.kind)).toEqual(['fact.retracted', 'development.stepTaken', 'fact.retracted', 'standing.changed'])
  const { standings } = await w.done(b.secretary, 'members.get', { personId })
  expect(standings.map(({ from, standing }) => [from, standing])).toEqual([
    ['2025-01-02', 'applicant'],
    ['2025-02-01', 'activist'],
  ])
  const before = (await way.stepOf(id, 2)).records[0]!
  const late = await w.call(b.secretary, 'development.correctStep', {
    id,
    version: (await way.get(id)).version,
    stepId: before.id,
    on: '2025-02-05',
  })
  expect([codeOf(late), late.facts]).toEqual(['before-earlier', []])
})

test('预备期 is prolonged once, by six to twelve months, when the superior agrees', async () => {
  way.on('2026-02-01')
  const { id, personId } = await w.done(b.secretary, 'development.enter', {
    orgId: b.id,
    name: '延某',
    steps: [1, 3, 7, 15, 17].map((no, i) => ({ no, on: `202${i + 1}-03-05` })),
  })
  const { version } = await way.get(id)
  const few = await w.call(b.secretary, 'development.prolong', { id, version, on: '2026-02-01', months: 5 })
  expect([few.status, few.facts]).toEqual([422, []])
  const unasked = await w.call(b.secretary, 'requests.send', {
    orgId: b.id,
    kind: 'prolongation',
    aboutId: personId,
    title: '请示延期',
    body: '请审批。',
  })
  expect(codeOf(unasked)).toBe('not-proposed')
  await w.done(b.secretary, 'development.prolong', { id, version, on: '2026-02-01', months: 6 })
  await way.asked(personId, 'prolongation', '2026-02-10')
  expect((await way.get(id)).probationUntil).toBe('2025-09-05')
  const twice = await w.call(b.secretary, 'development.prolong', { id, version: (await way.get(id)).version, on: '2026-02-11', months: 6 })
  expect(codeOf(twice)).toBe('prolonged-already')
})

test('stopped with a reason, the person is on no list any more and nothing can be taken', async () => {
  const { id, personId } = await way.apply('2026-03-01')
  way.on('2026-03-20')
  const { version } = await way.get(id)
  const wrong = await w.call(b.secretary, 'development.stop', { id, version, reason: 'disqualified', on: '2026-03-20', note: '试试' })
  expect([wrong.status, wrong.facts]).toEqual([422, []])
  await w.done(b.secretary, 'development.stop', { id, version, reason: 'withdrew', on: '2026-03-20', note: '本人书面撤回' })
  expect((await way.take(id, 2, '2026-03-21')).status).toBe(409)
  const { memberships } = await w.done(b.secretary, 'members.get', { personId })
  expect(memberships.map(({ until, left }) => [until, left])).toEqual([['2026-03-20', 'notDeveloped']])
})

test('the board counts by stage, names who is late, and confines to what one may see', async () => {
  await way.apply('2026-05-01')
  way.on('2026-06-15')
  const list = await w.done(officer, 'development.list', { orgId: b.committeeId, view: 'late' })
  expect(list.late).toBe(list.items.length)
  expect(list.items.some(({ due, dueOn }) => due === '党组织派人谈话' && dueOn === '2026-06-01')).toBe(true)
  const { status } = await w.call(b.members[0]!, 'development.list', { orgId: b.id })
  expect(status).toBe(404)
})
