import { afterAll, beforeAll, expect, test } from 'vitest'
import { firstRunCode } from '#modules/identity/published.ts'
import { axe } from '#testing/browser/axe.ts'
import { openBrowser, shot, type TestBrowser } from '#testing/browser/browser.ts'
import { siteOf } from '#testing/browser/site.ts'
import { type World, world } from '#testing/world.ts'

let w: World
let url: string
let browser: TestBrowser
const PASSWORD = '海阔凭鱼跃-天高任鸟飞翔'

beforeAll(async () => {
  w = await world({ signIn: 'real' })
  url = (await siteOf(w)).url
  browser = await openBrowser()
})
afterAll(async () => {
  await browser.close()
  await w.close()
})

test('the first run makes the unit and its first officer, who is signed in at once and told who is still missing', async () => {
  const page = await browser.page('desktop', { base: url })
  await page.goto('/')
  await page.getByRole('heading', { name: '填单位名称，设第一位系统管理员' }).waitFor()
  await axe(page)
  await shot(page, 'first-run')

  await page.getByLabel('一次性开通码').fill('AAAA-AAAA-AAAA')
  await page.getByLabel('单位名称').fill('示例矿业集团有限公司')
  await page.getByLabel('系统管理员姓名').fill('王某某')
  await page.getByLabel('工号或手机号（登录用）').fill('A1001')
  await page.getByLabel('密码', { exact: true }).fill(PASSWORD)
  await page.getByLabel('再填一遍').fill('别的')
  await page.getByRole('button', { name: '建好单位并登录' }).click()
  await page.getByText('两次填的密码不一样').waitFor()

  await page.getByLabel('再填一遍').fill(PASSWORD)
  await page.getByRole('button', { name: '建好单位并登录' }).click()
  await page.getByRole('alert').getByText('码').waitFor()
  expect(await page.getByLabel('单位名称').inputValue(), 'what was typed stays').toBe('示例矿业集团有限公司')

  await page.getByLabel('一次性开通码').fill((await firstRunCode(w.db))!)
  await page.getByRole('button', { name: '建好单位并登录' }).click()
  await page.getByText('三员尚未分设：还缺安全管理员、审计管理员').waitFor()
  await page.getByRole('button', { name: '王某某' }).waitFor()
  await axe(page)
})

test('sign-in says what was wrong, signs in by keyboard alone, and out again', async () => {
  const page = await browser.page('desktop', { base: url })
  await page.goto('/')
  await page.getByRole('heading', { name: '登录', exact: true }).waitFor()
  await axe(page)
  await shot(page, 'docs/sign-in')
  await page.keyboard.press('Tab')
  await page.keyboard.type('A1001')
  await page.keyboard.press('Tab')
  await page.keyboard.type('不对的密码')
  await page.keyboard.press('Enter')
  await page.getByRole('alert').waitFor()
  expect(await page.getByLabel('账号').inputValue()).toBe('A1001')

  await page.getByLabel('密码', { exact: true }).fill(PASSWORD)
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: '王某某' }).click()
  await page.getByRole('link', { name: '我的登录' }).click()
  await page.getByText('就是这里').waitFor()
  await axe(page)

  await page.getByRole('main').getByRole('button', { name: '退出' }).click()
  await page.getByRole('heading', { name: '登录', exact: true }).waitFor()
  expect((await page.request.get('/api/identity.session')).status(), 'the session is over on the server too').toBe(401)
})

test('a session that ends while the page is open asks for the password over the page, and the page stays', async () => {
  const page = await browser.page('phone', { base: url })
  await page.clock.install()
  await page.goto('/me')
  await page.getByLabel('账号').fill('A1001')
  await page.getByLabel('密码', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await page.getByText('就是这里').waitFor()
  await shot(page, 'me-phone', { full: true })
  await axe(page)

  const cookies = await page.context().cookies()
  await page.context().clearCookies({ name: /session|sid/ })
  expect((await page.context().cookies()).length, 'a session cookie was there to take away').toBeLessThan(cookies.length)
  // Coming back to the tab after a while, it reads again what it shows.
  await page.clock.fastForward('05:00')
  await page.evaluate(() => dispatchEvent(new Event('visibilitychange')))
  await page.getByRole('heading', { name: '登录已过期，请重新登录' }).waitFor()
  expect(await page.getByText('怎么显示').count(), 'the page is still there').toBe(1)

  await page.getByLabel('账号').fill('A1001')
  await page.getByLabel('密码', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await page.getByRole('heading', { name: '登录已过期，请重新登录' }).waitFor({ state: 'hidden' })
  await page.getByText('就是这里').waitFor()
})

test('text size and tone are remembered by the browser, before and after sign-in', async () => {
  const page = await browser.page('desktop', { base: url })
  await page.goto('/')
  await page.getByRole('button', { name: '大字版' }).click()
  await page.reload()
  await page.getByRole('button', { name: '标准字号' }).waitFor()
  expect(await page.evaluate(() => getComputedStyle(document.body).fontSize)).toBe('18px')
  await axe(page)
})
