import { afterAll, beforeAll, expect, test } from 'vitest'
import { away, type Branch, makeBranch, meetingOf, voteOn } from '#testing/meetings.ts'
import { givePost, makeMember, makeOrg } from '#testing/people.ts'
import { OWNER, type World, world } from '#testing/world.ts'

let w: World
let b: Branch
let day = 0
beforeAll(async () => {
  w = await world({ now: new Date('2026-09-12T09:00:00+08:00') })
  b = await makeBranch(w, { full: 22, probationary: 1 })
}, 120_000)
afterAll(() => w.close())

const kindsOf = (facts: readonly { kind: string }[]) => facts.map((f) => f.kind).sort()

/** Records a meeting on a day of its own. */
const recorded = (given: Parameters<typeof meetingOf>[1] = {}, as = b.commissioner) =>
  w.done(as, 'meetings.record', meetingOf(b, { heldOn: `2026-08-${String(++day).padStart(2, '0')}`, ...given }))

test('the chair signs what another submitted; the submitter, the recorder and strangers to the committee cannot', async () => {
  const { id, version } = await recorded()
  const refused = async (as: string, code: string) => {
    const { status, body, facts } = await w.call(as, 'meetings.sign', { id, version, note: '主持人出差' })
    expect([status, body, facts]).toMatchObject([403, { code }, []])
  }
  await refused(b.commissioner, 'own-record')
  await refused(b.members[0]!, 'not-in-committee')
  await refused(OWNER, 'sign-in-person')
  const above = await makeMember(w, await makeOrg(w, { kind: 'partyBranch', parentId: b.committeeId }))
  await givePost(w, b.committeeId, above, 'committeeMember')
  await refused(above, 'not-in-committee')

  const signed = await w.call(b.secretary, 'meetings.sign', { id, version })
  expect([signed.body.state, signed.facts.map((f) => f.kind)]).toEqual(['signed', ['meeting.signed']])
  expect(await w.done(b.secretary, 'meetings.get', { id })).toMatchObject({ state: 'signed', bySubstitute: false })
  expect((await w.call(b.secretary, 'meetings.sign', { id, version: version + 1 })).status).toBe(409)
})

test('where the chair is absent another committee member signs, named and with the reason', async () => {
  const { id, version } = await recorded()
  expect((await w.call(b.deputy, 'meetings.sign', { id, version })).status).toBe(422)
  await w.done(b.deputy, 'meetings.sign', { id, version, note: '主持人出差' })
  const seen = await w.done(b.members[0]!, 'meetings.get', { id })
  expect(seen).toMatchObject({ state: 'signed', bySubstitute: true, signNote: '主持人出差' })
  expect(seen.signedBy).not.toBe(seen.chair.name)
})

test('where the chair submitted for an absent recorder, the recorder may sign', async () => {
  const { id, version } = await recorded({}, b.secretary)
  expect((await w.call(b.secretary, 'meetings.sign', { id, version })).body).toMatchObject({ code: 'own-record' })
  await w.done(b.commissioner, 'meetings.sign', { id, version, note: '主持人代为录入，记录人核对无误' })
})

test('signed means locked: no edit, but a dated addendum beside the text that stands', async () => {
  const { id, version } = await recorded()
  expect((await w.call(b.commissioner, 'meetings.addendum', { id, version, text: '补充' })).status).toBe(409)
  await w.done(b.secretary, 'meetings.sign', { id, version })
  const { orgId: _, ...content } = meetingOf(b, { title: '改过的标题' })
  const edit = await w.call(b.commissioner, 'meetings.edit', { id, version: version + 1, content })
  expect([edit.status, edit.facts]).toEqual([409, []])
  await w.done(b.commissioner, 'meetings.addendum', { id, version: version + 1, text: '会后补到书面发言一份' })
  const seen = await w.done(b.secretary, 'meetings.get', { id })
  expect(seen.title).toBe('第三季度党员大会')
  expect(seen.addenda).toMatchObject([{ text: '会后补到书面发言一份', corrected: [] }])
  expect(seen.can.edit).toMatchObject({ code: 'not-edit-from-signed' })
  await expect(w.pool.query('update meetings.addendum set text = $1', ['改'])).rejects.toThrow(/permission denied/)
})

