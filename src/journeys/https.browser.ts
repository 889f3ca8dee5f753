import { networkInterfaces } from 'node:os'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, type TestBrowser } from '#testing/browser/browser.ts'
import { installed } from '#testing/browser/installed.ts'
import { FIRST, firstRun, signIn } from './people.ts'

const address = Object.values(networkInterfaces())
  .flatMap((all) => all ?? [])
  .find(({ family, internal }) => family === 'IPv4' && !internal)?.address

let site: Awaited<ReturnType<typeof installed>>
let browser: TestBrowser
beforeAll(async () => {
  if (!address) throw new Error('this machine has no address but its own loopback')
  site = await installed(address)
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await site?.close()
})

const open = () => browser.page('desktop', { base: site.url, ignoreHTTPSErrors: true })

test('on an address of the network the page comes over https only, by a certificate nobody has vouched for yet', async () => {
  expect(site.url).toMatch(/^https:\/\/(?!127\.)/)
  await expect(fetch(site.url.replace('https', 'http'))).rejects.toThrow()
  await expect(fetch(site.url)).rejects.toThrow()
})

test('signing in sets cookies that no other host, path or plain connection gets; the session outlives a reload and ends with signing out', async () => {
  const page = await open()
  await firstRun(page, site.code)
  await page.context().clearCookies()
  await signIn(page, FIRST)
  const cookies = await page.context().cookies()
  expect(cookies.map(({ name }) => name)).toEqual(expect.arrayContaining(['__Host-session', '__Host-csrf']))
  for (const cookie of cookies) {
    expect(cookie.name).toMatch(/^__Host-/)
    expect(cookie).toMatchObject({ secure: true, path: '/', sameSite: 'Strict', domain: address })
  }
  expect(cookies.find(({ name }) => name === '__Host-session')).toMatchObject({ httpOnly: true })
  expect(await page.evaluate(() => document.cookie)).not.toContain('session')

  await page.reload()
  await page.getByRole('button', { name: '王某某' }).click()
  await page.getByRole('button', { name: '退出' }).click()
  await page.getByRole('heading', { name: '登录', exact: true }).waitFor()
  expect((await page.context().cookies()).map(({ name }) => name)).not.toContain('__Host-session')
  expect((await page.request.get('/api/identity.session')).status()).toBe(401)

  const old = cookies.find(({ name }) => name === '__Host-session')!
  await page.context().addCookies([old])
  expect((await page.request.get('/api/identity.session')).status(), 'the old cookie opens nothing').toBe(401)
})
