import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addDays } from '#kernel/civilDate.ts'
import { axe } from '#testing/browser/axe.ts'
import { openBrowser, type Size, shot, type TestBrowser } from '#testing/browser/browser.ts'
import { type Site, siteOf } from '#testing/browser/site.ts'
import { away, type Branch, makeBranch, meetingOf, voteOn } from '#testing/meetings.ts'
import { givePost } from '#testing/people.ts'
import { type World, world } from '#testing/world.ts'

const LEDGER = join(import.meta.dirname, '../../../testing/inputs/三会一课台账2025.xlsx')

let w: World
let site: Site
let browser: TestBrowser
let b: Branch
const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)
const month = `${today.slice(0, 4)} 年 ${Number(today.slice(5, 7))} 月`

beforeAll(async () => {
  w = await world()
  site = await siteOf(w)
  browser = await openBrowser()
  b = await makeBranch(w, { full: 21, probationary: 2, name: '机电队党支部' })
  await givePost(w, b.committeeId, b.members[0]!, 'partyAffairsWorker')
})
afterAll(async () => {
  await browser.close()
  await w.close()
})

/** A page of this person, who has an account of the same id. */
const open = (size: Size, as: string, path: string): Promise<Page> => site.pageOf(browser, size, as, path)

test('a recorder writes a meeting down on a phone, one screen a group, and finds it under the month', async () => {
  const page = await open('phone', b.commissioner, '/record')
  let taps = 0
  const tap = async (name: string, exact = true) => {
    taps++
    await page.getByRole('button', { name, exact }).click()
  }
  await page.getByRole('heading', { name: '记一次会议' }).waitFor()
  await tap('党员大会')
  await axe(page)
  await shot(page, 'meetings-record-phone-1')
  await tap('下一步')
  await page.getByText('达到规定人数').waitFor()
  const name = (await w.done(b.secretary, 'meetings.prepare', { orgId: b.id, day: today, kinds: ['memberAssembly'] })).people.find(
    (p) => p.personId === b.members[3],
  )!.name
  await tap(name)
  await axe(page)
  await shot(page, 'meetings-record-phone-2')
  await tap(`${name}缺席原因`)
  await shot(page, 'meetings-record-phone-sheet')
  await tap('病假')
  await tap('下一步')
  await page.getByLabel('议题 1', { exact: true }).fill('跟进学习上级党委会议精神')
  await page.getByLabel('决议', { exact: true }).fill('班中餐保温箱月底配齐')
  await axe(page)
  await shot(page, 'meetings-record-phone-3')
  await tap('核对并存入')
  await page.getByText('处自动填好').waitFor()
  await shot(page, 'meetings-record-phone-4')
  await tap('存入记录')
  await page.getByText('等待签字').waitFor()
  expect(taps, 'taps beside typing').toBeLessThanOrEqual(8)
  await axe(page)
  await shot(page, 'meetings-detail-phone', { full: true })
  await page.goto('/')
  await page.getByRole('heading', { name: '会议记录待签字' }).waitFor()
  await axe(page)
  await page.goto('/meetings')
  await page.getByText('待签字').first().waitFor()
  await axe(page)
  await shot(page, 'meetings-month-phone')
})

