import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addDays, addMonths, today as todayNow } from '#kernel/civilDate.ts'
import { axe } from '#testing/browser/axe.ts'
import { openBrowser, type Size, shot, type TestBrowser } from '#testing/browser/browser.ts'
import { fits } from '#testing/browser/fits.ts'
import { type Site, siteOf } from '#testing/browser/site.ts'
import { type Branch, makeBranch, meetingOf } from '#testing/meetings.ts'
import { givePost, makeMember, makeOrg } from '#testing/people.ts'
import { type World, world } from '#testing/world.ts'

type Kind = NonNullable<NonNullable<Parameters<typeof meetingOf>[1]>['kinds']>

const today = todayNow()
const year = today.slice(0, 4)
const BRANCHES = ['采煤一队', '采煤二队', '掘进一队', '通风队', '运输队', '选煤厂', '机关第一', '后勤']

let w: World
let site: Site
let browser: TestBrowser
let committeeId: string
let officer: string
let b: Branch

beforeAll(async () => {
  w = await world()
  site = await siteOf(w)
  browser = await openBrowser()
  committeeId = await makeOrg(w, { kind: 'partyCommittee', name: '示例矿业集团一矿党委' })
  const generals = [
    await makeOrg(w, { kind: 'generalBranch', parentId: committeeId, name: '采掘党总支' }),
    await makeOrg(w, { kind: 'generalBranch', parentId: committeeId, name: '机电运输党总支' }),
  ]
  officer = await makeMember(w, committeeId, { name: '党某某' })
  await givePost(w, committeeId, officer, 'partyAffairsWorker')
  b = await makeBranch(w, { full: 9, committeeId: generals[1]!, name: '机电队党支部' })
  await held(b, [])
  for (const [i, name] of BRANCHES.entries()) {
    const above = i < 4 ? generals[0]! : i < 6 ? generals[1]! : committeeId
    const other = await makeBranch(w, { full: 7, committeeId: above, name: `${name}党支部` })
    await held(other, i % 3 === 1 ? ['themePartyDay'] : i === 5 ? ['memberAssembly', 'branchCommittee'] : [], i !== 5)
  }
})
afterAll(async () => {
  await browser.close()
  await w.close()
})

/** The ordinary course of this year until last month, but for the kinds left out in the last month; then perhaps this month's too. */
async function held(branch: Branch, without: readonly string[], thisMonth = false) {
  const months = Number(today.slice(5, 7))
  for (let m = 1; m <= months; m++) {
    const first = `${year}-${String(m).padStart(2, '0')}-01`
    const running = m === months
    const course: [Kind, number, string][] = [
      [['branchCommittee'], 2, `${m} 月支委会`],
      [m % 3 === 2 ? ['themePartyDay', 'partyLecture'] : ['themePartyDay'], 9, m % 3 === 2 ? `${m} 月主题党日暨党课` : `${m} 月主题党日`],
      ...(m % 3 === 1 ? [[['memberAssembly'], 16, `第${'一二三四'[(m - 1) / 3]}季度党员大会`] as [Kind, number, string]] : []),
    ]
    for (const [kinds, after, title] of course) {
      const on = addDays(first, after)
      if (on > today || (running && !thisMonth && kinds[0] !== 'branchCommittee')) continue
      if (m >= months - 1 && kinds.some((k) => without.includes(k))) continue
      if (branch === b && kinds[0] === 'memberAssembly' && m > months - 3) continue
      const { id } = await w.done(branch.commissioner, 'meetings.record', meetingOf(branch, { kinds, heldOn: on, title }))
      if (m >= months - 2) await w.done(branch.secretary, 'meetings.sign', { id, version: 1 })
    }
  }
}

/** A page of this person, who has an account of the same id. */
const open = (size: Size, as: string, path: string): Promise<Page> => site.pageOf(browser, size, as, path)

test('the workbench says first what is missing, and why, on a desk and on a phone in every size of type', async () => {
  const desk = await open('desktop', b.secretary, '/')
  await desk.getByRole('heading', { level: 1, name: /本月还差 1 次主题党日/ }).waitFor()
  await desk.getByText('最近办的').waitFor()
  expect(await desk.locator('main').textContent()).not.toMatch(/得分|排名|名次/)
  await axe(desk)
  await shot(desk, 'docs/workbench')
  await desk
    .getByRole('button', { name: /为什么/ })
    .first()
    .click()
  await desk.getByText('支部工作条例').last().waitFor()
  await axe(desk)
  await shot(desk, 'duties-why')

  const phone = await open('phone', b.secretary, '/workbench')
  await phone.getByRole('link', { name: /记这次会/ }).waitFor()
  await axe(phone)
  await shot(phone, 'docs/workbench-phone', { full: true })
  await phone.evaluate(() => localStorage.setItem('rongjian.display', JSON.stringify({ size: 'huge', tone: 'light' })))
  await phone.reload()
  await phone.getByRole('link', { name: /记这次会/ }).waitFor()
  await fits(phone, 'this page')
  await shot(phone, 'workbench-phone-huge', { full: true })
})

test('the year of a branch shows every duty with its state; arrow keys go through it; an earlier day shows what stood then', async () => {
  const page = await open('desktop', b.secretary, '/duties')
  await page.getByRole('heading', { level: 1, name: new RegExp(`${year} 年应办 \\d+ 项`) }).waitFor()
  await axe(page)
  await shot(page, 'docs/duties-year')
  await page.locator('.duty-cell').first().focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: '为什么要我办' }).waitFor()
  await page.getByText('期内正式党员最少时 9 人').waitFor()
  await shot(page, 'duties-panel')
  await axe(page)
  await page.keyboard.press('Escape')
  await page.getByLabel('按哪一天的情况看').fill(addDays(addMonths(`${today.slice(0, 7)}-01`, -1), -1))
  await page.getByText('未到时间').first().waitFor()
  const phone = await open('phone', b.secretary, '/duties')
  await phone.getByText('主题党日').first().waitFor()
  await axe(phone)
  await shot(phone, 'duties-month-phone')
  await fits(phone, 'this page')
})

