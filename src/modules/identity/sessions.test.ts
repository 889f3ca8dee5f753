import { Secret, TOTP } from 'otpauth'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { makeMember, makeOrg } from '#testing/people.ts'
import { type Visitor, visitor } from '#testing/visitor.ts'
import { type World, world } from '#testing/world.ts'
import { forgetCached } from './sessions.ts'
import { activated, officers, PASSWORD, someId } from './testing.ts'

let w: World
let system: Visitor
let security: Visitor
let at = new Date('2026-11-22T01:00:00Z')
const LOGIN = { login: 'B2001', password: PASSWORD }
let sources = 0
const browser = () => visitor(w, { source: `10.20.0.${++sources}` })
const status = async (of: Visitor) => (await of.call('identity.session', {})).status

beforeAll(async () => {
  w = await world({ signIn: 'real', now: at })
  ;({ system, security } = await officers(w))
  const branch = await makeOrg(w, { kind: 'partyBranch', name: '机电队党支部' })
  await makeMember(w, branch, { name: '钱某某', staffNo: 'B2001' })
  const { slips } = await system.done('identity.issueSlips', { title: '机电队' })
  await activated(w, 'B2001', slips.find((slip) => slip.login === 'B2001')!.code)
})
beforeEach(() => forgetCached('*'))
afterAll(() => w.close())

const minutes = (n: number) => {
  at = new Date(at.getTime() + n * 60_000)
  w.setNow(at)
  forgetCached('*') // the memory of one second goes by the real clock
}

test('a session ends after thirty idle minutes, an officer’s after fifteen, any after twelve hours', async () => {
  const member = browser()
  await member.done('identity.signIn', LOGIN)
  await system.done('identity.session', {})
  minutes(14)
  expect([await status(member), await status(system)]).toEqual([200, 200])
  minutes(16)
  expect([await status(member), await status(system)]).toEqual([200, 401])
  for (let i = 0; i < 24; i++) {
    minutes(29)
    if ((await status(member)) !== 200) break
  }
  expect(await status(member)).toBe(401)
  await system.done('identity.signIn', { login: 'A1001', password: PASSWORD })
  await security.done('identity.signIn', { login: 'A1002', password: PASSWORD })
})

test('a fourth session lets the oldest go; an officer has one', async () => {
  const all = [browser(), browser(), browser(), browser()]
  for (const one of all) {
    await one.done('identity.signIn', LOGIN)
    minutes(1)
  }
  expect(await Promise.all(all.map(status))).toEqual([401, 200, 200, 200])
  const second = browser()
  await second.done('identity.signIn', { login: 'A1001', password: PASSWORD })
  expect([await status(system), await status(second)]).toEqual([401, 200])
  system = second
})

test('revoking acts on the next request, a hundred times of a hundred', async () => {
  const [here, there] = [browser(), browser()]
  await here.done('identity.signIn', LOGIN)
  let stillIn = 0
  for (let i = 0; i < 100; i++) {
    await there.done('identity.signOut', {})
    await there.done('identity.signIn', LOGIN)
    expect(await status(there)).toBe(200) // now in memory
    const { items } = await here.done('identity.sessions', {})
    const other = items.find((item) => !item.current && item.source.startsWith('10.20'))!
    for (const item of items.filter((item) => !item.current)) await here.done('identity.revokeSession', { id: item.id })
    expect(other).toBeDefined()
    if ((await status(there)) !== 401) stillIn++
  }
  expect(stillIn).toBe(0)
}, 120_000)

