import { afterAll, beforeAll, expect, test } from 'vitest'
import { axe } from '#testing/browser/axe.ts'
import { openBrowser, shot, type TestBrowser } from '#testing/browser/browser.ts'
import { fits } from '#testing/browser/fits.ts'
import { type Site, siteOf } from '#testing/browser/site.ts'
import { type Branch, makeBranch } from '#testing/meetings.ts'
import { type World, world } from '#testing/world.ts'
import { notify, sendDue } from '../published.ts'

let w: World
let site: Site
let browser: TestBrowser
let b: Branch
const letters: { to: string; body: string }[] = []

beforeAll(async () => {
  w = await world({ channels: { channels: { mail: async (to, { body }) => void letters.push({ to, body }) } } })
  site = await siteOf(w)
  browser = await openBrowser()
  b = await makeBranch(w, { full: 7, name: '机电队党支部' })
})
afterAll(async () => {
  await browser.close()
  await w.close()
})

const tell = (key: string, text: string) =>
  notify({ db: w.db, now: new Date() }, [{ personId: b.members[0]!, kind: 'test.thing', key, text, open: `/duties?org=${b.id}` }])

test('a page that stands open shows at once that there is something new, and where', async () => {
  const page = await site.pageOf(browser, 'desktop', b.members[0]!, '/notices')
  await page.getByText('都看过了。').waitFor()
  await axe(page)
  await tell('a', '示例矿业集团党委答复了你们的请示')
  await page.getByRole('link', { name: '1 条没看的消息' }).waitFor()
  await page.getByRole('link', { name: /示例矿业集团党委答复了你们的请示/ }).waitFor()
  await axe(page)
  await shot(page, 'notices')
  await page.getByRole('link', { name: /示例矿业集团党委答复了你们的请示/ }).click()
  await page.waitForURL(/\/duties\?/)
  await page.getByRole('link', { name: '没有新消息' }).waitFor()
})

test('on a phone one sets a mailbox by the code that was sent there, and turns the mail off again', async () => {
  const page = await site.pageOf(browser, 'phone', b.members[1]!, '/me')
  await page.getByLabel('邮箱', { exact: true }).fill('wang@example.com')
  await page.getByRole('button', { name: '发验证码' }).click()
  await page.getByLabel('邮件里的验证码').waitFor()
  await sendDue(w.db)
  expect(letters.map(({ to }) => to)).toEqual(['wang@example.com'])
  await page.getByLabel('邮件里的验证码').fill(/验证码：(\d{6})/.exec(letters[0]!.body)![1]!)
  await page.getByRole('button', { name: '确认', exact: true }).click()
  await page.getByText('发到 w***@example.com').waitFor()
  await axe(page)
  await shot(page, 'mail-card')
  await page.getByRole('button', { name: '先不发' }).click()
  await page.getByText('（已关）').waitFor()
  await fits(page, 'on a phone')
})
