import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { axe } from '#testing/browser/axe.ts'
import { openBrowser, type Size, shot, type TestBrowser } from '#testing/browser/browser.ts'
import { fits } from '#testing/browser/fits.ts'
import { type Site, siteOf } from '#testing/browser/site.ts'
import { type Branch, meetingOf } from '#testing/meetings.ts'
import { type World, world } from '#testing/world.ts'
import { makeUnit, number, publishBasics, type Unit } from '../testing.ts'

let w: World
let site: Site
let browser: TestBrowser
let unit: Unit
let b: Branch
let run: string
let heldInAutumn: string

beforeAll(async () => {
  w = await world()
  site = await siteOf(w)
  browser = await openBrowser()
  w.setNow(new Date('2024-12-20T02:00:00Z'))
  unit = await makeUnit(w, 6)
  b = unit.branches[0]!
  for (const branch of unit.branches)
    for (const month of [2, 5, 10]) {
      const on = `2025-${String(month).padStart(2, '0')}-12`
      const id = await held(branch, on)
      if (branch === b && month === 10) heldInAutumn = id
    }
  const wrong = await held(b, '2025-09-10')
  const { version } = await w.done(b.secretary, 'meetings.get', { id: wrong })
  await w.done(b.secretary, 'meetings.cancel', { id: wrong, version, reason: 'notHeld', note: '临时改为班前会' })
  w.setNow(new Date('2026-01-20T02:00:00Z'))
  const schemeId = await publishBasics(w, unit)
  await number(w)
  run = (
    await w.done(unit.officer, 'evaluation.publishRun', { orgId: unit.committeeId, schemeId, period: '2025', appealsUntil: '2026-02-28' })
  ).id
}, 120_000)
afterAll(async () => {
  await browser.close()
  await w.close()
})

/** An assembly of the branch, recorded on its day; answers its id. */
async function held(branch: Branch, on: string): Promise<string> {
  w.setNow(new Date(`${on}T10:00:00Z`))
  return (await w.done(branch.commissioner, 'meetings.record', meetingOf(branch, { heldOn: on, start: '10:00', end: '11:00' }))).id
}

const open = (size: Size, as: string, path: string): Promise<Page> => site.pageOf(browser, size, as, path)

test('a doubter opens a lost mark down to the records, those left out with their reason, and the proof', async () => {
  const page = await open('desktop', b.secretary, '/evaluation')
  await page.getByRole('link', { name: '第1党支部' }).click()
  const item = page.getByRole('region', { name: '党员大会' })
  await item.getByText('5 分 − 缺 1 次 × 1 分 = 4 分').waitFor()
  await item.getByText('没计入：记录已作废：会议没有召开').waitFor()
  await page.getByText('一格是一个同类组织，共 6 个', { exact: false }).waitFor()
  expect(await page.getByText('第2党支部').count()).toBe(0)
  await axe(page)
  await fits(page, 'this page')
  await shot(page, 'evaluation-result')

  await item.getByRole('button', { name: /^4\.00/ }).focus()
  await page.keyboard.press('Enter')
  const panel = page.getByRole('dialog', { name: '党员大会 4.00 分' })
  await panel.getByRole('heading', { name: '计入 3 条' }).waitFor()
  await panel.getByRole('heading', { name: '没计入 1 条' }).waitFor()
  expect(await panel.getByRole('link', { name: /验账本证明/ }).count()).toBe(4)
  await axe(page)
  await shot(page, 'evaluation-provenance')
  await page.keyboard.press('Escape')
  expect(await panel.count()).toBe(0)

  await item.getByRole('button', { name: /第四季度计入/ }).click()
  const autumn = page.getByRole('dialog', { name: /第四季度党员大会/ })
  const link = autumn.getByRole('link', { name: /看这次记录/ })
  expect(await link.getAttribute('href')).toBe(`/meetings/${heldInAutumn}`)
  const proof = await autumn.getByRole('link', { name: /验账本证明/ }).getAttribute('href')
  await link.click()
  await page.getByRole('heading', { name: '第三季度党员大会' }).first().waitFor()
  await page.goto(proof!)
  await page.getByText('看原文和证明').waitFor()
})

