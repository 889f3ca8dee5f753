import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ledgerAsOf } from '#ledger/reading.ts'
import { type Branch, makeBranch, meetingOf } from '#testing/meetings.ts'
import { givePost, makeMember, makeOrg } from '#testing/people.ts'
import { type World, world } from '#testing/world.ts'
import type { Api } from '../../platform.ts'
import { topicsHeld } from './measuresOfTopics.ts'

let w: World
let b: Branch
/** A secretary of the committee above, and a member of another branch under it. */
let chief: string
let stranger: string
beforeAll(async () => {
  w = await world({ now: new Date('2026-09-18T02:00:00Z') })
  b = await makeBranch(w, { full: 10, probationary: 1, name: '机电队党支部' })
  chief = await makeMember(w, b.id)
  await givePost(w, b.committeeId, chief, 'partySecretary')
  const other = await makeOrg(w, { kind: 'partyBranch', parentId: b.committeeId, name: '通风队党支部' })
  stranger = await makeMember(w, other)
})
afterAll(() => w.close())

type Plan = Api['meetings.plan']['input']
const planOf = (given: Partial<Plan> = {}): Plan => ({
  ...{ orgId: b.id, kinds: ['memberAssembly'], title: '支部党员大会', heldOn: '2026-09-24', start: '15:00', end: '16:30' },
  ...{ chairId: b.secretary, recorderId: b.commissioner, items: [{ topic: '听取报告' }] },
  ...given,
})
const plan = (given: Partial<Plan> = {}) => w.done(b.commissioner, 'meetings.plan', planOf(given))
const planned = (id: string, as = b.commissioner) => w.done(as, 'meetings.planned', { id })

describe('kinds of meeting that a unit adds', () => {
  const add = (as: string, orgId: string, name: string, more: object = {}) =>
    w.call(as, 'meetings.addOwnKind', { orgId, name, attends: 'all', votes: false, agenda: [{ topic: '学一条规程' }], ...more })

  test('one of a committee is planned, recorded, listed and found below by its name, and counts for no duty', async () => {
    const { id: own } = (await add(chief, b.committeeId, '班前学习会')).body as { id: string }
    const kinds: Plan['kinds'] = ['otherOfAll']
    const prepared = await w.done(b.commissioner, 'meetings.preparePlan', { orgId: b.id, day: '2026-09-24', kinds, ownKindId: own })
    expect([prepared.basis, prepared.agenda.map((i) => i.topic)]).toEqual(['roster', ['学一条规程']])
    const { id } = await plan({ kinds, ownKindId: own, title: '九月班前学习会' })
    expect(await planned(id)).toMatchObject({ ownKind: { id: own, name: '班前学习会' }, quorum: null })
    expect((await planned(id)).notice).toContain('召开机电队党支部班前学习会')
    const met = async () => (await w.done(b.secretary, 'duties.year', { orgId: b.id, year: 2026 })).duties.map((d) => [d.duty, d.met])
    const before = await met()
    const record = meetingOf(b, { kinds, ownKindId: own, heldOn: '2026-09-10', title: '班前学习会' })
    const { id: meeting } = await w.done(b.commissioner, 'meetings.record', record)
    const listed = await w.done(b.secretary, 'meetings.list', { orgId: b.id, ownKindId: own })
    expect(listed.items).toMatchObject([{ id: meeting, ownKind: { name: '班前学习会' } }])
    expect((await w.done(b.secretary, 'meetings.get', { id: meeting })).quorum).toBeNull()
    expect(await met()).toEqual(before)
    const chapter = await w.done(b.secretary, 'handbook.chapter', { orgId: b.id, period: '2026', key: 'meetings' })
    expect(JSON.stringify(chapter)).toContain('班前学习会')
  })

  test('renamed, old records keep the name of their day; retired, no new one is planned, and those recorded stay', async () => {
    w.setNow(new Date('2026-09-19T02:00:00Z'))
    const { items } = await w.done(chief, 'meetings.ownKinds', { orgId: b.committeeId })
    const { id, version } = items[0]!
    await w.done(chief, 'meetings.changeOwnKind', { id, version, name: '班前安全课', agenda: [] })
    const now = (await w.done(b.secretary, 'meetings.ownKinds', { orgId: b.id })).items[0]!
    expect(now).toMatchObject({ name: '班前安全课', former: [{ name: '班前学习会', until: '2026-09-19' }], can: false })
    const old = await w.done(b.secretary, 'meetings.list', { orgId: b.id, ownKindId: id })
    expect(old.items[0]!.ownKind!.name).toBe('班前学习会')
    await w.done(chief, 'meetings.retireOwnKind', { id, version: now.version })
    const late = await w.call(b.commissioner, 'meetings.plan', planOf({ kinds: ['otherOfAll'], ownKindId: id }))
    expect([late.status, Object.keys((late.body as any).fields)]).toEqual([422, ['ownKindId']])
    expect(old.items).toHaveLength(1)
    w.setNow(new Date('2026-09-18T02:00:00Z'))
  })

  test('one of elsewhere, one not named, the name of a common one and a vote where none is taken are refused', async () => {
    const { id: theirs } = (await add(chief, b.committeeId, '片区碰头会')).body as { id: string }
    expect((await add(b.secretary, b.id, '党员大会')).body).toMatchObject({ code: 'same-name' })
    expect((await add(b.secretary, b.id, '片区碰头会')).body).toMatchObject({ code: 'same-name' })
    expect((await add(stranger, b.id, '读书会')).status).toBe(404)
    const fieldsOf = async (given: Partial<Plan>) =>
      Object.keys(((await w.call(b.commissioner, 'meetings.plan', planOf(given))).body as any).fields ?? {})
    expect(await fieldsOf({ kinds: ['otherOfAll'] })).toEqual(['kinds'])
    expect(await fieldsOf({ kinds: ['otherOfCommittee'], ownKindId: theirs })).toEqual(['kinds'])
    const vote = { rule: 'assembly' as const, inFavour: 3 }
    const items = [{ topic: '定一件事', vote }]
    const voted = meetingOf(b, { kinds: ['otherOfAll'], ownKindId: theirs, heldOn: '2026-09-11', items })
    expect((await w.call(b.commissioner, 'meetings.record', voted)).body).toMatchObject({
      fields: { 'items.0.vote': [expect.any(String)] },
    })
  })
})