test('a committee sees how its branches stand, in the order of the tree, as colours, as numbers and as a file', async () => {
  const page = await open('desktop', officer, `/workbench?org=${committeeId}`)
  await page.getByRole('heading', { level: 1, name: /9 个支部：/ }).waitFor()
  await axe(page)
  await shot(page, 'docs/workbench-committee')
  await page.goto(`/duties/grid?org=${committeeId}`)
  await page.getByText('共 9 个支部').waitFor()
  await axe(page)
  await shot(page, 'docs/duties-grid')
  const order = await page.locator('.duty-grid tbody th').allInnerTexts()
  await page.getByText('数字', { exact: true }).click()
  await page.locator('.duty-grid.numbers').waitFor()
  expect(await page.locator('.duty-grid tbody th').allInnerTexts()).toEqual(order)
  await axe(page)
  await shot(page, 'duties-grid-numbers')
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: '导出 Excel' }).click()])
  expect(file.suggestedFilename()).toMatch(/应办事项.*\.xlsx$/)
  await page.goto(`/duties/reminders?org=${committeeId}&day=${addDays(addMonths(`${today.slice(0, 7)}-01`, 1), -1)}`)
  await page.getByRole('heading', { level: 1, name: /提醒 \d+ 件/ }).waitFor()
  await axe(page)
  await shot(page, 'duties-reminders')
  const phone = await open('phone', officer, `/workbench?org=${committeeId}`)
  await phone.getByRole('heading', { level: 1, name: /9 个支部：/ }).waitFor()
  await axe(phone)
  await shot(phone, 'workbench-committee-phone', { full: true })
  await phone.goto(`/duties/grid?org=${committeeId}`)
  await phone.getByText('共 9 个支部').waitFor()
  await fits(phone, 'this page')
  await axe(phone)
  await shot(phone, 'duties-grid-phone')
})

test('a unit rule below the central minimum is shown with both figures before and after it is registered', async () => {
  const page = await open('desktop', officer, `/duties/rules?org=${committeeId}`)
  await page.getByRole('button', { name: '登记单位规则' }).click()
  await page.getByLabel('事项', { exact: true }).selectOption({ label: '支委会' })
  await page.getByText('每季', { exact: true }).click()
  await page.getByText('每季 1 次，少于每月 1 次').waitFor()
  await page.getByLabel('规定原文').fill('各支部支委会每季度至少召开一次')
  await page.getByLabel('出处').fill('本单位党建工作细则第八条')
  await axe(page)
  await shot(page, 'duties-rule-form', { full: true })
  await page.getByRole('button', { name: '登记这条规则' }).click()
  await page.getByRole('heading', { level: 1, name: /1 条低于中央规定/ }).waitFor()
  await page.getByRole('button', { name: '已核对原文' }).first().click()
  await page.getByRole('dialog').getByRole('button', { name: '已核对原文' }).click()
  await page.getByText(/日 已核对原文/).waitFor()
  await page.reload()
  await page.getByText(/日 已核对原文/).waitFor()
  await axe(page)
  await shot(page, 'docs/duties-rules')
  await page.goto(`/meetings?org=${b.id}`)
  await page.getByText('规则状态').waitFor()
  await page.getByText('单位规定低于中央规定').waitFor()
  await axe(page)
  await shot(page, 'docs/month-rules')
})

test('a member without a post sees what the own branch does, and no button that is not theirs', async () => {
  const page = await open('phone', b.members[0]!, '/')
  await page.getByText('本支部要办的事').waitFor()
  expect(await page.getByRole('link', { name: /记这次会/ }).count()).toBe(0)
  await axe(page)
  await shot(page, 'workbench-member-phone', { full: true })
})

test('a secretary records a meeting on a phone, and duty and workbench change at once', async () => {
  const before = await w.done(b.secretary, 'duties.now', { orgId: b.id })
  expect(before.open.map((d) => d.duty)).toContain('themePartyDay')
  const page = await open('phone', b.secretary, '/workbench')
  await page.getByRole('link', { name: /记这次会.*主题党日/ }).click()
  await page.getByRole('heading', { name: '记一次会议' }).waitFor()
  await page.getByRole('button', { name: '下一步' }).click()
  await page.getByText('应到', { exact: false }).first().waitFor()
  await page.getByRole('button', { name: '下一步' }).click()
  await page.getByLabel('议题 1', { exact: true }).fill('重温入党誓词')
  await page.getByRole('button', { name: '核对并存入' }).click()
  await page.getByRole('button', { name: '存入记录' }).click()
  await page.getByText('等待签字').waitFor()
  await page.getByRole('link', { name: '待办' }).click()
  await page.getByRole('heading', { level: 1, name: /党员大会|组织生活会|都办了/ }).waitFor()
  expect(await page.getByRole('link', { name: /记这次会.*主题党日/ }).count()).toBe(0)
  await page.getByText('会议记录待签字').waitFor()
  await shot(page, 'workbench-phone-after', { full: true })
  const after = await w.done(b.secretary, 'duties.now', { orgId: b.id })
  expect(after.open.map((d) => d.duty)).not.toContain('themePartyDay')
  expect(after.done.map((d) => d.duty)).toContain('themePartyDay')
})