test('cookies are of the host only, closed to scripts where they open doors, and new at each sign-in', async () => {
  const one = browser()
  const { headers } = await one.call('identity.signIn', LOGIN)
  const cookies = ([] as string[]).concat(headers['set-cookie'] as string[])
  for (const cookie of cookies) expect(cookie).toMatch(/^__Host-\w+=[^;]*;.*Path=\/;.*Secure/)
  expect(cookies.filter((c) => c.includes('HttpOnly')).map((c) => c.split('=')[0])).toEqual(['__Host-session', '__Host-device'])
  expect(cookies.every((c) => c.includes('SameSite=Strict'))).toBe(true)
  const before = one.jar.get('__Host-session')
  await one.done('identity.signIn', LOGIN)
  expect(one.jar.get('__Host-session')).not.toBe(before)
  const { status: refused } = await one.call('identity.changePassword', { oldPassword: 'x', newPassword: 'y' }, { csrf: 'made up' })
  expect(refused, 'a command needs the token of the page').toBe(403)
})

test('signing out takes the kept answers out of the browser; the browser stays known against lock-out', async () => {
  const one = browser()
  await one.done('identity.signIn', LOGIN)
  const { headers } = await one.call('identity.signOut', {})
  expect(headers['clear-site-data']).toBe('"cache"')
  expect([...one.jar.keys()]).toEqual(['__Host-device'])
  expect((await one.call('identity.signIn', LOGIN)).headers['clear-site-data'], 'nothing else does so').toBeUndefined()
})

test('whose sessions one may not see, of them one does not learn that they exist', async () => {
  const one = browser()
  await one.done('identity.signIn', LOGIN)
  const { account } = await system.done('identity.session', {})
  const [theirs, nobody] = [
    await one.call('identity.sessions', { accountId: account.id }),
    await one.call('identity.sessions', { accountId: someId() }),
  ]
  expect([theirs.status, nobody.status]).toEqual([404, 404])
  expect({ ...theirs.body, requestId: '' }).toEqual({ ...nobody.body, requestId: '' })
  expect((await system.call('identity.sessions', { accountId: account.id })).status, 'the control').toBe(200)
})

test('a new password ends every other session and cannot be the old one', async () => {
  const [here, there] = [browser(), browser()]
  await here.done('identity.signIn', LOGIN)
  await there.done('identity.signIn', LOGIN)
  const fresh = '山外青山楼外楼-西湖歌舞几时休'
  await here.refused('identity.changePassword', { oldPassword: 'wrong one', newPassword: fresh }, 'wrong-password')
  await here.refused('identity.changePassword', { oldPassword: PASSWORD, newPassword: PASSWORD }, 'former-password')
  await here.refused('identity.changePassword', { oldPassword: PASSWORD, newPassword: '钱某某的密码很长很长很长' }, 'weak-password')
  await here.done('identity.changePassword', { oldPassword: PASSWORD, newPassword: fresh })
  expect([await status(here), await status(there)]).toEqual([200, 401])
  await browser().refused('identity.signIn', LOGIN, 'wrong-login')
  await here.done('identity.changePassword', { oldPassword: fresh, newPassword: PASSWORD })
})

const digitsOf = (secret: string) => new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: at.getTime() })