describe('papers as files', () => {
  const send = async (name: string) =>
    (await w.call(b.commissioner, 'files.send', { orgId: b.id }, { file: { name, data: Buffer.from(`${name} 的内容`) } })).body.id as string
  const open = async (as: string, id: string) => (await w.call(as, 'files.get', { id })).status

  test('those called and those who read the plan open them, nobody else; the record has them without another upload', async () => {
    const paper = await send('工作报告.txt')
    const guest = await makeMember(w, await makeOrg(w, { kind: 'partyBranch', parentId: b.committeeId }))
    const items = [{ topic: '听取报告', fileIds: [paper] }]
    const { id } = await plan({ kinds: ['branchCommittee'], heldOn: '2026-09-18', start: '11:00', end: '12:00', items, guestIds: [guest] })
    expect((await planned(id)).items[0]!.files.map((f) => f.name)).toEqual(['工作报告.txt'])
    expect(await Promise.all([guest, b.deputy, chief].map((p) => open(p, paper)))).toEqual([200, 200, 200])
    expect(await Promise.all([stranger, b.members[0]!].map((p) => open(p, paper)))).toEqual([404, 404])
    w.setNow(new Date('2026-09-18T06:00:00Z'))
    const record = meetingOf(b, { kinds: ['branchCommittee'], heldOn: '2026-09-18', start: '11:00', end: '12:00', planId: id })
    const { id: meeting } = await w.done(b.commissioner, 'meetings.record', record)
    expect(await w.done(b.secretary, 'meetings.get', { id: meeting })).toMatchObject({
      papers: [{ topic: '听取报告', files: [{ id: paper }] }],
    })
    expect((await w.done(b.members[0]!, 'meetings.get', { id: meeting })).papers).toEqual([])
    w.setNow(new Date('2026-09-18T02:00:00Z'))
  })

  test('a paper comes back with its item without another upload, and never past who may not open it', async () => {
    const paper = await send('研究材料.txt')
    const when = { heldOn: '2026-09-18', start: '12:10', end: '12:40' }
    const items = [{ topic: '研究人选' }, { topic: '下次再议', fileIds: [paper] }]
    const { id } = await plan({ ...when, kinds: ['branchCommittee'], items })
    const leader = b.members[2]!
    await givePost(w, b.id, leader, 'groupLeader')
    const back = { topic: '下次再议', fileIds: [paper], back: { planId: id, position: 1 } }
    const asGroup = planOf({ kinds: ['groupMeeting'], heldOn: '2026-09-26', expectedIds: [leader, b.members[3]!], items: [back] })
    const past = await w.call(leader, 'meetings.plan', { ...asGroup, chairId: leader, recorderId: b.members[3]! })
    expect([past.status, Object.keys((past.body as any).fields), past.facts]).toEqual([422, ['items.0.fileIds'], []])
    w.setNow(new Date('2026-09-18T06:00:00Z'))
    const record = meetingOf(b, { ...when, kinds: ['branchCommittee'], planId: id, leftOver: [1], another: true })
    await w.done(b.commissioner, 'meetings.record', record)
    const asked = { orgId: b.id, day: '2026-09-27', kinds: ['branchCommittee' as const] }
    const { agenda, papers } = await w.done(b.commissioner, 'meetings.preparePlan', asked)
    expect([agenda[0], papers.map((f) => f.id)]).toMatchObject([back, [paper]])
    const { because: _, ...again } = agenda[0]!
    const next = await plan({ kinds: ['branchCommittee'], heldOn: '2026-09-27', items: [again] })
    expect((await planned(next.id)).items[0]!.files.map((f) => f.id)).toEqual([paper])
    expect([await open(b.deputy, paper), await open(leader, paper)]).toEqual([200, 404])
    w.setNow(new Date('2026-09-18T02:00:00Z'))
  })

  test('a changed agenda keeps, adds and removes; a file named twice or of another is refused and nothing changes', async () => {
    const [one, two, three] = [await send('一.txt'), await send('二.txt'), await send('三.txt')]
    const { orgId: _, ...content } = planOf({ heldOn: '2026-09-25', items: [{ topic: '甲', fileIds: [one, two] }] })
    const { id } = await plan({ ...content })
    const changed = { ...content, items: [{ topic: '甲', fileIds: [two] }, { topic: '乙', fileIds: [three] }] } // biome-ignore format: one input
    await w.done(b.commissioner, 'meetings.changePlan', { id, version: 1, content: changed })
    expect((await planned(id)).items.map((i) => i.files.map((f) => f.name))).toEqual([['二.txt'], ['三.txt']])
    expect(await open(b.secretary, one)).toBe(409)
    const inOne = { ...content, items: [{ topic: '甲', fileIds: [two, two] }] }
    const again = { ...content, items: [{ topic: '甲', fileIds: [two] }, { topic: '乙', fileIds: [two] }] } // biome-ignore format: one input
    for (const wrong of [again, inOne, { ...content, items: [{ topic: '甲', fileIds: [two, one] }] }])
      expect((await w.call(b.commissioner, 'meetings.changePlan', { id, version: 2, content: wrong })).status).toBe(422)
    expect((await planned(id)).items.map((i) => i.files.length)).toEqual([1, 1])
  })
})

