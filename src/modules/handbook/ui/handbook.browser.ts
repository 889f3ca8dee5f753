import { afterAll, beforeAll, expect, test } from 'vitest'
import { today } from '#kernel/civilDate.ts'
import { axe } from '#testing/browser/axe.ts'
import { openBrowser, shot, type TestBrowser } from '#testing/browser/browser.ts'
import { type Site, siteOf } from '#testing/browser/site.ts'
import { type Branch, makeBranch, meetingOf } from '#testing/meetings.ts'
import { type World, world } from '#testing/world.ts'

let w: World
let site: Site
let browser: TestBrowser
let b: Branch
beforeAll(async () => {
  w = await world()
  site = await siteOf(w)
  browser = await openBrowser()
  b = await makeBranch(w, { full: 6, name: '机电队党支部' })
  await w.done(b.commissioner, 'meetings.record', meetingOf(b))
})
afterAll(async () => {
  await browser.close()
  await w.close()
})

test('a secretary puts a thing on the year plan, sees it in the 手册, and takes the book along as PDF', async () => {
  const page = await site.pageOf(browser, 'desktop', b.secretary, '/plans')
  await page.getByRole('button', { name: '列入一项' }).click()
  const form = page.getByRole('dialog')
  await form.getByLabel('做什么').fill('开好年度党员大会')
  await form.getByLabel('什么时候以前').fill(`${today().slice(0, 4)}-12-31`)
  await form.getByLabel('哪类会议').selectOption({ label: '党员大会' })
  await form.getByRole('button', { name: '列入计划' }).click()
  await page.getByRole('heading', { name: /年计划 1 项，完成 1 项/ }).waitFor()
  await axe(page)
  await shot(page, 'plans-desktop')

  await page.goto('/handbook')
  await page.getByRole('heading', { name: /章有记录/ }).waitFor()
  await page.getByRole('button', { name: /^看内容.*年度计划$/ }).click()
  await page.getByText('召开党员大会 1 次').waitFor()
  await axe(page)
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'PDF', exact: true }).click()])
  expect(file.suggestedFilename()).toMatch(/^机电队党支部支部工作手册 .*\.pdf$/)

  const phone = await site.pageOf(browser, 'phone', b.secretary, '/handbook')
  await phone.getByRole('heading', { name: /章有记录/ }).waitFor()
  await axe(phone)
  await shot(phone, 'handbook-phone')
}, 60_000)
