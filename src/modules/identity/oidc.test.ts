import { afterAll, beforeAll, expect, test } from 'vitest'
import { startProvider } from '#testing/oidcProvider.ts'
import { makeMember, makeOrg } from '#testing/people.ts'
import { type Visitor, visitor } from '#testing/visitor.ts'
import { type World, world } from '#testing/world.ts'
import { type IdentityServices, identityServices } from './published.ts'
import { services } from './services.ts'
import { officers } from './testing.ts'

let w: World
let provider: Awaited<ReturnType<typeof startProvider>>
let before: IdentityServices
const ORIGIN = 'https://rongjian.example'

beforeAll(async () => {
  w = await world({ signIn: 'real' })
  const { system } = await officers(w)
  const branch = await makeOrg(w, { kind: 'partyBranch', name: '机电队党支部' })
  await makeMember(w, branch, { name: '钱某某', staffNo: 'B2001' })
  await system.done('identity.issueSlips', { title: '全部' })
  provider = await startProvider([`${ORIGIN}/oidc`])
  before = services()
  identityServices({ ...before, oidc: provider.settings })
})
afterAll(async () => {
  identityServices(before)
  provider.stop()
  await w.close()
})

/** Walks through the provider's pages as a person would and answers the address the browser is sent back to. */
async function throughProvider(url: string, login: string): Promise<string> {
  const jar = new Map<string, string>()
  let [next, form] = [url, undefined as URLSearchParams | undefined]
  for (let steps = 0; steps < 20; steps++) {
    const reply = await fetch(next, {
      redirect: 'manual',
      headers: { cookie: [...jar].map(([k, v]) => `${k}=${v}`).join('; ') },
      ...(form ? { method: 'POST', body: form } : {}),
    })
    for (const cookie of reply.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie)!
      jar.set(name!, value!)
    }
    form = undefined
    const location = reply.headers.get('location')
    if (location?.startsWith(ORIGIN)) return location
    if (location) next = new URL(location, next).href
    else {
      const page = await reply.text()
      const action = /action="([^"]+)"/.exec(page)?.[1]
      if (!action) throw new Error(`the provider answered ${reply.status}: ${page.slice(0, 500)}`)
      next = new URL(action, next).href
      form = new URLSearchParams(page.includes('name="login"') ? { prompt: 'login', login, password: 'any' } : { prompt: 'consent' })
    }
  }
  throw new Error('the provider went round in circles')
}

async function arrive(browser: Visitor, login: string) {
  const { url } = await browser.done('identity.oidcStart', { origin: ORIGIN })
  return throughProvider(url, login)
}

test('the page before signing in offers the unit’s own service', async () => {
  expect((await visitor(w).done('identity.welcome', {})).provider).toEqual({ label: '集团统一登录', to: '/oidc' })
})

test('a person is known by the 工号 that the service vouches for, also before a password was set', async () => {
  const browser = visitor(w)
  const address = await arrive(browser, 'B2001')
  expect(await browser.done('identity.oidcFinish', { address })).toEqual({ next: 'in' })
  expect((await browser.done('identity.session', {})).account.name).toBe('钱某某')
  const { items } = await browser.done('identity.signInLog', {})
  expect(items[0]).toMatchObject({ factor: 'oidc', result: 'done' })
  await browser.refused('identity.oidcFinish', { address }, 'oidc-expired')
})

test('an answer works only in the browser that left for it', async () => {
  const [victim, enemy] = [visitor(w), visitor(w)]
  const address = await arrive(enemy, 'B2001')
  await victim.refused('identity.oidcFinish', { address }, 'oidc-expired')
  await victim.done('identity.oidcStart', { origin: ORIGIN })
  await victim.refused('identity.oidcFinish', { address }, 'oidc-expired')
  expect((await victim.call('identity.session', {})).status).toBe(401)
})

test('a forged answer, an unknown 工号 and a service that tells none are refused in words', async () => {
  const forged = visitor(w)
  const { url } = await forged.done('identity.oidcStart', { origin: ORIGIN })
  const state = new URL(url).searchParams.get('state')
  await forged.refused('identity.oidcFinish', { address: `${ORIGIN}/oidc?code=made-up&state=${state}` }, 'oidc-refused')
  const unknown = visitor(w)
  const { body } = await unknown.refused('identity.oidcFinish', { address: await arrive(unknown, 'Z9999') }, 'no-account')
  expect(body.message).toContain('Z9999')
  const nameless = visitor(w)
  await nameless.refused('identity.oidcFinish', { address: await arrive(nameless, 'nameless') }, 'no-account')
})

test('the three officers come by password only: who runs the service is none of them', async () => {
  const officer = visitor(w)
  await officer.refused('identity.oidcFinish', { address: await arrive(officer, 'A1002') }, 'officer-by-password')
  expect((await officer.call('identity.session', {})).status).toBe(401)
})

test('a service that is down is said, and passwords go on working', async () => {
  identityServices({ ...services(), oidc: { ...services().oidc!, issuer: 'http://127.0.0.1:9' } })
  const browser = visitor(w)
  const { status } = await browser.refused('identity.oidcStart', { origin: ORIGIN }, 'oidc-away')
  expect(status).toBe(503)
  await browser.refused('identity.signIn', { login: 'B2001', password: 'x' }, 'wrong-login')
})