describe('an assembly that elects', () => {
  const tick = (id: string, people: readonly string[]) =>
    w.done(b.commissioner, 'meetings.tick', { id, people: people.map((personId) => ({ personId, present: true })) })
  const left = (id: string, version: number, personId: string, more: object = {}) =>
    w.call(b.commissioner, 'meetings.leaveOut', { id, version, personId, reason: 'bedridden', ...more })
  const AGREED = { agreedOn: '2026-09-10', letterNo: '矿党〔2026〕9号' }

  test('asks for four fifths; only with both the agreement and the decision does somebody not count, and who comes counts', async () => {
    const { id } = await plan({ heldOn: '2026-09-18', start: '10:30', end: '12:00', election: true, title: '选举大会' })
    const all = (await planned(id)).quorum!
    expect([all.of, all.need]).toEqual([11, 9])
    const [one, two] = b.members as [string, string]
    await left(id, 1, one, AGREED)
    await left(id, 2, two, { decidedOn: '2026-09-17' })
    const half = await planned(id)
    expect([half.quorum!.of, half.leftOut.map((l) => l.left)]).toEqual([11, [false, false]])
    expect(half.leftOut.map((l) => l.says).join()).toMatch(/还缺党员大会通过.*还缺上级党组织同意/)
    await left(id, 3, one, { ...AGREED, decidedOn: '2026-09-18' })
    const both = await planned(id)
    expect([both.quorum!.of, both.quorum!.need]).toEqual([10, 8])
    expect(both.quorum!.says).toContain('已除去经上级同意并经党员大会通过不计入应到会的 1 人')
    await tick(id, [...b.members.slice(1, 7), b.secretary, b.commissioner])
    expect((await planned(id)).quorum).toMatchObject({ of: 10, have: 8, met: true })
    const count = {
      orgId: b.id,
      planId: id,
      title: '选举支委会',
      rule: 'election' as const,
      present: 8,
      issued: 8,
      lines: [{ title: '王某某' }],
    }
    const counting = { ...count, tellerIds: [b.members[2]!], scrutineerIds: [b.members[3]!] }
    expect((await w.call(b.commissioner, 'meetings.openCount', { ...counting, entitled: 9 })).body).toMatchObject({
      code: 'electoral-base',
    })
    await w.done(b.commissioner, 'meetings.openCount', { ...counting, entitled: 10 })
    await tick(id, [one])
    expect((await planned(id)).quorum).toMatchObject({ of: 11, have: 9 })
    await w.done(b.commissioner, 'meetings.countAgain', { id, version: 4, personId: two })
    expect((await planned(id)).leftOut.map((l) => l.personId)).toEqual([one])
  })

  test('a plain assembly leaves nobody out; nor who has no vote, nor by what is still to come', async () => {
    const plain = await plan({ heldOn: '2026-09-28' })
    expect((await left(plain.id, 1, b.members[0]!)).body).toMatchObject({ code: 'not-an-election' })
    const { id } = await plan({ heldOn: '2026-09-29', election: true })
    expect((await left(id, 1, b.probationary[0]!)).body).toMatchObject({ code: 'not-counted' })
    expect((await left(id, 1, b.members[0]!, { agreedOn: '2026-09-19' })).body).toMatchObject({
      fields: { agreedOn: [expect.any(String)] },
    })
    expect((await w.call(b.members[0]!, 'meetings.leaveOut', { id, version: 1, personId: b.members[1]!, reason: 'abroad' })).status).toBe(
      403,
    )
    expect((await planned(id)).leftOut).toEqual([])
    const notAssembly = planOf({ kinds: ['partyLecture'], election: true, heldOn: '2026-09-29' })
    expect((await w.call(b.commissioner, 'meetings.plan', notAssembly)).status).toBe(422)
  })
})

