import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { conflict } from '#kernel/errors.ts'
import { ledgerAsOf } from '#ledger/reading.ts'
import { type Branch, makeBranch } from '#testing/meetings.ts'
import { givePost, makeMember, makeOrg } from '#testing/people.ts'
import { OWNER, type World, world } from '#testing/world.ts'
import { answeredInTime } from './measures.ts'
import { beforeSending, onReply, replyOf, requestOf } from './published.ts'

let w: World
let branch: Branch
let officer: string
beforeAll(async () => {
  w = await world({ now: new Date('2026-11-20T02:00:00Z') })
  branch = await makeBranch(w)
  const office = await makeOrg(w, { kind: 'partyBranch', parentId: branch.committeeId })
  officer = await makeMember(w, office)
  await givePost(w, branch.committeeId, officer, 'partyAffairsWorker')
})
afterAll(() => w.close())

const letter = { title: '关于换届的请示', body: '上级党委：\n拟换届，请批示。' }
const send = (more: object = {}) =>
  w.done(branch.secretary, 'requests.send', { orgId: branch.id, kind: 'election', ...letter, ...more } as never)

describe('a request', () => {
  test('goes to the nearest committee, is registered and answered there with number, date and decision, and both sides have facts', async () => {
    const { id, version, dueOn } = await send()
    expect(dueOn).toBe('2026-12-18')
    expect(await replyOf(w.db, { orgId: branch.id, kind: 'election', aboutId: null })).toBeUndefined()
    const registered = await w.done(officer, 'requests.register', { id, version })
    const { facts, status } = await w.call(officer, 'requests.answer', { ...registered, decision: 'agreed', docNo: '示例党〔2026〕11号' })
    expect([status, facts.map((f) => f.kind)]).toEqual([200, ['request.answered', 'reply.received']])
    const seen = await w.done(branch.secretary, 'requests.get', { id })
    expect(seen).toMatchObject({ state: 'agreed', docNo: '示例党〔2026〕11号', answeredOn: '2026-11-20', inNo: 1, overdue: 0 })
    expect(await replyOf(w.db, { orgId: branch.id, kind: 'election', aboutId: null })).toMatchObject({
      state: 'agreed',
      docNo: '示例党〔2026〕11号',
    })
  })

  test('is not answered by who sent it, nor by the branch itself', async () => {
    const { id, version } = await w.done(officer, 'requests.send', { orgId: branch.id, kind: 'commissioner', ...letter })
    const own = await w.call(officer, 'requests.answer', { id, version, decision: 'agreed', docNo: '示例党〔2026〕12号' })
    expect([own.status, (own.body as any).code, own.facts]).toEqual([403, 'own-request', []])
    const below = await w.call(branch.deputy, 'requests.answer', { id, version, decision: 'agreed', docNo: '示例党〔2026〕12号' })
    expect([below.status, below.facts]).toEqual([403, []])
  })

  test('sent back keeps what it asked for, is sent again with a new term, and the first answer counts as an answer', async () => {
    const { id, version } = await send({ kind: 'candidates', sentOn: '2026-11-01' })
    const nothing = await w.call(officer, 'requests.answer', { id, version, decision: 'returned' })
    expect([nothing.status, (nothing.body as any).fields]).toEqual([422, { reply: ['请写要补充什么'] }])
    const back = await w.done(officer, 'requests.answer', {
      id,
      version,
      decision: 'returned',
      reply: '请补充差额情况',
      answeredOn: '2026-11-05',
    })
    const again = await w.done(branch.commissioner, 'requests.resend', { ...back, ...letter })
    expect(again.dueOn).toBe('2026-12-18')
    const seen = await w.done(branch.secretary, 'requests.get', { id })
    expect(seen).toMatchObject({ state: 'sent', round: 2, reply: '请补充差额情况', sentOn: '2026-11-20' })
  })

  test('needs a number for a decision, and no day before it was sent or after today', async () => {
    const { id, version } = await send({ kind: 'other', sentOn: '2026-11-10' })
    const tryTo = async (more: object) =>
      (await w.call(officer, 'requests.answer', { id, version, decision: 'agreed', docNo: 'x', ...more })).body as any
    expect((await tryTo({ docNo: null })).fields).toHaveProperty('docNo')
    expect((await tryTo({ answeredOn: '2026-11-09' })).fields).toHaveProperty('answeredOn')
    expect((await tryTo({ answeredOn: '2026-11-21' })).fields).toHaveProperty('answeredOn')
    expect((await requestOf(w.db, { orgId: branch.id, kind: 'other', aboutId: null }))!.state).toBe('sent')
  })

  test('about one person names the person; a second one for the same is refused while the first is open', async () => {
    const none = await w.call(branch.secretary, 'requests.send', { orgId: branch.id, kind: 'integrityOpinion', ...letter })
    expect((none.body as any).fields).toHaveProperty('aboutId')
    await send({ kind: 'integrityOpinion', aboutId: branch.members[0] })
    const twice = await w.call(branch.secretary, 'requests.send', {
      orgId: branch.id,
      kind: 'integrityOpinion',
      aboutId: branch.members[0]!,
      ...letter,
    })
    expect([twice.status, (twice.body as any).code, twice.facts]).toEqual([422, 'asked-already', []])
  })

  test('of an organisation without superior, or to one that is none, is refused', async () => {
    const top = await w.call(OWNER, 'requests.send', { orgId: branch.committeeId, kind: 'other', ...letter })
    expect((top.body as any).code).toBe('no-superior')
    const beside = await w.call(branch.secretary, 'requests.send', { orgId: branch.id, toOrgId: branch.id, kind: 'other', ...letter })
    expect((beside.body as any).fields).toHaveProperty('toOrgId')
  })

  test('withdrawn is nobody’s duty any more; a wrong date of an answer is corrected by new facts', async () => {
    const first = await send({ kind: 'foundBranch' })
    const gone = await w.call(branch.secretary, 'requests.withdraw', { id: first.id, version: first.version })
    expect(gone.facts.map((f) => f.kind)).toEqual(['request.withdrawn', 'fact.retracted'])
    expect(await requestOf(w.db, { orgId: branch.id, kind: 'foundBranch', aboutId: null })).toBeUndefined()
    const { id, version } = await send({ kind: 'dissolveBranch', sentOn: '2026-11-01' })
    const done = await w.done(officer, 'requests.answer', { id, version, decision: 'refused', docNo: '示例党〔2026〕13号' })
    const mended = await w.call(officer, 'requests.correctAnswer', { ...done, docNo: '示例党〔2026〕14号', answeredOn: '2026-11-02' })
    expect(mended.facts.map((f) => f.kind)).toEqual(['fact.retracted', 'fact.retracted', 'request.answered', 'reply.received'])
    expect(await replyOf(w.db, { orgId: branch.id, kind: 'dissolveBranch', aboutId: null })).toMatchObject({
      state: 'refused',
      answeredOn: '2026-11-02',
    })
  })
})

