import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addDays, dateAt } from '#kernel/civilDate.ts'
import { axe } from '#testing/browser/axe.ts'
import { openBrowser, shot, type TestBrowser } from '#testing/browser/browser.ts'
import { type Site, siteOf } from '#testing/browser/site.ts'
import { type Branch, makeBranch } from '#testing/meetings.ts'
import { type World, world } from '#testing/world.ts'

let w: World
let site: Site
let browser: TestBrowser
let b: Branch
beforeAll(async () => {
  w = await world()
  site = await siteOf(w)
  browser = await openBrowser()
  b = await makeBranch(w, { full: 9, name: '机电队党支部' })
})
afterAll(async () => {
  await browser.close()
  await w.close()
})

const countOn = async (page: Page, figures: Record<string, string>) => {
  for (const [label, n] of Object.entries(figures)) await page.getByLabel(`接收周某某为预备党员：${label}`).fill(n)
  await page.getByRole('button', { name: '存入 1 项计数' }).click()
}

test('teller and scrutineer type paper votes apart; unequal counts are typed again, equal ones settle the vote', async () => {
  const [teller, scrutineer] = b.members as [string, string]
  const { id } = await w.done(b.commissioner, 'meetings.openCount', {
    orgId: b.id,
    title: '接收周某某为预备党员',
    rule: 'admission',
    entitled: 9,
    present: 9,
    issued: 9,
    tellerIds: [teller],
    scrutineerIds: [scrutineer],
    lines: [{ title: '接收周某某为预备党员' }],
  })
  const one = await site.pageOf(browser, 'phone', teller, `/meetings/counts/${id}`)
  await countOn(one, { 收回: '9', 同意: '8', 不同意: '0', 弃权: '1' })
  await one.getByText('等监票人').waitFor()
  const two = await site.pageOf(browser, 'desktop', scrutineer, `/meetings/counts/${id}`)
  await countOn(two, { 收回: '9', 同意: '7', 不同意: '1', 弃权: '1' })
  await two.getByText('两人计数不一致').waitFor()
  await axe(two)
  await shot(two, 'counts-differ')
  await countOn(two, { 收回: '9', 同意: '8', 不同意: '0', 弃权: '1' })
  await two.getByRole('heading', { name: '两人计数一致' }).waitFor()
  await two.getByText('收回 9：同意 8，不同意 0，弃权 1').waitFor()
  await axe(two)
  await shot(two, 'counts-agreed')
})

test('a kind of the unit’s own is added, planned with a paper that a member opens, and a one-sided plan is paired', async () => {
  const page = await site.pageOf(browser, 'desktop', b.secretary, '/meetings/kinds')
  await page.getByRole('button', { name: '增加一类' }).click()
  await page.getByLabel('名称').fill('党员班前学习会')
  await page.getByRole('button', { name: '增加这一类' }).click()
  await page.getByRole('heading', { name: '本单位自设 1 类会议' }).waitFor()
  await axe(page)
  await page.goto(`/meetings/plan?day=${addDays(dateAt(new Date()), 1)}`)
  await page.getByRole('button', { name: '党员班前学习会' }).click()
  await page.getByLabel('议题 1', { exact: true }).fill('学一条规程')
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles({ name: '停送电规程.txt', mimeType: 'text/plain', buffer: Buffer.from('第一条') })
  await page.getByRole('link', { name: '停送电规程.txt' }).waitFor()
  await axe(page)
  await page.getByRole('button', { name: '安排并出通知' }).click()
  await page.getByText('召开机电队党支部党员班前学习会').waitFor()
  const phone = await site.pageOf(browser, 'phone', b.members[0]!, new URL(page.url()).pathname)
  const paper = phone.getByRole('link', { name: '停送电规程.txt' })
  const [download] = await Promise.all([phone.waitForEvent('download'), paper.click()])
  expect(download.suggestedFilename()).toBe('停送电规程.txt')
  await shot(phone, 'plan-papers-phone')

  const year = Number(dateAt(new Date()).slice(0, 4))
  const of = { orgId: b.id, year, dueOn: `${year}-12-31`, counted: 'said' as const }
  await w.done(b.secretary, 'plans.adopt', { ...of, title: '主井检修一次合格', side: 'business' })
  await w.done(b.secretary, 'plans.adopt', { ...of, title: '检修现场党员挂牌' })
  await page.goto('/plans')
  await page.getByText('没有配党建举措', { exact: true }).waitFor()
  await page.getByRole('button', { name: '配党建举措' }).click()
  await page.getByLabel('检修现场党员挂牌').check()
  await page.getByRole('button', { name: '存下', exact: true }).first().click()
  await page.getByText('党建举措：检修现场党员挂牌').waitFor()
  await page.getByText('重点业务任务 1 项，都配有党建举措').waitFor()
  await axe(page)
  await shot(page, 'plans-paired')
})
