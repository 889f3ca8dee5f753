import { afterAll, beforeAll, expect, test } from 'vitest'
import { visitor } from '#testing/visitor.ts'
import { type World, world } from '#testing/world.ts'
import { firstRunCode } from './published.ts'

let w: World
let code: string
const FIRST = { unitName: '示例矿业集团有限公司', name: '王某某', login: 'A1001', password: '海阔凭鱼跃-天高任鸟飞翔' }

beforeAll(async () => {
  w = await world({ signIn: 'real' })
  code = (await firstRunCode(w.db))!
})
afterAll(() => w.close())

test('an empty installation offers the first run, to everybody, and nothing else', async () => {
  const nobody = visitor(w)
  expect(await nobody.done('identity.welcome', {})).toMatchObject({ stage: 'empty', unit: null, provider: null })
  expect((await nobody.call('identity.session', {})).status).toBe(401)
})

test('the first run needs the printed code, and happens once', async () => {
  await visitor(w).refused('identity.firstRun', { ...FIRST, code: 'AAAA-AAAA-AAAA' }, 'wrong-code')
  await visitor(w).refused('identity.firstRun', { ...FIRST, password: '123456', code }, 'weak-password')
  const first = visitor(w)
  expect(await first.done('identity.firstRun', { ...FIRST, code: code.toLowerCase().replaceAll('-', ' ') })).toEqual({ next: 'in' })
  expect(await first.done('identity.session', {})).toMatchObject({
    account: { name: '王某某', offices: ['系统管理员'] },
    unit: { name: FIRST.unitName },
    stage: 'officers',
    notices: ['三员尚未分设：还缺安全管理员、审计管理员'],
    mustDo: [],
    idleMinutes: 15,
  })
  await visitor(w).refused('identity.firstRun', { ...FIRST, code }, 'already-set-up')
  expect(await firstRunCode(w.db)).toBeNull()
})

test('the first officer signs in by 工号 in any case, and the session ends with signing out', async () => {
  const browser = visitor(w)
  await browser.refused('identity.signIn', { login: 'A1001', password: 'wrong' }, 'wrong-login')
  expect(await browser.done('identity.signIn', { login: ' a1001 ', password: FIRST.password })).toEqual({ next: 'in' })
  const session = await browser.done('identity.session', {})
  expect(session.capabilities.map((c) => c.capability)).toContain('identity.manageAccounts')
  const kept = new Map(browser.jar)
  await browser.done('identity.signOut', {})
  expect([...browser.jar.keys()]).toEqual(['__Host-device'])
  for (const [name, value] of kept) browser.jar.set(name, value)
  expect((await browser.call('identity.session', {})).status, 'the old cookie opens nothing').toBe(401)
})