test('secretaries who reported are graded on paper, counted by two, and nobody counts their own', async () => {
  const deputy = await makeMember(w, b.id)
  await givePost(w, b.committeeId, deputy, 'deputySecretary')
  const when = { heldOn: '2026-09-18', start: '13:00', end: '15:00', title: '书记述职评议会' }
  const people = { chairId: chief, recorderId: deputy, expectedIds: [chief, deputy, b.secretary, b.commissioner, b.deputy] }
  const given = { ...planOf(when), ...people, orgId: b.committeeId, kinds: ['secretaryReport' as const] }
  const { id } = await w.done(chief, 'meetings.plan', given)
  const seen = await planned(id, chief)
  expect(new Set(seen.invited.map((i) => i.personId))).toEqual(new Set(people.expectedIds))
  const lines = [b.secretary, b.commissioner].map((personId, i) => ({ title: `书记${i}`, personId }))
  const count = {
    orgId: b.committeeId,
    planId: id,
    title: '述职评议',
    choices: 'report' as const,
    entitled: 5,
    present: 5,
    issued: 5,
    lines,
  }
  const two = { tellerIds: [b.secretary, chief], scrutineerIds: [b.deputy] }
  const { id: countId } = await w.done(chief, 'meetings.openCount', { ...count, ...two })
  const figures = { returned: 5, votes: { good: 3, better: 1, fair: 0, poor: 0, abstained: 1 } }
  const type = (as: string, position: number, of: object = figures) =>
    w.call(as, 'meetings.typeCount', { id: countId, lines: [{ position, figures: of as typeof figures }] })
  expect((await type(b.secretary, 0)).status).toBe(403)
  expect((await type(chief, 0, { ...figures, votes: { ...figures.votes, good: 4 } })).status).toBe(422)
  for (const [as, position] of [[chief, 0], [b.deputy, 0], [b.secretary, 1], [b.deputy, 1]] as const) await type(as, position) // biome-ignore format: who types which
  const done = await w.done(chief, 'meetings.count', { id: countId })
  expect([done.state, done.lines.map((l) => [l.figures!.votes.good, l.majority])]).toEqual(['agreed', [[3, null], [3, null]]]) // biome-ignore format: a table
})

