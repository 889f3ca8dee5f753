import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSpreadsheet } from '#runtime/sheets/read.ts'
import { axe } from '#testing/browser/axe.ts'
import { openBrowser, shot, type TestBrowser } from '#testing/browser/browser.ts'
import { type Site, siteOf } from '#testing/browser/site.ts'
import { rowsOf, textsOf } from '#testing/handmadeSheets.ts'
import { type Branch, makeBranch } from '#testing/meetings.ts'
import { type World, world } from '#testing/world.ts'
import { blankForm } from '../testing.ts'

let w: World
let site: Site
let browser: TestBrowser
let b: Branch
beforeAll(async () => {
  w = await world()
  site = await siteOf(w)
  browser = await openBrowser()
  b = await makeBranch(w, { full: 5, name: '机电队党支部' })
})
afterAll(async () => {
  await browser.close()
  await w.close()
})

test('a secretary sees who makes the difference in the 年报, maps a superior’s blank on the page, and takes it along filled in', async () => {
  const page = await site.pageOf(browser, 'desktop', b.secretary, '/statistics')
  await page.getByRole('heading', { name: /处对不上/ }).waitFor()
  await page.getByRole('button', { name: '总计 · 总数：5，看记录' }).click()
  const records = page.getByRole('dialog')
  await records.getByRole('link').nth(4).waitFor()
  expect(await records.getByRole('link').count()).toBe(5)
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: '交纳党费' }).click()
  await page.getByRole('button', { name: /生活不能自理.*没有填/ }).click()
  const entry = page.getByRole('dialog')
  await entry.getByLabel('数').fill('1')
  await entry.getByLabel('依据').fill('困难党员台账')
  await entry.getByRole('button', { name: '存下这一格' }).click()
  await page.getByRole('button', { name: /生活不能自理.*：1，/ }).waitFor()
  await axe(page)
  await shot(page, 'statistics-desktop')

  await page.goto('/forms')
  await page.getByRole('button', { name: '上传空表' }).click()
  const file = { name: '基本情况表.xlsx', mimeType: 'application/octet-stream', buffer: await blankForm() }
  await page.getByRole('dialog').locator('input[type=file]').setInputFiles(file)
  await page.getByRole('button', { name: 'D2 格：空' }).click()
  const spot = page.getByRole('dialog')
  await spot.getByLabel('填什么').selectOption({ label: '党员人数' })
  await spot.getByRole('button', { name: '就填这个' }).click()
  await page.getByRole('button', { name: 'B5 格：空' }).click()
  await spot.getByText('从这一行起，每行一条').click()
  await spot.getByLabel('哪种记录').selectOption({ label: '党员名册，每人一行' })
  await spot.getByLabel('这一列填哪一项').selectOption({ label: '姓名' })
  await spot.getByRole('button', { name: '就填这个' }).click()
  await page.getByRole('button', { name: '存下对应' }).click()
  await page.getByRole('button', { name: 'D2 格：5，党员人数' }).waitFor()
  await axe(page)
  await shot(page, 'form-desktop')
  const coming = page.waitForEvent('download')
  await page.getByRole('button', { name: '填好下载' }).click()
  const taken = await coming
  expect(taken.suggestedFilename()).toMatch(/^基本情况表 机电队党支部 .*\.xlsx$/)
  const chunks: Buffer[] = []
  for await (const chunk of await taken.createReadStream()) chunks.push(chunk as Buffer)
  const rows = (await rowsOf(await openSpreadsheet(Buffer.concat(chunks)))).map((r) => textsOf(r))
  expect(rows[1]).toMatchObject({ D: '5' })
  expect(rows.slice(4).filter((r) => r.B)).toHaveLength(5)

  const phone = await site.pageOf(browser, 'phone', b.secretary, '/statistics')
  await phone.getByRole('heading', { name: /处对不上/ }).waitFor()
  await axe(phone)
})
