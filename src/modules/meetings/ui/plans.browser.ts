import type { Page } from 'playwright-core'
import { afterAll, beforeAll, test } from 'vitest'
import { addDays, dateAt } from '#kernel/civilDate.ts'
import { axe } from '#testing/browser/axe.ts'
import { openBrowser, type Size, shot, type TestBrowser } from '#testing/browser/browser.ts'
import { type Site, siteOf } from '#testing/browser/site.ts'
import { type Branch, makeBranch } from '#testing/meetings.ts'
import { type World, world } from '#testing/world.ts'

let w: World
let site: Site
let browser: TestBrowser
let b: Branch
const today = dateAt(new Date())
const tomorrow = addDays(today, 1)

beforeAll(async () => {
  w = await world()
  site = await siteOf(w)
  browser = await openBrowser()
  b = await makeBranch(w, { full: 12, probationary: 1, name: '机电队党支部' })
})
afterAll(async () => {
  await browser.close()
  await w.close()
})

const open = (size: Size, as: string, path: string): Promise<Page> => site.pageOf(browser, size, as, path)

test('a recorder plans a meeting from the template; those called answer with one tap; leave is granted; the notice is ready', async () => {
  const page = await open('desktop', b.commissioner, `/meetings/plan?day=${tomorrow}`)
  await page.getByRole('button', { name: '党员大会', exact: true }).click()
  await page.getByLabel('议题 1', { exact: true }).waitFor()
  await page.getByText('应到 13 人，其中有表决权 12 人').waitFor()
  await page.getByLabel('地点').fill('党员活动室')
  await page.getByText('人和地点都没有冲突').waitFor()
  await page.getByLabel('议题 3', { exact: true }).fill('讨论接收周某某为预备党员')
  await page.getByRole('button', { name: '把这个议程存为模板' }).click()
  await page.getByText('以后安排这类会议').waitFor()
  await axe(page)
  await shot(page, 'plans-form', { full: true })
  await page.getByRole('button', { name: '安排并出通知' }).click()
  await page.getByRole('heading', { name: '会议通知' }).waitFor()
  await page.getByText('在党员活动室召开机电队党支部党员大会').waitFor()

  const phone = await open('phone', b.members[0]!, '/workbench')
  await phone.getByRole('heading', { name: '通知我参加的会' }).waitFor()
  await axe(phone)
  await shot(phone, 'plans-mine-phone')
  await phone.getByRole('button', { name: '参加', exact: true }).click()
  await phone.getByText('已回复：参加').first().waitFor()
  const other = await open('phone', b.members[1]!, '/workbench')
  await other.getByRole('button', { name: '请假', exact: true }).click()
  await other.getByRole('button', { name: '病假', exact: true }).click()
  await other.getByText('待批准').waitFor()

  const chair = await open('desktop', b.secretary, new URL(page.url()).pathname)
  await chair.getByText('应到 13 · 参加 1 · 请假 1 · 没回复 11').waitFor()
  await shot(chair, 'plans-page', { full: true })
  await chair.getByRole('button', { name: '准假' }).click()
  await chair.getByText('已准假').first().waitFor()
  await axe(chair)
  await chair.goto('/meetings')
  await chair.getByRole('heading', { name: '已安排' }).waitFor()
  await axe(chair)
  await shot(chair, 'plans-month')
})