describe('other modules', () => {
  test('say why something cannot be sent, and hear the answer in the same transaction', async () => {
    const heard: string[] = []
    beforeSending(['award'], async (_ctx, { sentOn }) =>
      sentOn < '2026-11-20' ? conflict('sanctioned', '处分影响期内不能推荐评先') : undefined,
    )
    onReply(['award'], async (_ctx, r) => {
      if (r.docNo === '坏') throw conflict('no', '下一步办不了')
      heard.push(`${r.decision} ${r.answeredOn}`)
    })
    const refused = await w.call(branch.secretary, 'requests.send', { orgId: branch.id, kind: 'award', ...letter, sentOn: '2026-11-19' })
    expect([(refused.body as any).code, refused.facts]).toEqual(['sanctioned', []])
    const { id, version } = await send({ kind: 'award' })
    const bad = await w.call(officer, 'requests.answer', { id, version, decision: 'agreed', docNo: '坏' })
    expect([bad.status, bad.facts, heard]).toEqual([409, [], []])
    await w.done(officer, 'requests.answer', { id, version, decision: 'agreed', docNo: '示例党〔2026〕15号' })
    expect(heard).toEqual(['agreed 2026-11-20'])
  })
})

test('an overdue answer is the superior’s case, never the branch’s', async () => {
  await w.done(officer, 'requests.setDeadline', { orgId: branch.committeeId, kind: 'other', days: 5, version: 0 })
  const late = await send({ kind: 'other', sentOn: '2026-11-02' })
  expect(late.dueOn).toBe('2026-11-09')
  const list = await w.done(officer, 'requests.list', { view: 'toAnswer', overdue: true })
  expect(list.items.map((r) => [r.id, r.overdue])).toEqual([[late.id, 11]])
  expect(list.counts.overdue).toBe(1)
  const ask = (orgIds: string[]) =>
    answeredInTime.cases({
      db: w.db,
      facts: ledgerAsOf(),
      orgIds,
      from: '2026-11-01',
      to: '2026-11-30',
      asAt: '2026-11-20',
      filter: { kind: 'other' },
      memo: new Map(),
    })
  expect(await ask([branch.id])).toEqual([])
  const [found] = await ask([branch.committeeId])
  expect(found).toMatchObject({
    orgId: branch.committeeId,
    expected: 1,
    met: 0,
    note: '2026-11-02 收到的其他事项请示，2026-11-09 前应答复，到期没有答复',
  })
})

test('of a 廉政意见 only the reply is kept, given by the 纪检委员, unseen by the person and by other members of the committee', async () => {
  const discipline = await makeMember(w, branch.id)
  await givePost(w, branch.committeeId, discipline, 'disciplineCommissioner')
  const about = branch.members[1]!
  await givePost(w, branch.id, about, 'committeeMember')
  const { id, version } = await send({ kind: 'integrityOpinion', aboutId: about, body: '因评先征求意见' })
  expect((await w.call(about, 'requests.get', { id })).status).toBe(404)
  expect((await w.call(officer, 'requests.answer', { id, version, decision: 'agreed', reply: '无' })).status).toBe(403)
  await w.done(discipline, 'requests.answer', { id, version, decision: 'agreed', reply: '未发现影响使用的问题' })
  const seen = await w.done(branch.secretary, 'requests.get', { id })
  expect([seen.reply, seen.body]).toEqual(['未发现影响使用的问题', '（已答复，原文不留存）'])
})

test('the draft is filled from records, and the papers open', async () => {
  await w.done(OWNER, 'organisation.beginTerm', { orgId: branch.id, from: '2024-03-15', until: '2027-03-15' } as never)
  const draft = await w.done(branch.secretary, 'requests.compose', { orgId: branch.id, kind: 'election' })
  expect(draft.body).toContain('2024年3月15日')
  expect(draft.open).toBeGreaterThan(0)
  const [first] = (await w.done(officer, 'requests.list', { view: 'done', kind: 'election' })).items
  for (const name of ['requests.letter', 'requests.reply'] as const) {
    const { status, body } = await w.call(branch.secretary, name, { id: first!.id })
    expect([status, (body as unknown as Buffer).subarray(0, 2).toString()]).toEqual([200, 'PK'])
  }
  const { body } = await w.call(officer, 'requests.exportRegister', { orgId: branch.committeeId, year: 2026, side: 'in' })
  expect((body as unknown as Buffer).subarray(0, 2).toString()).toBe('PK')
})
