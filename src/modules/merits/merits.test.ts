import { afterAll, beforeAll, expect, test } from 'vitest'
import { openedIn, opinionsOf } from '#testing/commandsOfAppraisals.ts'
import { type Branch, makeBranch } from '#testing/meetings.ts'
import { givePost } from '#testing/people.ts'
import { OWNER, type World, world } from '#testing/world.ts'

let w: World
let b: Branch
let watch: string
const PAPER = { by: '示例公司纪委', docNo: '纪发〔2026〕3 号', note: '' }
beforeAll(async () => {
  w = await world({ now: new Date('2026-11-20T02:00:00Z') })
  b = await makeBranch(w, { full: 9 })
  watch = b.members[5]!
  await givePost(w, b.id, watch, 'disciplineCommissioner')
})
afterAll(() => w.close())

const give = (personId: string, what: 'warning' | 'probation' | 'removal', approvedOn: string, years: 1 | 2 | null = null) =>
  w.done(watch, 'merits.sanction', { personId, what, years, approvedOn, ...PAPER })
const said = (answer: { body: unknown }) => answer.body as { code: string; message: string }
const entitled = async (personId: string, on: string) =>
  (await w.done(OWNER, 'members.roster', { orgId: b.id, on, limit: 50 })).items.find((p) => p.personId === personId)

test('留党察看 takes the rights of the roster away at once, and gives them back by a decision after its time only', async () => {
  const who = b.members[0]!
  const { id, version, until } = await give(who, 'probation', '2025-10-01', 1)
  expect(until).toBe('2028-10-01')
  const { rows } = await w.pool.query('select cause, valid::text from members.suspension where person_id = $1', [who])
  expect(rows).toEqual([{ cause: 'onProbation', valid: '[2025-10-01,)' }])
  expect(said(await w.call(watch, 'merits.restore', { id, version, on: '2026-09-30' })).code).toBe('not-full')
  const restored = await w.done(watch, 'merits.restore', { id, version, on: '2026-10-10' })
  expect(restored.until).toBe('2028-10-10')
  const after = await w.pool.query('select valid::text from members.suspension where person_id = $1', [who])
  expect(after.rows).toEqual([{ valid: '[2025-10-01,2026-10-10)' }])
  expect(await entitled(who, '2026-11-20')).toBeDefined()
  const gone = await w.done(watch, 'merits.withdraw', { id, version: restored.version, reason: 'mistake' })
  expect(gone.version).toBe(3)
  expect((await w.pool.query('select from members.suspension where person_id = $1', [who])).rows).toEqual([])
})

