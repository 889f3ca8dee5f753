import { afterAll, beforeAll, test } from 'vitest'
import { axe } from '#testing/browser/axe.ts'
import { openBrowser, shot, type TestBrowser } from '#testing/browser/browser.ts'
import { fits } from '#testing/browser/fits.ts'
import { type Site, siteOf } from '#testing/browser/site.ts'
import { type Branch, makeBranch, meetingOf } from '#testing/meetings.ts'
import { OWNER, type World, world } from '#testing/world.ts'

let w: World
let site: Site
let browser: TestBrowser
let b: Branch

beforeAll(async () => {
  w = await world()
  site = await siteOf(w)
  browser = await openBrowser()
  b = await makeBranch(w, { full: 7, name: '机电队党支部' })
  const items = [{ topic: '班中餐', discussion: '大家说保温箱不够用，夜班吃不上热饭', resolution: '月底前配齐' }]
  await w.done(OWNER, 'meetings.record', meetingOf(b, { items }))
  await w.followed()
})
afterAll(async () => {
  await browser.close()
  await w.close()
})

test.each(['desktop', 'phone'] as const)('from the search box into the texts, and from the place found to the record: %s', async (size) => {
  const page = await site.pageOf(browser, size, b.members[0]!, '/meetings')
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill('保温箱')
  await page.getByRole('option', { name: /在记录和附件里找「保温箱」/ }).click()
  await page.getByRole('heading', { name: '全文里有「保温箱」的记录' }).waitFor()
  await page.locator('mark', { hasText: '保温箱' }).waitFor()
  await axe(page)
  await shot(page, `search-${size}`)
  await page.getByLabel('要找的词').fill('保温杯')
  await page.getByRole('button', { name: '找', exact: true }).click()
  await page.getByText('你能看的记录里没有「保温杯」。').waitFor()
  await page.goBack()
  await page
    .locator('main')
    .getByRole('link', { name: /保温箱不够用/ })
    .click()
  await page.waitForURL(/\/meetings\/[0-9a-f-]{36}/)
  await fits(page, 'on a phone')
})
