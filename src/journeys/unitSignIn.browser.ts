import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type IdentityServices, identityServices } from '#modules/identity/published.ts'
import { services } from '#modules/identity/services.ts'
import { officers } from '#modules/identity/testing.ts'
import { axe } from '#testing/browser/axe.ts'
import { openBrowser, type Size, shot, type TestBrowser } from '#testing/browser/browser.ts'
import { siteOf } from '#testing/browser/site.ts'
import { startProvider } from '#testing/oidcProvider.ts'
import { givePost, makeMember, makeOrg } from '#testing/people.ts'
import { type World, world } from '#testing/world.ts'

let w: World
let url: string
let browser: TestBrowser
let provider: Awaited<ReturnType<typeof startProvider>>
let before: IdentityServices

beforeAll(async () => {
  w = await world({ signIn: 'real' })
  url = (await siteOf(w)).url
  const { system } = await officers(w)
  const branch = await makeOrg(w, { kind: 'partyBranch', name: '机电队党支部' })
  await givePost(w, branch, await makeMember(w, branch, { name: '钱某某', staffNo: 'B2001' }), 'partySecretary')
  await system.done('identity.issueSlips', { title: '全部' })
  // Another name of this machine is another site to the browser.
  provider = await startProvider([`${url}/oidc`], 'localhost')
  before = services()
  identityServices({ ...before, oidc: provider.settings })
  browser = await openBrowser()
})
afterAll(async () => {
  identityServices(before)
  provider.stop()
  await browser.close()
  await w.close()
})

/** Away to the unit's service, signed in there under this 工号, and sent back. */
async function through(page: Page, login: string) {
  await page.goto('/')
  await page.getByRole('button', { name: '集团统一登录' }).click()
  await page.waitForURL('http://localhost:*/**') // our own page has a field of that name too
  await page.locator('input[name=login]').fill(login)
  await page.locator('input[name=password]').fill('any')
  await page.getByRole('button', { name: /sign-in|login/i }).click()
  await page.getByRole('button', { name: /continue/i }).click()
  await page.waitForURL(`${url}/**`)
}

const open = (size: Size) => browser.page(size, { base: url, expects: [/favicon/, /localhost/] })

test.each(['desktop', 'phone'] as const)('there and back through the service of the unit ends signed in: %s', async (size) => {
  const page = await open(size)
  await page.goto('/')
  await page.getByRole('button', { name: '集团统一登录' }).waitFor()
  await axe(page)
  await shot(page, `unit-sign-in-${size}`)
  await through(page, 'B2001')
  await page.getByRole('main').getByRole('heading', { level: 1 }).filter({ hasNotText: '登录' }).waitFor()
  expect(page.url(), 'nothing of the answer stays in the address').not.toMatch(/code=|state=|oidc/)
  const { account } = await page.evaluate(async () => (await fetch('/api/identity.session')).json())
  expect(account.name).toBe('钱某某')
  await page.reload()
  await page.getByRole('main').getByRole('heading', { level: 1 }).filter({ hasNotText: '登录' }).waitFor()
})

test('an answer that this browser did not ask for, and one that the service refused, are told in words and leave nobody signed in', async () => {
  const page = await open('desktop')
  const told = async (text: string) => {
    await page.getByRole('alert').filter({ hasText: text }).waitFor()
    await page.getByLabel('账号').waitFor()
    expect(await page.evaluate(async () => (await fetch('/api/identity.session')).status)).toBe(401)
  }
  await page.goto('/oidc?code=somebody-elses&state=made-up')
  await told('不是从这个浏览器开始的')
  await axe(page)
  await shot(page, 'unit-sign-in-foreign')

  await page.goto('/')
  await page.getByRole('button', { name: '集团统一登录' }).click()
  await page.waitForURL('http://localhost:*/**')
  await page.getByRole('link', { name: /cancel/i }).click()
  await page.waitForURL(`${url}/**`)
  await told('单位统一登录没有通过')

  await through(await freshIn(page), 'Z9999')
  await told('工号 Z9999 还没有账号')
})

/** The same browser, forgotten by the service. */
async function freshIn(page: Page): Promise<Page> {
  await page.context().clearCookies({ domain: 'localhost' })
  return page
}