test('each cause of a suspension ends by itself: a revocation leaves 留置 standing, and withdrawing it suspends the rights again', async () => {
  const c = await makeBranch(w, { full: 4, committeeId: b.committeeId })
  const who = c.members[0]!
  const suspensions = async () =>
    (await w.pool.query('select cause, valid::text from members.suspension where person_id = $1 order by 1, 2', [who])).rows
  const { memberships } = await w.done(OWNER, 'members.get', { personId: who })
  const membershipId = memberships[0]!.id
  await w.done(OWNER, 'members.suspendRights', { membershipId, on: '2026-01-10', cause: 'detained' })
  const given = { personId: who, what: 'probation' as const, years: 1 as const, approvedOn: '2026-03-01', ...PAPER }
  const { id, version, until } = await w.done(OWNER, 'merits.sanction', given)
  const both = await w.call(OWNER, 'members.restoreRights', { membershipId, on: '2026-05-01' })
  expect([both.status, said(both).code, both.facts]).toEqual([422, 'which-cause', []])
  const revoked = await w.done(OWNER, 'merits.revoke', { id, version, on: '2026-05-01', docNo: '纪发〔2026〕4 号' })
  const detained = { cause: 'detained', valid: '[2026-01-10,)' }
  expect(await suspensions()).toEqual([detained, { cause: 'onProbation', valid: '[2026-03-01,2026-05-01)' }])
  const row = (await w.done(OWNER, 'members.roster', { orgId: c.id, on: '2026-06-01', limit: 50 })).items.filter((p) => p.personId === who)
  expect(row.map((p) => p.suspended)).toEqual(['detained'])

  const reopened = await w.done(OWNER, 'merits.reopen', { id, version: revoked.version, reason: 'mistake' })
  expect(await suspensions()).toEqual([detained, { cause: 'onProbation', valid: '[2026-03-01,)' }])
  const [merit] = (await w.done(OWNER, 'merits.ofMember', { personId: who })).items
  expect([merit?.ended, merit?.until, merit?.inEffect, merit?.can.reopen]).toEqual([null, until, true, false])
  const again = await w.call(OWNER, 'merits.reopen', { id, version: reopened.version, reason: 'mistake' })
  expect([again.status, said(again).code, again.facts]).toEqual([409, 'not-ended', []])

  const gone = await w.done(OWNER, 'merits.revoke', { id, version: reopened.version, on: '2026-06-01', docNo: '纪发〔2026〕5 号' })
  const withdrawn = await w.call(OWNER, 'merits.withdraw', { id, version: gone.version, reason: 'mistake' })
  expect([withdrawn.status, await suspensions()]).toEqual([200, [detained]])
  const { rows } = await w.pool.query(
    "select from ledger.fact f where subject = $1 and kind = 'sanction.ended' and not exists (select from ledger.fact r where r.subject = f.id)",
    [id],
  )
  expect(rows).toEqual([])
})

test('a corrected day moves rights and effect, and the ledger names neither whom nor what', async () => {
  const who = b.members[1]!
  const { id, version } = await give(who, 'probation', '2026-01-31', 2)
  const input = { id, version, approvedOn: '2026-03-31', ...PAPER, reason: 'mistake' as const }
  expect((await w.done(watch, 'merits.correct', input)).until).toBe('2030-03-31')
  const { rows } = await w.pool.query('select valid::text from members.suspension where person_id = $1', [who])
  expect(rows).toEqual([{ valid: '[2026-03-31,)' }])
  const facts = await w.pool.query("select person_id, body from ledger.fact where subject = $1 and kind = 'sanction.imposed'", [id])
  expect(facts.rows.map((f) => [f.person_id, Object.keys(f.body)])).toEqual([
    [null, ['until']],
    [null, ['until']],
  ])
  expect((await w.pool.query('select sealed from merits.record where id = $1', [id])).rows[0].sealed).not.toContain('probation')
})

test("a sanction is there for 书记, 纪检委员 and the person; for others it does not exist, and one does not touch one's own", async () => {
  const who = b.members[2]!
  const { id, version } = await give(who, 'warning', '2026-05-01')
  const seen = async (reader: string) => (await w.done(reader, 'merits.ofMember', { personId: who })).items.length
  expect([await seen(watch), await seen(b.secretary), await seen(who)]).toEqual([1, 1, 1])
  expect([await seen(b.commissioner), await seen(b.members[3]!)]).toEqual([0, 0])
  expect((await w.done(b.commissioner, 'merits.list', { orgId: b.id })).items).toEqual([])
  expect((await w.call(b.commissioner, 'merits.revoke', { id, version, on: '2026-06-01', docNo: '1' })).status).toBe(404)
  expect(
    (await w.call(b.commissioner, 'merits.sanction', { personId: who, what: 'warning', approvedOn: '2026-06-01', ...PAPER })).status,
  ).toBe(404)
  expect((await w.call(watch, 'merits.sanction', { personId: watch, what: 'warning', approvedOn: '2026-06-01', ...PAPER })).status).toBe(
    403,
  )
  expect((await w.call(watch, 'merits.sanction', { personId: who, what: 'removal', approvedOn: '2026-12-01', ...PAPER })).status).toBe(422)
})