test('a second factor asks for six digits that work once', async () => {
  const one = browser()
  await one.done('identity.signIn', LOGIN)
  await one.refused('identity.enableTotp', { password: 'wrong one' }, 'wrong-password')
  const { secret, uri, qr } = await one.done('identity.enableTotp', { password: PASSWORD })
  expect(uri).toContain('otpauth://totp/')
  expect(qr).toMatch(/^data:image\/png;base64,/)
  await one.refused('identity.confirmTotp', { totp: '000000' }, 'totp-wrong')
  expect(await browser().done('identity.signIn', LOGIN), 'not in force before it is proven').toEqual({ next: 'in' })
  await one.done('identity.confirmTotp', { totp: digitsOf(secret) })
  minutes(1)

  const two = browser()
  const next = await two.done('identity.signIn', LOGIN)
  expect(next).toMatchObject({ next: 'totp' })
  expect(await status(two)).toBe(401)
  const ticket = (next as { ticket: string }).ticket
  await two.refused('identity.signInTotp', { ticket, code: '000000' }, 'totp-wrong')
  expect(await two.done('identity.signInTotp', { ticket, code: digitsOf(secret) })).toEqual({ next: 'in' })
  const again = await browser().done('identity.signIn', LOGIN)
  const used = { ticket: (again as { ticket: string }).ticket, code: digitsOf(secret) }
  await browser().refused('identity.signInTotp', used, 'totp-wrong')
  await browser().refused('identity.signInTotp', { ...used, ticket }, 'ticket-expired')
  const { rows } = await w.pool.query('select totp_sealed from identity.account where totp_on')
  expect(rows[0].totp_sealed).toMatch(/^v1\./)
  expect(rows[0].totp_sealed).not.toContain(secret)

  minutes(1)
  for (let i = 0; i < 5; i++) await two.refused('identity.disableTotp', { password: PASSWORD, totp: '000000' }, 'totp-wrong')
  await two.refused('identity.disableTotp', { password: PASSWORD, totp: digitsOf(secret) }, 'locked')
  minutes(31)
  await two.call('identity.signIn', LOGIN)
  const back = await two.done('identity.signIn', LOGIN)
  await two.done('identity.signInTotp', { ticket: (back as { ticket: string }).ticket, code: digitsOf(secret) })
  minutes(1)
  await two.refused('identity.confirmSelf', { password: PASSWORD }, 'totp-missing')
  await two.done('identity.disableTotp', { password: PASSWORD, totp: digitsOf(secret) })
  expect(await browser().done('identity.signIn', LOGIN)).toEqual({ next: 'in' })
})

test('the 等保 profile: officers need a second factor before anything else, passwords run out after 90 days and the last five stay out', async () => {
  await security.done('identity.signIn', { login: 'A1002', password: PASSWORD })
  await system.done('identity.signIn', { login: 'A1001', password: PASSWORD })
  await system.refused('identity.chooseProfile', { profile: 'mlps3' }, 'lacks-identity.approveGrants')
  await security.done('identity.chooseProfile', { profile: 'mlps3' })
  const { mustDo, capabilities } = await security.done('identity.session', {})
  expect({ mustDo, capabilities }).toEqual({ mustDo: ['enrolTotp'], capabilities: [] })
  await security.refused('identity.chooseProfile', { profile: 'standard' }, 'lacks-identity.approveGrants')
  const { secret } = await security.done('identity.enableTotp', { password: PASSWORD })
  await security.done('identity.confirmTotp', { totp: digitsOf(secret) })
  expect((await security.done('identity.session', {})).mustDo).toEqual([])
  expect((await security.done('identity.session', {})).capabilities.length).toBeGreaterThan(0)
  minutes(1)
  await security.refused('identity.disableTotp', { password: PASSWORD, totp: digitsOf(secret) }, 'totp-required')

  const one = browser()
  await one.done('identity.signIn', LOGIN)
  minutes(91 * 24 * 60)
  const next = await browser().done('identity.signIn', LOGIN)
  expect(next).toMatchObject({ next: 'newPassword', reason: expect.stringContaining('90 天') })
  const ticket = (next as { ticket: string }).ticket
  const two = browser()
  await two.refused('identity.replacePassword', { ticket, password: PASSWORD }, 'weak-password')
  const chosen = (n: number) => `Mountain-${'xbqwke'[n]}-river-7`
  expect(await two.done('identity.replacePassword', { ticket, password: chosen(0) })).toEqual({ next: 'in' })
  await two.refused('identity.changePassword', { oldPassword: chosen(0), newPassword: chosen(0) }, 'former-password')
  for (let n = 1; n <= 4; n++) await two.done('identity.changePassword', { oldPassword: chosen(n - 1), newPassword: chosen(n) })
  await two.refused('identity.changePassword', { oldPassword: chosen(4), newPassword: chosen(0) }, 'former-password')
  await two.done('identity.changePassword', { oldPassword: chosen(4), newPassword: chosen(5) })
  await two.done('identity.changePassword', { oldPassword: chosen(5), newPassword: chosen(0) })
})
