import { afterAll, beforeAll, expect, test } from 'vitest'
import { Actor } from '#kernel/actor.ts'
import { perform } from '#kernel/perform.ts'
import { type Visitor, visitor } from '#testing/visitor.ts'
import { OWNER, type World, world } from '#testing/world.ts'
import { resetByPresence } from './operations/accounts.ts'
import { forgetCached } from './sessions.ts'
import { activated, begin, officers, PASSWORD, someId } from './testing.ts'

let w: World
let system: Visitor
let security: Visitor
let audit: Visitor
let worker: Visitor
let at = new Date('2026-11-22T01:00:00Z')
const FRESH = '换一个足够长的新口令吧-不重复'

beforeAll(async () => {
  w = await world({ signIn: 'real', now: at })
  ;({ system, security, audit, worker } = await officers(w))
})
afterAll(() => w.close())

const minutes = (n: number) => {
  at = new Date(at.getTime() + n * 60_000)
  w.setNow(at)
  forgetCached('*') // the memory of one second goes by the real clock
}

/** The card of an account as this officer sees it now. */
async function card(by: Visitor, name: string) {
  const { items } = await by.done('identity.accounts', { text: name })
  const { id, version, can } = items[0]!
  return { target: { accountId: id, version, seenDocument: '工作证' }, can }
}

const listOf = async (by: Visitor) => (await by.done('identity.agreements', {})).items

test('one officer alone gets no code for another, whichever office it is', async () => {
  for (const [by, names] of [
    [system, ['李', '孙', '赵']],
    [security, ['王', '孙', '赵']],
  ] as const)
    for (const name of names) {
      const { target, can } = await card(by, name)
      await by.refused('identity.resetByPresence', target, 'second-officer')
      expect(can.reset).toMatchObject({ code: 'second-officer' })
    }
  const { rows } = await w.pool.query(`select from identity.slip where purpose = 'reset'`)
  expect(rows).toEqual([])
  expect((await audit.call('identity.requestReset', (await card(system, '李')).target)).status).toBe(404)
  await system.refused('identity.requestReset', (await card(system, '王')).target, 'own-reset')
})

test('another officer agrees, then the first gives the code once; the person and the other officers are told', async () => {
  const { target } = await card(system, '李')
  const { id } = await system.done('identity.requestReset', target)
  await system.refused('identity.requestReset', target, 'asked-before')
  await system.refused('identity.resetByPresence', target, 'second-officer')
  expect(await listOf(system)).toMatchObject([{ id, mine: true, state: 'waiting', can: { agree: { code: 'own-asking' } } }])
  expect(await listOf(audit)).toMatchObject([
    { id, mine: false, about: '安全管理员 李某某', askedBy: '王某某', reason: '本人到场，核对了工作证', can: { agree: true } },
  ])
  expect(await listOf(security), 'whom it is about is not asked').toEqual([])

  await system.refused('identity.agree', { id, version: 1 }, 'own-asking')
  await security.refused('identity.agree', { id, version: 1 }, 'own-asking')
  expect((await worker.call('identity.agree', { id, version: 1 })).status).toBe(404)
  await audit.refused('identity.agree', { id, version: 9 }, 'stale-version')
  await audit.done('identity.agree', { id, version: 1 })
  await audit.refused('identity.agree', { id, version: 2 }, 'decided')

  await security.refused('identity.resetByPresence', { ...target, accountId: someId() }, 'not-found')
  expect((await card(system, '李')).can.reset).toBe(true)
  minutes(1)
  const { slip } = await system.done('identity.resetByPresence', target)
  expect((await listOf(system))[0]).toMatchObject({ state: 'used', decidedBy: '孙某某' })
  const again = await card(system, '李')
  await system.refused('identity.resetByPresence', again.target, 'second-officer')

  security = await activated(w, 'A1002', slip.code, FRESH)
  expect((await security.done('identity.session', {})).notices.join()).toContain('由王某某当面发过重设你密码的一次性码')
  expect((await audit.done('identity.session', {})).notices.join()).toContain('给安全管理员发过重设密码的一次性码')
  const { rows } = await w.pool.query(`select kind from ledger.fact where kind like 'agreement.%' order by recorded_at, id`)
  expect(rows.map((row) => row.kind)).toEqual(['agreement.asked', 'agreement.given'])
  const { items } = await audit.done('identity.audit', { operation: 'identity.agree' })
  expect(items.map((item) => [item.who, item.outcome])).toEqual(
    expect.arrayContaining([
      ['孙某某', 'done'],
      ['王某某', 'own-asking'],
    ]),
  )
})

