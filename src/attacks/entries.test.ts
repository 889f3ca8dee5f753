import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeUnit, number, type Unit } from '#modules/evaluation/testing.ts'
import { givePost, makeMember } from '#testing/people.ts'
import { OWNER, type World, world } from '#testing/world.ts'

const SCHEME = `
format: rongjian-scheme/1
key: attacked
name: 对照表
object: { kind: branch }
completeness: full
source: [{ title: 示例 }]
period: { every: year }
rounding: { digits: 2, mode: half-up, at: total }
notApplicable: scale
sheets:
  - key: main
    name: 对照表
    total: 100
    items:
      - { name: 测评, max: 60, source: { from: import, of: 群众满意率, by: 群众工作部 }, rules: [{ kind: share }] }
      - { name: 评议, max: 40, source: { from: review, by: 考核组 }, rules: [{ kind: share }] }
eligibility:
  - { code: 安全, when: 发生较大安全事故, effect: { does: bar, from: 评先评优 } }
grades: { by: score, bands: [{ name: 优秀, atLeast: 90 }, { name: 其他, below: 90 }] }
`

let w: World
let unit: Unit
let schemeId: string
beforeAll(async () => {
  w = await world({ now: new Date('2026-02-20T02:00:00Z') })
  unit = await makeUnit(w, 2)
  schemeId = (await w.done(unit.officer, 'evaluation.saveScheme', { orgId: unit.committeeId, yaml: SCHEME })).id
})
afterAll(() => w.close())

const at = (i = 0) => ({ orgId: unit.branches[i]!.id, schemeId, period: '2025' })
const enter = (as: string, inputKey: string, input: unknown, i = 0) =>
  w.call(as, 'evaluation.enterValue', { ...at(i), inputKey, input, source: '考核组 2026 年 1 月 8 日记录' })
const figure = (quantity: string, outOf = '100', more: object = {}) => ({ kind: 'figure', quantity, outOf, ...more })
const openAll = async () => {
  const asked = at()
  const statuses = [(await w.call(unit.officer, 'evaluation.result', asked)).status]
  for (const path of ['测评', '评议']) statuses.push((await w.call(unit.officer, 'evaluation.cases', { ...asked, path })).status)
  statuses.push((await w.call(unit.officer, 'evaluation.preview', { ...asked, orgId: unit.committeeId })).status)
  return statuses
}

test('evidence that is no fact of the organisation is refused, and no result can be made unreadable by it', async () => {
  const { rows } = await w.pool.query<{ id: string }>('select id from ledger.fact where org_id = $1 limit 1', [unit.branches[1]!.id])
  const told = (facts: string[]) => enter(unit.officer, 'eligibility/安全', { kind: 'told', happened: true, facts })
  const foreign = [["x'; --"], ['2025 年会议'], ['00000000-0000-7000-8000-000000000009'], [rows[0]!.id]]
  for (const facts of foreign) {
    expect([facts, (await told(facts)).status]).toEqual([facts, 422])
    expect([facts, (await enter(unit.officer, '测评', figure('90', '100', { facts }))).status]).toEqual([facts, 422])
  }
  const own = await w.pool.query<{ id: string }>('select id from ledger.fact where org_id = $1 limit 1', [at().orgId])
  expect((await told([own.rows[0]!.id])).status).toBe(200)
  await number(w)
  expect([await openAll(), w.bugs]).toEqual([[200, 200, 200, 200], []])
})

test('no figure, however odd, makes a result fail or fall outside nought and its full marks', async () => {
  const odd = [
    ['999999999', '0'],
    ['0', '0'],
    ['-999999999.999999', '0.000001'],
    ['1', '-1'],
    ['0.000001', '999999999'],
  ]
  for (const [quantity, outOf] of odd) {
    const { status } = await enter(unit.officer, '测评', figure(quantity!, outOf))
    expect([200, 422], `${quantity}/${outOf}`).toContain(status)
    await number(w)
    expect([quantity, outOf, await openAll()]).toEqual([quantity, outOf, [200, 200, 200, 200]])
    const { dimensions } = await w.done(unit.officer, 'evaluation.result', at())
    const { score } = dimensions.flatMap((d) => d.items).find((i) => i.name === '测评')!
    expect(score === null || (Number(score) >= 0 && Number(score) <= 60), `${quantity}/${outOf} gives ${score}`).toBe(true)
  }
  for (const quantity of ['1e400', 'NaN', 'Infinity', '１', '9'.repeat(10), '0x10'])
    expect((await enter(unit.officer, '测评', figure(quantity))).status).toBe(422)
  expect(w.bugs).toEqual([])
})