test('nobody is proposed for an honour, graded 优秀 or nominated while a sanction keeps its effect, and everybody again after', async () => {
  const r = await openedIn(w, b.committeeId)
  const best = r.b.all[0]!
  await w.done(OWNER, 'merits.sanction', { personId: best, what: 'warning', approvedOn: '2026-05-01', ...PAPER })
  const old = r.b.all[1]!
  await w.done(OWNER, 'merits.sanction', { personId: old, what: 'warning', approvedOn: '2025-11-20', ...PAPER })
  const award = (aboutId: string) => ({ orgId: r.b.id, kind: 'award' as const, aboutId, title: '推荐优秀共产党员', body: '请批示。' })
  const refused = await w.call(r.b.secretary, 'requests.send', award(best))
  expect([refused.status, said(refused).code, refused.facts]).toEqual([409, 'sanction-in-effect', []])
  expect(said(refused).message).toContain('2027-05-01 起才可以')
  expect(said(refused).message).toContain('纪律处分条例')
  expect((await w.call(r.b.secretary, 'requests.send', award(old))).status).toBe(200)
  const opinions = opinionsOf(r).opinions
  expect(opinions.filter((o) => o.grade === 'excellent').map((o) => o.personId)).toContain(best)
  const { id, version } = await w.done(OWNER, 'elections.open', { orgId: r.b.id, plannedOn: '2026-12-20', seats: 1 })
  await w.pool.query("update elections.election set state = 'approved' where id = $1", [id])
  expect(said(await w.call(OWNER, 'elections.nominate', { id, version, candidates: [best] })).code).toBe('sanction-in-effect')
  expect((await w.call(OWNER, 'elections.nominate', { id, version, candidates: [old] })).status).toBe(200)
})

test('who may not read sanctions at that home learns neither that there is one nor how long, only whom to ask', async () => {
  const c = await makeBranch(w, { full: 4, committeeId: b.committeeId })
  const who = c.deputy
  await w.done(OWNER, 'merits.sanction', { personId: who, what: 'warning', approvedOn: '2026-05-01', ...PAPER })
  const award = { orgId: c.id, kind: 'award' as const, aboutId: who, title: '推荐优秀共产党员', body: '请批示。' }
  const refused = await w.call(c.commissioner, 'requests.send', award)
  expect([refused.status, said(refused).code, refused.facts]).toEqual([409, 'ask-discipline', []])
  expect(said(refused).message).toContain('请先请纪检委员核对')
  expect(JSON.stringify(refused.body)).not.toMatch(/处分|影响期|2027/)
  expect(said(await w.call(c.secretary, 'requests.send', award)).message).toContain('2027-05-01 起才可以')
})

test('留党察看 keeps its effect however long the rights are not restored, and the refusal names no day', async () => {
  const c = await makeBranch(w, { full: 4, committeeId: b.committeeId })
  const who = c.members[0]!
  const given = { personId: who, what: 'probation' as const, years: 1 as const, approvedOn: '2022-10-01', ...PAPER }
  const { id, version, until } = await w.done(OWNER, 'merits.sanction', given)
  expect(until).toBe('2025-10-01')
  const award = { orgId: c.id, kind: 'award' as const, aboutId: who, title: '推荐优秀共产党员', body: '请批示。' }
  const refused = await w.call(c.secretary, 'requests.send', award)
  expect([refused.status, said(refused).code]).toEqual([409, 'sanction-in-effect'])
  expect(said(refused).message).toContain('恢复权利后再满两年才可以')
  expect(said(refused).message).not.toContain('2025-10-01')
  const inEffect = async () => (await w.done(OWNER, 'merits.list', { orgId: c.id, inEffect: true })).items.map((m) => [m.id, m.inEffect])
  expect(await inEffect()).toEqual([[id, true]])
  await w.done(OWNER, 'merits.restore', { id, version, on: '2024-01-10' })
  expect(await inEffect()).toEqual([])
  expect((await w.call(c.secretary, 'requests.send', award)).status).toBe(200)
})
