import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Branch, makeBranch } from '#testing/meetings.ts'
import { OWNER, type World, world } from '#testing/world.ts'
import { aboutSources } from '../../platform.ts'
import { sealOld } from './sealing.ts'

let w: World
let b: Branch
beforeAll(async () => {
  w = await world({ now: new Date('2026-11-20T02:00:00Z') })
  b = await makeBranch(w, { full: 5 })
})
afterAll(() => w.close())

/** Queues, drafts and counts of paper votes, which hold no more of a person than that something was sent, begun or counted. */
const WITHOUT_WORDS = [
  'kernel.audit',
  'notifications.delivery',
  'privacy.correction',
  'identity.agreement',
  'elections.count',
  'meetings.count_line',
  'meetings.draft',
]

test('every table that names a person is spoken for, so that no module can forget to tell', async () => {
  const { rows } = await w.pool.query(`select table_schema || '.' || table_name as name from information_schema.columns
    where column_name = 'person_id' and table_schema not in ('pg_catalog', 'information_schema') order by 1`)
  const told = new Set([...aboutSources.flatMap(({ tables }) => tables), ...WITHOUT_WORDS])
  expect(rows.map(({ name }) => name as string).filter((name) => !told.has(name))).toEqual([])
  expect(rows.length).toBeGreaterThan(20)
})

test('everybody reads what is held about themselves, the sanction too, and of nobody else', async () => {
  const who = b.members[0]!
  const paper = { by: '示例公司纪委', docNo: '纪发〔2026〕9 号', note: '' }
  await w.done(OWNER, 'merits.sanction', { personId: who, what: 'warning', approvedOn: '2026-05-01', ...paper })
  const { version, name } = await w.done(OWNER, 'members.get', { personId: who })
  await w.done(OWNER, 'members.edit', { personId: who, version, name, staffNo: null, profile: { phone: '13900001001' } })
  const { parts } = await w.done(who, 'privacy.mine', {})
  const text = JSON.stringify(parts)
  expect(text).toContain('警告，示例公司纪委，纪发〔2026〕9 号')
  expect(text).toContain(name)
  expect(text).not.toContain('13900001001')
  expect(JSON.stringify((await w.done(b.secretary, 'privacy.mine', {})).parts)).not.toContain('警告')
  const file = await w.call(who, 'privacy.download', {})
  expect((file.body as unknown as Buffer).subarray(0, 2).toString()).toBe('PK')
  await w.pool.query(
    `insert into members.reveal (id, at, by_person_id, person_id, field, reason) values (gen_random_uuid(), now(), $1, $2, 'phone', '通知开会')`,
    [b.secretary, who],
  )
  const seen = await w.done(who, 'privacy.viewers', {})
  expect(seen.items.map(({ what, reason }) => [what, reason])).toEqual([['看了电话', '通知开会']])
  expect((await w.done(b.secretary, 'privacy.viewers', {})).items).toEqual([])
})

test('what somebody asks to have corrected waits for the branch, is answered by another, and reaches the person', async () => {
  const { id } = await w.done(b.commissioner, 'privacy.ask', { what: '党员档案', says: '转正日期应为 2011-08-01' })
  expect((await w.call(b.commissioner, 'privacy.ask', { what: '党员档案', says: '再提一次' })).status).toBe(409)
  const answer = { id, version: 1, done: true, answer: '已按志愿书更正' }
  expect((await w.call(b.commissioner, 'privacy.answer', answer)).status).toBe(403)
  expect((await w.call(b.members[1]!, 'privacy.answer', answer)).status).toBe(404)
  expect((await w.done(b.secretary, 'privacy.corrections', { orgId: b.id })).items.map((r) => [r.state, r.can.answer])).toEqual([
    ['open', true],
  ])
  await w.done(b.secretary, 'privacy.answer', answer)
  expect((await w.call(b.commissioner, 'privacy.withdraw', { id, version: 2 })).status).toBe(409)
  const [mine] = (await w.done(b.commissioner, 'privacy.corrections', {})).items
  expect([mine?.state, mine?.answer]).toEqual(['done', '已按志愿书更正'])
  expect((await w.call(b.members[1]!, 'privacy.corrections', { orgId: b.id })).status).toBe(404)
})

test('neither the request nor the answer lies in clear, and what an older program left so is sealed at the next start', async () => {
  const who = b.deputy
  const { id } = await w.done(who, 'privacy.ask', { what: '奖励与处分', says: '2021 年的警告已于次年解除' })
  await w.done(b.secretary, 'privacy.answer', { id, version: 1, done: false, answer: '解除决定不在档案里，请先交来' })
  const stored = async () => JSON.stringify((await w.pool.query('select * from privacy.correction where id = $1', [id])).rows)
  expect(await stored()).not.toMatch(/警告|解除/)
  await w.pool.query(
    `update privacy.correction set says = '2021 年的警告', says_sealed = null, answer = '解除决定', answer_sealed = null where id = $1`,
    [id],
  )
  await sealOld(w)
  expect(await stored()).not.toMatch(/警告|解除/)
  const [mine] = (await w.done(who, 'privacy.corrections', {})).items
  expect([mine?.says, mine?.answer]).toEqual(['2021 年的警告', '解除决定'])
})

test('a request holds no number of a card or telephone, and no more than ten of one person wait at a time', async () => {
  const who = b.members[0]!
  for (const says of ['应为110101199003077758', '应为 11010119900307775x，已核对', '电话 139 0000 1111 已停', '改为139-0000-1111']) {
    const refused = await w.call(who, 'privacy.ask', { what: '身份证号', says })
    expect([refused.status, (refused.body as any).fields, says]).toEqual([422, { says: ['请不要写证件号和电话，请支部当面核对'] }, says])
  }
  const named = await w.call(who, 'privacy.ask', { what: '电话 13900001111', says: '已经停用' })
  expect([named.status, Object.keys((named.body as any).fields)]).toEqual([422, ['what']])
  const ask = (n: number) => w.call(who, 'privacy.ask', { what: `第 ${n} 项`, says: '纪发〔2026〕139 号，2011-08-01 转正' })
  for (let n = 1; n <= 10; n++) expect((await ask(n)).status).toBe(200)
  expect([(await ask(11)).status, (await w.done(who, 'privacy.corrections', { limit: 200 })).items.length]).toEqual([409, 10])
})