test('the agreement is for who asked, for that account, and for a day', async () => {
  const { target } = await card(security, '孙')
  const { id } = await security.done('identity.requestReset', target)
  await system.done('identity.agree', { id, version: 1 })
  await system.refused('identity.resetByPresence', target, 'second-officer')
  await security.refused('identity.resetByPresence', (await card(security, '赵')).target, 'second-officer')
  minutes(24 * 60 + 1)
  for (const [officer, login, password] of [
    [system, 'A1001', PASSWORD],
    [security, 'A1002', FRESH],
    [audit, 'A1003', PASSWORD],
  ] as const)
    await officer.done('identity.signIn', { login, password })
  await security.refused('identity.resetByPresence', target, 'second-officer')
  expect((await listOf(security)).find((item) => item.id === id)).toMatchObject({ state: 'over' })
})

test('declined, nothing is given, and the asking may be repeated', async () => {
  const { target } = await card(security, '孙')
  const { id } = await security.done('identity.requestReset', target)
  await system.done('identity.decline', { id, version: 1, reason: '没有见到本人' })
  await security.refused('identity.resetByPresence', target, 'second-officer')
  expect((await listOf(security))[0]).toMatchObject({ state: 'declined', remark: '没有见到本人', decidedBy: '王某某' })
  await security.done('identity.requestReset', target)
})

test('who agrees has shown a factor within five minutes; an open browser is not enough', async () => {
  const waiting = (await listOf(system)).find((item) => item.state === 'waiting')!
  const step = { id: waiting.id, version: waiting.version }
  minutes(6)
  await system.refused('identity.agree', step, 'prove-self')
  await system.refused('identity.confirmSelf', { password: 'not the one' }, 'wrong-password')
  await system.refused('identity.agree', step, 'prove-self')
  await system.refused('identity.confirmSelf', {}, 'password-missing')
  await system.done('identity.confirmSelf', { password: PASSWORD })
  await system.done('identity.agree', step)
})

test('when a new officer comes in with a slip, the others hear it, and from where', async () => {
  const { slip } = await system.done('identity.issueOffice', { office: 'auditOfficer', name: '郑某某', login: 'A1005' })
  const { items } = await security.done('identity.offices', {})
  expect((await security.done('identity.session', {})).notices.join()).not.toContain('郑某某')
  await security.done('identity.approveOffice', { id: items.find((row) => row.name === '郑某某')!.id })
  await activated(w, 'A1005', slip!.code)
  const told = expect.stringMatching(/审计管理员郑某某从 10\.1\.0\.\d+ 用一次性码设了密码，请核对是否本人/)
  expect((await security.done('identity.session', {})).notices).toContainEqual(told)
  expect((await system.done('identity.session', {})).notices).toContainEqual(told)
})

test('as long as one officer is alone, nobody else can take a place, and the machine itself is the way out', async () => {
  const alone = await world({ signIn: 'real' })
  try {
    const first = await begin(alone)
    const { slip } = await first.done('identity.issueOffice', { office: 'securityOfficer', name: '李某某', login: 'A1002' })
    const other = await activated(alone, 'A1002', slip!.code)
    const { target } = await card(first, '李')
    await first.refused('identity.resetByPresence', target, 'second-officer')
    const { id } = await first.done('identity.requestReset', target)
    await other.refused('identity.agree', { id, version: 1 }, 'own-asking')
    await first.refused('identity.agree', { id, version: 1 }, 'own-asking')
    await first.refused('identity.resetByPresence', target, 'second-officer')
    const grants = ['identity.manageAccounts'].map((capability) => ({ capability, orgId: '', path: '/', subtree: true }))
    const onMachine = new Actor({ accountId: null, personId: null, name: 'console', sessionId: null, grants })
    const given = await perform(alone.pipeline, resetByPresence, { actor: onMachine, raw: target, requestId: someId() })
    await activated(alone, 'A1002', (given as { slip: { code: string } }).slip.code, FRESH)
  } finally {
    await alone.close()
  }
})

test('an ordinary account is reset by the system officer alone, as before, and takes no agreement', async () => {
  expect((await visitor(w).call('identity.agreements', {})).status).toBe(401)
  expect((await w.call(OWNER, 'identity.agreements', {})).status).toBe(200)
})