test('on a phone an indicator opens in sight, and nothing runs off sideways', async () => {
  const page = await open('phone', b.secretary, `/evaluation/result?org=${b.id}&run=${run}`)
  await page
    .getByRole('button', { name: /^支委会/ })
    .first()
    .click()
  const item = page.getByRole('region', { name: '支委会' })
  await item.getByText('扣完为止', { exact: false }).first().waitFor()
  await expect.poll(() => item.evaluate((e) => e.getBoundingClientRect().top < innerHeight)).toBe(true)
  await axe(page)
  await fits(page, 'this page')
  await shot(page, 'evaluation-result-phone', { full: true })
})

test('the officer tries a period out: organisations in the order of the tree, whatever their marks', async () => {
  const page = await open('desktop', unit.officer, '/evaluation')
  await page.getByRole('link', { name: '试算', exact: true }).click()
  await page.getByRole('heading', { level: 1, name: /试算 6 个组织/ }).waitFor()
  const names = await page.getByRole('table', { name: '各组织试算结果' }).getByRole('link').allInnerTexts()
  const { rows } = await w.pool.query<{ name: string }>(`select name from organisation.org where kind = 'partyBranch' order by path`)
  expect(names).toEqual(rows.map((r) => r.name))
  await axe(page)
  await shot(page, 'evaluation-preview')
})

test('the self-check stays shut until a committee decided, and then is only for the unit itself', async () => {
  const page = await open('desktop', b.secretary, '/evaluation/self-check')
  await page.getByText('年度考核对照没有开放').waitFor()
  expect(await page.getByText('得分树').count()).toBe(0)
  await w.done(unit.officer, 'evaluation.selfCheckSetting', {
    orgId: unit.committeeId,
    allowed: true,
    reason: '党委会研究同意各支部自查',
    documentNo: '示例党发〔2026〕8号',
  })
  w.setNow(new Date('2026-08-20T02:00:00Z'))
  await page.reload()
  await page.getByRole('heading', { level: 1, name: '年度考核对照（供自查，不排名、不通报）' }).waitFor()
  await page.getByRole('heading', { name: '得分树' }).waitFor()
  await page
    .getByRole('link', { name: /补录会议/ })
    .first()
    .waitFor()
  expect(await page.getByText('和同类比').count()).toBe(0)
  await axe(page)
  await shot(page, 'evaluation-self-check')
  const above = await open('desktop', unit.officer, `/evaluation/self-check?org=${b.id}`)
  await above.getByText('上级看应办事项和期限', { exact: false }).waitFor()
  expect(await above.getByText('得分树').count()).toBe(0)
})

test('a secretary appeals against one mark on a phone, the office decides it, and the card says what it waits for', async () => {
  w.setNow(new Date('2026-02-10T02:00:00Z'))
  const own = await open('phone', b.secretary, `/evaluation/result?org=${b.id}&run=${run}`)
  await own.getByRole('heading', { name: '没有计入的记录' }).waitFor()
  await own.getByRole('button', { name: '对本项申诉' }).focus()
  await own.keyboard.press('Enter')
  await own.getByLabel('哪里不对，凭什么（必填）').fill('9 月 10 日的大会开过，作废有误')
  await own.getByRole('button', { name: '提出申诉' }).click()
  await own.getByText('等待复核').waitFor()
  expect(await own.getByRole('button', { name: '复核这件申诉' }).count()).toBe(0)
  await fits(own, 'an appeal on a phone')
  await axe(own)
  await shot(own, 'evaluation-appeal-phone')
  await own.close()

  const office = await open('desktop', unit.officer, `/evaluation?org=${unit.committeeId}`)
  await office.getByRole('heading', { level: 1, name: '有 1 件申诉等待复核' }).waitFor()
  await office.getByRole('button', { name: '复核这件申诉' }).click()
  await office.getByText('申诉成立', { exact: true }).click()
  await office.getByLabel('理由（必填，提出的组织看得到）').fill('核对原始记录，会议确已召开')
  await office.getByRole('button', { name: '记下复核结论' }).click()
  await office.getByText('申诉成立，待更正重算').waitFor()
  await office.getByRole('button', { name: '按更正后的记录重算' }).click()
  await office.getByText(/重算后没有变化/).waitFor()
  await axe(office)
  await shot(office, 'evaluation-steps-desktop')
  await office.close()
})