test('a correction after signature counts again from the roster, keeps the old figures readable and records one fact', async () => {
  const { id, version } = await recorded({
    items: [voteOn('年度计划', { rule: 'assembly', inFavour: 12, against: 10, recordedPassed: true })],
  })
  await w.done(b.secretary, 'meetings.sign', { id, version })
  const change = {
    absent: away(b.members.slice(0, 4)),
    votes: [{ position: 0, rule: 'assembly' as const, inFavour: 11, against: 7, recordedPassed: true }],
  }
  const { status, body, facts } = await w.call(b.commissioner, 'meetings.correct', {
    id,
    version: version + 1,
    text: '漏记四人请假',
    change,
  })
  expect([status, body]).toMatchObject([200, { state: 'signed' }])
  expect(kindsOf(facts)).toEqual(['fact.retracted', 'meeting.corrected', 'vote.taken'])
  expect(body.corrected).toEqual([
    '实到 23 → 19',
    '实到会有表决权 22 → 18',
    '「年度计划」 同意 12、不同意 10、弃权 0（通过），记为通过 → 同意 11、不同意 7、弃权 0（未通过），记为通过',
  ])
  const seen = await w.done(b.secretary, 'meetings.get', { id })
  expect(seen).toMatchObject({ present: 19, entitledPresent: 18, addenda: [{ text: '漏记四人请假' }] })
  expect(seen.warnings.map((x) => x.code)).toEqual(['exactly-half'])
  const nothing = await w.call(b.commissioner, 'meetings.correct', { id, version: version + 2, text: '再来', change: {} })
  expect([nothing.status, nothing.facts]).toEqual([422, []])
})

test('a cancelled record stays readable with its reason and leaves calendar, findings and duplicates alone', async () => {
  const input = meetingOf(b, { heldOn: '2026-07-01' })
  const { id, version } = await w.done(b.commissioner, 'meetings.record', input)
  const { facts } = await w.call(b.commissioner, 'meetings.cancel', { id, version, reason: 'duplicate', note: '与纸质台账重复' })
  expect(facts.map((f) => f.kind)).toEqual(['meeting.cancelled'])
  expect(await w.done(b.secretary, 'meetings.get', { id })).toMatchObject({ state: 'cancelled', cancelled: { reason: 'duplicate' } })
  expect((await w.done(b.secretary, 'meetings.month', { orgId: b.id, month: '2026-07' })).items).toEqual([])
  expect((await w.call(b.secretary, 'meetings.cancel', { id, version: version + 1, reason: 'other', note: '再' })).status).toBe(409)
  expect((await w.call(b.commissioner, 'meetings.record', input)).status).toBe(200)
})

test('a record without signature shows after seven days, not before', async () => {
  const { id } = await recorded()
  const ask = async (as: string, at: string) =>
    (await w.done(as, 'meetings.unsigned', { orgId: b.committeeId, day: at })).items.map((m) => m.id).includes(id)
  expect(await ask(OWNER, '2026-09-18')).toBe(false)
  expect(await ask(OWNER, '2026-09-19')).toBe(true)
})

test('a draft is seen by its writer only, saved under its version, and goes with the record', async () => {
  const saved = await w.done(b.commissioner, 'meetings.saveDraft', { orgId: b.id, content: { kinds: ['partyLecture'], title: '九月党课' } })
  expect((await w.done(b.secretary, 'meetings.drafts', { orgId: b.id })).items).toEqual([])
  expect((await w.call(b.secretary, 'meetings.discardDraft', { orgId: b.id, id: saved.id })).status).toBe(404)
  const again = { orgId: b.id, ...saved, content: { title: '九月党课（改）' } }
  await w.done(b.commissioner, 'meetings.saveDraft', again)
  expect((await w.call(b.commissioner, 'meetings.saveDraft', again)).status).toBe(409)
  const mine = (await w.done(b.commissioner, 'meetings.drafts', { orgId: b.id })).items
  expect(mine).toMatchObject([{ id: saved.id, version: 2, content: { title: '九月党课（改）' } }])
  await recorded({ draftId: saved.id })
  expect((await w.done(b.commissioner, 'meetings.drafts', { orgId: b.id })).items).toEqual([])
  expect(w.bugs).toEqual([])
})
