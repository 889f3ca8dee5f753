import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { activated, begin } from '#modules/identity/testing.ts'
import { axe } from '#testing/browser/axe.ts'
import { openBrowser, shot, type TestBrowser } from '#testing/browser/browser.ts'
import { siteOf } from '#testing/browser/site.ts'
import { type Branch, makeBranch } from '#testing/meetings.ts'
import { givePost, makeMember } from '#testing/people.ts'
import { type World, world } from '#testing/world.ts'
import { PASSWORD, signIn } from './people.ts'

let w: World
let url: string
let browser: TestBrowser
let b: Branch
const LOGIN = 'B2001'

beforeAll(async () => {
  w = await world()
  url = (await siteOf(w)).url
  browser = await openBrowser()
  const system = await begin(w)
  b = await makeBranch(w, { full: 7, name: '机电队党支部' })
  const commissioner = await makeMember(w, b.id, { name: '钱某甲', staffNo: LOGIN })
  await givePost(w, b.id, commissioner, 'publicityCommissioner')
  const { slips } = await system.done('identity.issueSlips', { orgId: b.id, title: '首批', validDays: 7 })
  await activated(w, LOGIN, slips.find(({ login }) => login === LOGIN)!.code, PASSWORD)
})
afterAll(async () => {
  await browser.close()
  await w.close()
})

const TOPIC = '跟进学习上级党委会议精神'
const meetings = async () => (await w.pool.query<{ n: number }>('select count(*)::int as n from meetings.meeting')).rows[0]!.n

/** The recording form with one meeting typed in. */
async function typed(page: Page, kind: string) {
  await signIn(page, LOGIN, '/record')
  await page.getByRole('button', { name: kind, exact: true }).click()
  await page.getByLabel('议题 1', { exact: true }).fill(TOPIC)
  await page.getByLabel('决议', { exact: true }).fill('班中餐保温箱月底配齐')
  // The roster of the day has come: without it nothing could be stored, with a connection or without.
  await page.getByRole('button', { name: '存入记录', disabled: false }).waitFor()
}

test('a session that ends while a form is written asks for the password over the page, and the form goes on', async () => {
  const page = await browser.page('desktop', { base: url })
  await typed(page, '党员大会')
  const before = await meetings()
  await page.context().clearCookies({ name: '__Host-session' })
  await page.getByRole('button', { name: '存入记录' }).click()
  await page.getByRole('heading', { name: '登录已过期，请重新登录' }).waitFor()
  await axe(page)
  await shot(page, 'signed-out-while-writing')
  expect(await page.getByLabel('议题 1', { exact: true }).inputValue()).toBe(TOPIC)
  expect(await meetings(), 'nothing was stored without a session').toBe(before)

  await page.getByLabel('账号').fill(LOGIN)
  await page.getByLabel('密码', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await page.getByRole('heading', { name: '登录已过期，请重新登录' }).waitFor({ state: 'hidden' })
  expect(await page.getByLabel('议题 1', { exact: true }).inputValue()).toBe(TOPIC)
  await page.getByRole('button', { name: '存入记录' }).click()
  await page.getByText('等待签字').waitFor()
  expect(await meetings()).toBe(before + 1)
})

test('what is sent without a connection is kept on this machine and sent once when there is one', async () => {
  const page = await browser.page('desktop', { base: url, expects: [/ERR_INTERNET_DISCONNECTED|ERR_FAILED/] })
  await typed(page, '党课')
  const before = await meetings()
  let sent = 0
  page.on('response', (response) => {
    if (response.url().endsWith('/api/meetings.record') && response.ok()) sent++
  })
  await page.context().setOffline(true)
  await page.getByRole('button', { name: '存入记录' }).click()
  await page.getByText('已存在本机，连上后自动送出').first().waitFor()
  await axe(page)
  await shot(page, 'offline')
  expect(await meetings()).toBe(before)

  await page.context().setOffline(false)
  await page.getByText('连上后自动送出').first().waitFor({ state: 'detached', timeout: 40_000 })
  expect(await meetings()).toBe(before + 1)
  await page.reload()
  await page.getByRole('heading', { level: 1 }).waitFor()
  expect(sent, 'sent once, not again after a reload').toBe(1)
  expect(await meetings()).toBe(before + 1)
})

test('a page opened without a connection says so and goes on by itself', async () => {
  const page = await browser.page('phone', { base: url, expects: [/ERR_|没连上服务器/] })
  await signIn(page, LOGIN, '/meetings')
  await page.route('**/api/**', (route) => route.abort())
  await page.reload()
  await page.getByText('每 10 秒会自动再试').waitFor()
  await shot(page, 'cannot-start')
  await page.unroute('**/api/**')
  await page.getByRole('heading', { level: 1 }).waitFor({ timeout: 30_000 })
})
