import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { firstRunCode } from '#modules/identity/published.ts'
import { axe } from '#testing/browser/axe.ts'
import { openBrowser, type Size, shot, type TestBrowser } from '#testing/browser/browser.ts'
import { fits } from '#testing/browser/fits.ts'
import { siteOf } from '#testing/browser/site.ts'
import { visitor } from '#testing/visitor.ts'
import { type World, world } from '#testing/world.ts'

let w: World
let url: string
let browser: TestBrowser
const OFFICER = { unitName: '示例矿业集团有限公司', name: '王某某', login: 'A1001', password: '海阔凭鱼跃-天高任鸟飞翔' }

beforeAll(async () => {
  w = await world({ signIn: 'real' })
  url = (await siteOf(w)).url
  browser = await openBrowser()
  await visitor(w).done('identity.firstRun', { ...OFFICER, code: (await firstRunCode(w.db))! })
})
afterAll(async () => {
  await browser.close()
  await w.close()
})

test('no width makes the page scroll sideways, at any text size', async () => {
  const page = await signedIn('desktop')
  for (const size of ['标准', '特大']) {
    await page.getByRole('radio', { name: size, exact: true }).check()
    for (const width of [1920, 1440, 1280, 1000, 768, 390, 320]) {
      await page.setViewportSize({ width, height: 844 })
      await fits(page, `${width} pixels, ${size}`)
    }
    await axe(page)
  }
})

test('below 1200 pixels the menu is a drawer that holds the focus and gives it back', async () => {
  const page = await signedIn('desktop')
  await page.setViewportSize({ width: 1000, height: 800 })
  const open = page.getByRole('button', { name: '打开菜单' })
  await open.click()
  const drawer = page.getByRole('dialog', { name: '菜单' })
  await drawer.getByRole('link', { name: '融建，回到首页' }).waitFor()
  await axe(page)
  await page.keyboard.press('Escape')
  await drawer.waitFor({ state: 'hidden' })
  expect(await open.evaluate((button) => button === document.activeElement)).toBe(true)
})

test('Ctrl K searches from anywhere, and says so when nothing begins like that', async () => {
  const page = await signedIn('desktop')
  await page.keyboard.press('Control+k')
  await page.keyboard.type('没有这个')
  await page.getByText('没有以「没有这个」开头的人员、组织或会议').waitFor()
  await axe(page)
  await page.keyboard.press('Escape')
  await page.getByRole('dialog', { name: '搜人员、组织、会议' }).waitFor({ state: 'hidden' })
})

test('an address that leads nowhere says so and leads home', async () => {
  const page = await signedIn('phone')
  await page.goto('/nowhere')
  await page.getByRole('heading', { name: '没有这个页面，或者你看不到它' }).waitFor()
  await shot(page, 'nowhere-phone')
  await axe(page)
  await page.getByRole('main').getByRole('link', { name: '回到首页' }).click()
  await page.getByRole('heading', { name: '没有这个页面' }).waitFor({ state: 'detached' })
  await page.getByRole('heading', { level: 1 }).waitFor()
})

test('dark keeps every text readable and is remembered', async () => {
  const page = await signedIn('desktop')
  await page.getByRole('button', { name: '换成深色' }).click()
  await axe(page)
  await page.reload()
  await page.getByRole('button', { name: '换成浅色' }).waitFor()
  expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe('rgb(15, 18, 22)')
})

async function signedIn(size: Size): Promise<Page> {
  const page = await browser.page(size, { base: url })
  await page.goto('/me')
  await page.getByLabel('账号').fill(OFFICER.login)
  await page.getByLabel('密码', { exact: true }).fill(OFFICER.password)
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await page.getByText('怎么显示').waitFor()
  return page
}
