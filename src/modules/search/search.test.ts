import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Branch, makeBranch, meetingOf } from '#testing/meetings.ts'
import { makeOrg } from '#testing/people.ts'
import { OWNER, type World, world } from '#testing/world.ts'
import { excerptOf, marked } from './excerpt.ts'
import { plain, queryOf, tokensOf } from './words.ts'

let w: World
let ours: Branch
let theirs: Branch
let assembly: string

beforeAll(async () => {
  w = await world({ now: new Date('2026-11-20T02:00:00Z') })
  const committeeId = await makeOrg(w, { kind: 'partyCommittee', name: '示例矿业集团党委' })
  ours = await makeBranch(w, { committeeId, name: '机电队党支部' })
  theirs = await makeBranch(w, { committeeId, name: '通风队党支部' })
  const items = [{ topic: '班中餐', discussion: '钱某乙提出保温箱不够用', resolution: '月底前配齐 ABC-12 型保温箱' }]
  assembly = (await w.done(OWNER, 'meetings.record', meetingOf(ours, { items }))).id
  await w.done(OWNER, 'meetings.record', meetingOf(theirs, { title: '通风队党员大会', items }))
  const committee = {
    kinds: ['branchCommittee' as const],
    title: '研究奖金',
    heldOn: '2026-09-11',
    items: [{ ...items[0]!, discussion: '金丝雀' }],
  }
  await w.done(OWNER, 'meetings.record', meetingOf(ours, committee))
  await w.followed()
})
afterAll(() => w.close())

const find = async (as: string, text: string) => (await w.done(as, 'search.text', { text })).items
const titles = async (as: string, text: string) => (await find(as, text)).map((h) => h.title.map((p) => p.text).join(''))

test('a record is found by any word of its text, whoever knows the word or not, and the place is shown', async () => {
  const [hit] = await find(ours.members[0]!, '保温箱不够')
  expect(hit).toMatchObject({ kind: '会议', id: assembly, open: `/meetings/${assembly}`, day: '2026-09-10' })
  expect(hit!.excerpt.filter((p) => p.hit).map((p) => p.text)).toEqual(['保温箱不够'])
  for (const text of ['钱某乙', '乙', 'abc', 'ＡＢＣ', '12', '保温箱 配齐'])
    expect(await titles(ours.members[0]!, text), text).toHaveLength(1)
  for (const text of ['保温杯', '配齐箱', '保温箱 没有这个词', '。', 'bc']) expect(await titles(ours.members[0]!, text), text).toEqual([])
})

test('a text is found by who may read all of it: not by the branch beside, and a committee’s only by the committee', async () => {
  expect(await titles(theirs.members[0]!, '保温箱')).toEqual(['通风队党员大会'])
  expect(await titles(ours.members[0]!, '金丝雀')).toEqual([])
  expect(await titles(ours.secretary, '金丝雀')).toEqual(['研究奖金'])
  expect((await titles(OWNER, '保温箱')).length).toBe(3)
})

test('what was corrected or cancelled is found by what it says now', async () => {
  const { id } = await w.done(OWNER, 'meetings.record', meetingOf(ours, { title: '临时会议', heldOn: '2026-09-12' }))
  await w.followed()
  expect(await titles(OWNER, '临时会议')).toEqual(['临时会议'])
  const { version } = await w.done(OWNER, 'meetings.get', { id })
  await w.done(OWNER, 'meetings.cancel', { id, version, reason: 'duplicate', note: '重复记录' } as never)
  await w.followed()
  expect(await titles(OWNER, '临时会议')).toEqual([])
})

test('pages follow each other without a gap or a repetition', async () => {
  const first = await w.done(OWNER, 'search.text', { text: '保温箱', limit: 2 })
  const second = await w.done(OWNER, 'search.text', { text: '保温箱', limit: 2, after: first.next! })
  expect([first.items.length, second.items.length, second.next]).toEqual([2, 1, null])
  expect(new Set([...first.items, ...second.items].map((h) => h.id)).size).toBe(3)
})

test('tasks, requests, elections and the way into the Party are found by who reads them, and a 廉政意见 by nobody', async () => {
  const give = { orgId: ours.id, title: '整治皮带廊积水', text: '把四号皮带廊的积水抽干', lead: { orgId: ours.id }, dueOn: '2026-12-20' }
  await w.done(ours.secretary, 'tasks.give', give as never)
  const letter = { orgId: ours.id, title: '关于皮带廊支部的请示', body: '请批示。' }
  await w.done(ours.secretary, 'requests.send', { ...letter, kind: 'other', body: '拟在皮带廊设党员责任区' } as never)
  await w.done(ours.secretary, 'requests.send', {
    ...letter,
    kind: 'integrityOpinion',
    aboutId: ours.members[0]!,
    body: '皮带廊某人',
  } as never)
  await w.done(OWNER, 'organisation.beginTerm', { orgId: ours.id, from: '2024-01-01', until: '2027-01-01' })
  await w.done(ours.secretary, 'elections.open', { orgId: ours.id, plannedOn: '2026-12-20', seats: 3 })
  await w.followed()
  expect(await titles(ours.secretary, '皮带廊')).toEqual(expect.arrayContaining(['整治皮带廊积水', '关于皮带廊支部的请示']))
  expect((await find(OWNER, '皮带廊')).length).toBe(2)
  expect(await titles(ours.secretary, '机电队党支部换届')).toEqual(['机电队党支部换届'])
  for (const who of [ours.members[0]!, theirs.secretary]) expect(await titles(who, '皮带廊'), 'who reads none of them').toEqual([])
})

const chinese = fc.stringMatching(/^[一-龥a-z0-9]{1,12}$/)

test('every stretch of a text is among its tokens, and marking changes no character', () => {
  fc.assert(
    fc.property(fc.string(), chinese, fc.string(), (before, word, after) => {
      const text = `${before} ${word} ${after}`
      const tokens = tokensOf(text)
      const wanted = queryOf(word)!.split(' & ')
      expect(
        wanted.every((w) => (w.endsWith(':*') ? tokens.some((t) => t.startsWith(w.slice(1, -3))) : tokens.includes(w.slice(1, -1)))),
      ).toBe(true)
      expect(
        marked(text, word)
          .map((p) => p.text)
          .join(''),
      ).toBe(text)
      expect(excerptOf(text, word).some((p) => p.hit)).toBe(true)
      expect(plain(text)).toHaveLength(text.length)
    }),
  )
})
