import type { Page } from 'playwright-core'
import { afterAll, beforeAll, test } from 'vitest'
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
