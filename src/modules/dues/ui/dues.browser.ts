import { afterAll, beforeAll, expect, test } from 'vitest'
import { axe } from '#testing/browser/axe.ts'
import { openBrowser, shot, type TestBrowser } from '#testing/browser/browser.ts'
import { type Site, siteOf } from '#testing/browser/site.ts'
import { givePost, makeMember, makeOrg } from '#testing/people.ts'
import { type World, world } from '#testing/world.ts'

let w: World
let site: Site
let browser: TestBrowser
let keeper: string
let member: string
let officer: string
let branch: string

beforeAll(async () => {
  w = await world({ now: new Date('2026-11-22T04:00:00Z') })
  site = await siteOf(w)
  browser = await openBrowser()
  const committee = await makeOrg(w, { kind: 'partyCommittee', name: '示例矿业集团党委' })
  branch = await makeOrg(w, { kind: 'partyBranch', parentId: committee, name: '机电队党支部' })
  keeper = await makeMember(w, branch, { name: '王某某' })
  member = await makeMember(w, branch, { name: '李某某' })
  officer = await makeMember(w, branch, { name: '赵某某' })
  await givePost(w, branch, keeper, 'organizationCommissioner')
  await givePost(w, committee, officer, 'partyAffairsWorker')
  await w.done(keeper, 'dues.setBase', { personId: keeper, payer: 'employed', cents: 600_000, month: '2026-01' })
  await w.done(keeper, 'dues.setBase', { personId: officer, payer: 'employed', cents: 300_001, month: '2026-01' })
})
afterAll(async () => {
  await browser.close()
  await w.close()
})

test('a base is entered, the list made, payments ticked on a phone; the member sees the own, the committee the sums', async () => {
  const desk = await site.pageOf(browser, 'desktop', keeper, '/dues')
  await desk.getByRole('heading', { name: '2026 年 11 月应交名单还没有生成，1 人没有基数' }).waitFor()
  await axe(desk)
  await desk.getByRole('button', { name: /登记基数.*李某某/ }).click()
  await desk.getByLabel('月基数（元）').fill('3000')
  await desk.getByRole('button', { name: '存入基数' }).click()
  await desk.getByRole('heading', { name: '2026 年 11 月应交名单还没有生成', exact: true }).waitFor()
  await desk.getByRole('button', { name: '生成当月应交名单' }).click()
  await desk.getByRole('heading', { name: /应交 135.00 元，已交 0.00 元，3 人还没有交/ }).waitFor()
  await desk.getByRole('button', { name: '赵某某' }).click()
  await desk.getByText('30.00 元（1%）').waitFor()
  await axe(desk)
  await shot(desk, 'dues-month')

  const phone = await site.pageOf(browser, 'phone', keeper, '/dues')
  await phone.getByLabel('李某某已交').check()
  await phone.getByRole('button', { name: '登记 1 人已交' }).click()
  await phone.getByRole('button', { name: '登记已交', exact: true }).click()
  await phone.getByRole('heading', { name: /已交 15.00 元，2 人还没有交/ }).waitFor()
  await axe(phone)
  await shot(phone, 'dues-month-phone')

  const own = await site.pageOf(browser, 'phone', member, '/me')
  await own.getByText('每月应交 15.00 元（基数的 0.5%）').waitFor()
  await own.getByText('15.00 / 15.00 元').waitFor()
  const sums = await site.pageOf(browser, 'desktop', member, '/dues')
  await sums.getByRole('heading', { name: '2026 年党费收缴情况' }).waitFor()
  expect(await sums.locator('main').textContent()).not.toMatch(/王某某|赵某某/)
  await axe(sums)
  await shot(sums, 'dues-year')
})
