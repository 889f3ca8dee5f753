import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addDays, today as todayNow } from '#kernel/civilDate.ts'
import { axe } from '#testing/browser/axe.ts'
import { openBrowser, shot, type TestBrowser } from '#testing/browser/browser.ts'
import { type Site, siteOf } from '#testing/browser/site.ts'
import { type Branch, makeBranch } from '#testing/meetings.ts'
import { givePost, makeMember } from '#testing/people.ts'
import { type World, world } from '#testing/world.ts'

const today = todayNow()
let w: World
let site: Site
let browser: TestBrowser
let b: Branch
let officer: string

beforeAll(async () => {
  w = await world()
  site = await siteOf(w)
  browser = await openBrowser()
  b = await makeBranch(w, { full: 7, name: '机电队党支部' })
  await makeBranch(w, { full: 7, committeeId: b.committeeId, name: '运输队党支部' })
  officer = await makeMember(w, b.committeeId, { name: '党某某' })
  await givePost(w, b.committeeId, officer, 'partyAffairsWorker')
})
afterAll(async () => {
  await browser.close()
  await w.close()
})

const title = (page: Page, says: string | RegExp) => page.getByRole('heading', { level: 1, name: says }).waitFor()

test('a deployment goes from the desk of the committee to the phone of a secretary and comes back answered', {
  timeout: 60_000,
}, async () => {
  const desk = await site.pageOf(browser, 'desktop', officer, '/deployments')
  await title(desk, '还没有向下级部署')
  await desk.getByRole('button', { name: '部署一项工作' }).click()
  await desk.getByLabel('题目').fill('井下电气隐患排查')
  await desk.getByLabel('下级要做什么').fill('各支部逐台排查井下电气设备的接地和绝缘，逐条登记')
  await desk.getByText('所辖全部支部').click()
  await desk.getByText('到某一天').click()
  await desk.getByLabel('到哪一天').fill(addDays(today, 10))
  await desk.getByRole('button', { name: '下达部署' }).click()
  await title(desk, /2 个单位，已办结 0 个/)
  await axe(desk)

  const phone = await site.pageOf(browser, 'phone', b.secretary, '/todo')
  await title(phone, '交办给你的事 1 件')
  await axe(phone)
  await shot(phone, 'todo-phone')
  await phone.getByRole('link', { name: /井下电气隐患排查/ }).click()
  await phone.getByRole('button', { name: '接收' }).click()
  await phone.getByText('已接收', { exact: true }).first().waitFor()
  await phone.getByRole('button', { name: '写怎么落实' }).click()
  await phone.getByLabel('怎么落实', { exact: true }).fill('每班查三台，机长登记')
  await phone.getByRole('button', { name: '存下落实安排' }).click()
  await phone.getByText('每班查三台，机长登记').first().waitFor()
  await phone.getByRole('button', { name: '报办结' }).click()
  await phone.getByLabel(/办理结果/).fill('查 42 台，处理 3 处')
  await phone.getByRole('button', { name: '报给交办方验收' }).click()
  await phone.getByText('已报结果，待验收').first().waitFor()
  await axe(phone)
  await shot(phone, 'task-phone')

  await desk.goto('/todo')
  await desk.getByRole('link', { name: /去验收/ }).click()
  await desk.getByRole('button', { name: '验收', exact: true }).click()
  await desk.getByRole('button', { name: '验收通过' }).click()
  await desk.getByText('已办结').first().waitFor()
  await shot(desk, 'task-closed')
  await phone.goto('/todo')
  await title(phone, '现在没有交办给你的事')
})

test('the holidays of a year nobody entered are pasted from the notice and shown before they are stored', { timeout: 60_000 }, async () => {
  const page = await site.pageOf(browser, 'desktop', officer, '/workdays?year=2027')
  await title(page, '2027 年的放假与调休还没有登记')
  await page.getByRole('button', { name: '登记这一年' }).click()
  await page.getByLabel('放假安排').fill('七、国庆节：10月1日（周五）至7日（周四）放假调休，共7天。9月26日（周日）、10月9日（周六）上班。')
  await page.getByText('放假 7 天（10月1日至7日）').waitFor()
  await page.getByLabel('按哪份通知').fill('国务院办公厅关于2027年部分节假日安排的通知')
  await page.getByRole('button', { name: '登记这一年的放假与调休' }).click()
  await title(page, '2027 年放假 7 天，调休上班 2 天')
  await axe(page)
  const { on } = await w.done(officer, 'workdays.after', { from: '2027-09-30', workingDays: 1 })
  expect(on).toBe('2027-10-08')
})

test('a leader’s list is written once and shows to the leader; who has no duties is told so', { timeout: 60_000 }, async () => {
  const desk = await site.pageOf(browser, 'desktop', b.deputy, '/dual-duty')
  await title(desk, /还没有一岗双责清单/)
  await desk.getByRole('button', { name: '列入一项' }).click()
  await desk.getByLabel('给谁').selectOption(b.secretary)
  await desk.getByLabel('负什么责').fill('参加支部主题党日')
  await desk.getByLabel('哪类会议').selectOption('themePartyDay')
  await desk.getByLabel('一年几次').fill('12')
  await desk.getByRole('button', { name: '列入清单' }).click()
  await title(desk, '1 人 1 项，完成 0 项')
  await axe(desk)

  const phone = await site.pageOf(browser, 'phone', b.secretary, '/my-duties')
  await title(phone, '1 个职务，清单还有 1 项没有完成')
  await phone.getByText('0/12 次').waitFor()
  await axe(phone)
  await shot(phone, 'my-duties-phone')
  const member = await site.pageOf(browser, 'phone', b.members[2]!, '/my-duties')
  await title(member, '你现在没有党务上的职责')
  await axe(member)
})
