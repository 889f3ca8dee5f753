import type { Page } from 'playwright-core'
import { afterAll, beforeAll, test } from 'vitest'
import { axe } from '#testing/browser/axe.ts'
import { openBrowser, shot, type TestBrowser } from '#testing/browser/browser.ts'
import { type Site, siteOf } from '#testing/browser/site.ts'
import { typeAll } from '#testing/commandsOfAppraisals.ts'
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
  b = await makeBranch(w, { full: 6, name: '机电队党支部' })
})
afterAll(async () => {
  await browser.close()
  await w.close()
})

const names = (page: Page, group: RegExp) => page.getByRole('group', { name: group }).locator('.chip')

test('a branch appraises its members: own words, 互评, paper ballot counted by others, opinions within the cap, feedback', async () => {
  const page = await site.pageOf(browser, 'desktop', b.secretary, '/appraisals')
  await page.getByRole('button', { name: /开始 \d+ 年民主评议/ }).click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /开始 \d+ 年民主评议/ })
    .click()
  await page.getByRole('heading', { name: '自评与互评' }).waitFor()
  await axe(page)

  const phone = await site.pageOf(browser, 'phone', b.members[0]!, '/workbench')
  await phone.getByRole('link', { name: /年个人自评/ }).click()
  await phone.getByLabel(/这一年做了什么/).fill('按时参加组织生活，带头排查岗位隐患，讲课还不够。')
  await phone.getByRole('button', { name: '存下自评' }).click()
  await phone.getByText('自评已存').waitFor()
  await axe(phone)
  await shot(phone, 'appraisals-self-phone')

  await page.getByRole('button', { name: /年度民主评议党员/ }).click()
  await page.getByRole('button', { name: '记互评已开' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '记互评已开' }).click()
  await page.getByRole('button', { name: '开始民主测评计票' }).click()
  for (const i of [0, 1])
    await names(page, /计票人/)
      .nth(i)
      .click()
  for (const i of [2, 3])
    await names(page, /监票人/)
      .nth(i)
      .click()
  await axe(page)
  await page.getByRole('button', { name: '开始计票', exact: true }).click()
  await page.getByRole('link', { name: '看计票进度' }).waitFor()
  await shot(page, 'appraisals-round', { full: true })

  const { items } = await w.done(b.secretary, 'appraisals.list', {})
  const round = await w.done(b.secretary, 'appraisals.get', { id: items[0]!.id })
  const count = await w.done(b.secretary, 'meetings.count', { id: round.countId! })
  const ids = (people: { id: string }[]) => people.map((p) => p.id)
  await typeAll(w, count.id, { tellerIds: ids(count.tellers), scrutineerIds: ids(count.scrutineers), present: 6 })
  await page.reload()
  for (const i of [0, 1, 2]) await page.locator('.lines select').nth(i).selectOption('excellent')
  await page.getByText('确需超过的理由').waitFor()
  await page.locator('.lines select').nth(2).selectOption('qualified')
  await axe(page)
  await shot(page, 'appraisals-grading', { full: true })
  await page.getByRole('button', { name: '存下评议意见' }).click()
  await page.getByRole('button', { name: '已当面反馈' }).first().click()
  await page.getByText('日已反馈').waitFor()
  await axe(page)
})