test('nobody of a branch takes back the mark that somebody else gave it', async () => {
  const insider = await makeMember(w, unit.branches[0]!.id)
  await givePost(w, unit.committeeId, insider, 'organizer')
  const given = await enter(unit.officer, '评议', figure('60'))
  const back = (as: string, id: string) => w.call(as, 'evaluation.takeBackValue', { orgId: at().orgId, id, reason: 'mistake' })
  expect([(await enter(insider, '评议', figure('100'))).status, (await back(insider, given.body.id)).status]).toEqual([403, 403])
  const own = await enter(insider, '测评', figure('80'))
  expect([(await back(insider, own.body.id)).status, (await back(unit.officer, given.body.id)).status]).toEqual([200, 200])
})

test('a marking is refused wherever text can be typed, names of ballots included', async () => {
  const marked = '机密★10年'
  const counts = { [marked]: 3 }
  const inputs = [
    { kind: 'ballots', ballots: [{ counts }] },
    { kind: 'label', label: marked },
    { kind: 'notApplicable', reason: marked },
    { kind: 'reviews', reviews: [{ who: marked, marks: '3' }] },
    { kind: 'events', events: [{ matter: marked }] },
  ]
  for (const input of inputs) {
    const { status, body } = await enter(unit.officer, '评议', input)
    expect([status, (body as unknown as { code: string }).code], JSON.stringify(input)).toEqual([422, 'secret-marking'])
    expect(JSON.stringify(body)).not.toContain('★10年')
  }
})

const manyItems = (n: number) =>
  SCHEME.replace(
    / {6}- \{ name: 评议.*\n/,
    Array.from(
      { length: n },
      (_, i) => `      - { name: 第${i}项, max: 1, source: { from: review, by: 考核组 }, rules: [{ kind: share }] }\n`,
    ).join(''),
  ).replace('key: attacked', 'key: many')

test('a scheme of thousands of items is refused or read in seconds, and never stops the others', async () => {
  const started = performance.now()
  const { status } = await w.call(unit.officer, 'evaluation.checkScheme', { yaml: manyItems(5_000) })
  expect([status, performance.now() - started < 20_000]).toEqual([200, true])
  expect(w.bugs).toEqual([])
})

test('anchors that unfold into millions are refused', async () => {
  const bomb = [
    'a: &a [x,x,x,x,x,x,x,x,x]',
    ...'bcdefgh'.split('').map((c, i) => `${c}: &${c} [${Array(9).fill(`*${'abcdefg'[i]}`).join(',')}]`),
  ]
  const started = performance.now()
  const { status } = await w.call(
    OWNER,
    'evaluation.importScheme',
    { orgId: unit.committeeId },
    {
      file: { name: '方案.yaml', data: Buffer.from(bomb.join('\n')) },
    },
  )
  expect([status, performance.now() - started < 3_000]).toEqual([422, true])
})

test('a ledger number that is not there yet is refused or read as the last, never an error', async () => {
  const asked = { orgId: unit.committeeId, schemeId, period: '2025' }
  const { content } = await w.done(unit.officer, 'evaluation.scheme', { schemeId })
  for (const through of [1_000_000_000, Number.MAX_SAFE_INTEGER]) {
    const all = [
      await w.call(unit.officer, 'evaluation.preview', { ...asked, through }),
      await w.call(unit.officer, 'evaluation.whatIf', { ...asked, content, through }),
      await w.call(OWNER, 'evaluation.evaluateGiven', { scheme: SCHEME, period: '2025', through }),
    ]
    for (const { status } of all) expect([200, 409, 422], `through ${through}`).toContain(status)
  }
  expect(w.bugs).toEqual([])
})