test('the chair signs, the record locks, a correction stands beside it', async () => {
  const page = await open('desktop', b.secretary, '/meetings')
  await page.getByRole('heading', { name: month }).waitFor()
  await axe(page)
  await shot(page, 'meetings-month')
  await page.getByRole('link', { name: '党员大会' }).first().click()
  await page.getByRole('button', { name: '签字确认' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '签字确认' }).click()
  await page.getByText('已签字').first().waitFor()
  await page.getByRole('button', { name: '更正', exact: true }).click()
  await page.getByLabel('更正的原因（附据，例如组织关系回执）').fill('漏记一人请假')
  await page.getByRole('group', { name: '缺席' }).locator('.chip:not(.away)').nth(3).click()
  await page.getByRole('button', { name: '存入更正' }).click()
  await page.getByText('实到 22 → 21').waitFor()
  await page.getByRole('button', { name: '更正', exact: true }).click()
  const day = page.getByLabel('会议日期')
  const before = await day.inputValue()
  await day.fill(addDays(before, -1))
  await page.getByRole('button', { name: '党课', exact: true }).click()
  await page.getByLabel('更正的原因（附据，例如组织关系回执）').fill('日期写错，会上还讲了党课')
  await axe(page)
  await shot(page, 'meetings-correct', { full: true })
  await page.getByRole('button', { name: '存入更正' }).click()
  await page.getByText(`日期 ${before} → ${addDays(before, -1)}`).waitFor()
  await page.getByText('会议类别 党员大会 → 党员大会、党课').waitFor()
  await axe(page)
  await shot(page, 'meetings-detail', { full: true })
})

test('the desk form shows quorum, votes and where everything goes while it is typed; an unsent form survives', async () => {
  const page = await open('desktop', b.secretary, '/record')
  for (const kind of ['党课', '主题党日']) await page.getByRole('button', { name: kind, exact: true }).click()
  await page.getByLabel('议题 1', { exact: true }).fill('讨论接收周某某为预备党员')
  await page.getByRole('button', { name: '表决', exact: true }).click()
  await page.getByLabel('表决规则').selectOption('admission')
  await page.getByLabel('方式').selectOption('ballot')
  await page.getByLabel('同意', { exact: true }).fill('11')
  await page.getByText('超过半数').waitFor()
  await page.getByText('还差 2 个必填').waitFor()
  await axe(page)
  await shot(page, 'docs/meetings-record', { full: true })
  await page.getByRole('button', { name: '存草稿' }).click()
  await page.getByText('草稿已存到服务器').waitFor()
  await page.reload()
  await page.getByText('没存完的草稿').waitFor()
  await page.getByText('草稿「').waitFor()
  expect(await page.getByLabel('议题 1', { exact: true }).inputValue()).toBe('讨论接收周某某为预备党员')
})

test('a void resolution and a hidden committee meeting are said in words', async () => {
  const done = (given: Parameters<typeof meetingOf>[1]) =>
    w.done(b.commissioner, 'meetings.record', meetingOf(b, { heldOn: '2026-01-05', ...given }))
  const low = await done({
    absent: away(b.members.slice(0, 11)),
    items: [voteOn('调整分工', { rule: 'assembly', inFavour: 10, recordedPassed: true })],
  })
  const secret = await done({ kinds: ['branchCommittee'], title: '研究人选' })
  const page = await open('desktop', b.members[5]!, `/meetings/${low.id}`)
  await page.getByText('决议不成立').first().waitFor()
  await page.getByText('补录').first().waitFor()
  await axe(page)
  await shot(page, 'meetings-void')
  await page.goto(`/meetings/${secret.id}`)
  await page.getByText('会议内容只有委员能看').waitFor()
  expect(await page.locator('main').textContent()).not.toContain('研究人选')
  await page.goto('/meetings/list?year=2026')
  await page.getByText('共 3 条').waitFor()
  await axe(page)
  await shot(page, 'meetings-list')
  await page.getByRole('button', { name: '需要核对' }).click()
  await page.getByText('表决无效').first().waitFor()
  await axe(page)
  await shot(page, 'meetings-findings')
})

test('a ledger is checked before anything is written, with every wrong row named', async () => {
  const page = await open('desktop', b.members[0]!, '/meetings/import')
  await page.locator('input[type=file]').setInputFiles(LEDGER)
  await page.getByRole('heading', { name: '31 次会议可以导入，113 行要你看一眼' }).waitFor()
  await axe(page)
  await shot(page, 'meetings-import')
  await page.getByRole('button', { name: '先导入 31 次会议' }).click()
  await page.getByRole('heading', { name: '已导入 31 次会议' }).waitFor()
})