describe('topics of the 中心组', () => {
  const topics = () => w.done(chief, 'meetings.topics', { orgId: b.committeeId, year: 2026 })
  const add = (month: number, title: string) =>
    w.done(chief, 'meetings.addTopic', { orgId: b.committeeId, year: 2026, month, title, papers: ['读本'] })

  test('due ones come onto the agenda by themselves; a session takes one up, and what it drew from it is counted', async () => {
    const deputy = await makeMember(w, b.id)
    await givePost(w, b.committeeId, deputy, 'deputySecretary')
    const march = await add(3, '学习安全生产论述')
    const december = await add(12, '学习年度工作会议精神')
    const kinds: Plan['kinds'] = ['centerGroupStudy']
    const { agenda } = await w.done(chief, 'meetings.preparePlan', { orgId: b.committeeId, day: '2026-09-24', kinds })
    expect(agenda.filter((i) => i.topicId).map((i) => [i.topicId, i.topic, i.papers])).toEqual([[march.id, '学习安全生产论述', ['读本']]])
    const items = [{ topic: '学习安全生产论述', topicId: march.id, actions: [{ text: '排查带班制度' }] }]
    const record = { ...meetingOf(b), orgId: b.committeeId, kinds, title: '中心组学习', items, chairId: chief, recorderId: deputy }
    const { id } = await w.done(chief, 'meetings.record', record)
    const [first, last] = (await topics()).items
    expect(first).toMatchObject({ id: march.id, held: [{ id, on: '2026-09-10' }], measures: 1, done: 0 })
    expect(last).toMatchObject({ id: december.id, held: [], measures: 0 })
    const asked = { db: w.db, facts: ledgerAsOf(), orgIds: [b.committeeId], from: '2026-01-01', to: '2026-12-31', asAt: '2026-12-31' }
    const cases = await topicsHeld.cases({ ...asked, filter: {}, memo: new Map() })
    expect(cases.map((c) => [c.period, c.met, c.due])).toEqual([['2026-03', 1, undefined], ['2026-12', 0, false]]) // biome-ignore format: a table
    expect((await w.call(chief, 'meetings.dropTopic', { id: march.id, version: 1 })).body).toMatchObject({ code: 'topic-held' })
    await w.done(chief, 'meetings.dropTopic', { id: december.id, version: 1 })
    expect((await w.call(chief, 'meetings.changeTopic', { id: december.id, version: 2, month: 11, title: '改期' })).status).toBe(409)
    const other = { ...meetingOf(b), kinds: ['memberAssembly' as const], items: [{ topic: '别家的专题', topicId: march.id }] }
    expect((await w.call(b.commissioner, 'meetings.record', other)).body).toMatchObject({
      fields: { 'items.0.topicId': [expect.any(String)] },
    })
    expect((await w.call(b.members[0]!, 'meetings.topics', { orgId: b.committeeId, year: 2026 })).status).toBe(404)
    expect(w.bugs).toEqual([])
  })
})
