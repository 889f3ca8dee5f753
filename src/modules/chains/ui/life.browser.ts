import { afterAll, beforeAll, expect, test } from 'vitest'
import { axe } from '#testing/browser/axe.ts'
import { openBrowser, shot, type TestBrowser } from '#testing/browser/browser.ts'
import { type Site, siteOf } from '#testing/browser/site.ts'
import { type Branch, makeBranch, meetingOf } from '#testing/meetings.ts'
import { givePost, makeMember } from '#testing/people.ts'
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

test('a secretary records talks on a phone, prepares the 组织生活会, lists what is to be put right, and a guide comments', async () => {
  const phone = await site.pageOf(browser, 'phone', b.secretary, '/talks')
  await phone.getByRole('heading', { name: /尚有 6 人未谈/ }).waitFor()
  await phone.getByRole('button', { name: '登记谈话' }).click()
  const chips = phone.getByRole('dialog').locator('.chip')
  await chips.first().waitFor()
  for (let i = 0; i < 5; i++) await chips.nth(i).click()
  await axe(phone)
  await shot(phone, 'talks-record-phone')
  await phone.getByRole('button', { name: '登记 5 次谈话' }).click()
  await phone.getByRole('heading', { name: /尚有 2 人未谈/ }).waitFor()
  await shot(phone, 'talks-phone', { full: true })

  const today = (await w.done(b.secretary, 'talks.list', { orgId: b.id, year: new Date().getFullYear() })).items[0]!.on
  const page = await site.pageOf(browser, 'desktop', b.secretary, '/life-meetings')
  await page.getByRole('button', { name: '开始筹备组织生活会' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '开始筹备组织生活会' }).click()
  await page
    .getByRole('button', { name: /机电队党支部/ })
    .first()
    .click()
  await page.getByRole('button', { name: '记征求到的意见' }).click()
  await page.getByLabel('意见', { exact: true }).fill('夜班检修党员骨干到场少\n学习多是念文件')
  await page.getByRole('button', { name: '存下意见' }).click()
  await page.getByText('已收到 2 条').waitFor()
  await page.getByLabel(/差在哪里/).fill('到夜班现场少，明年每月跟班两次。')
  await page.getByRole('button', { name: '存下对照检查' }).click()
  await page.getByText('还有 5 人没写').first().waitFor()
  await axe(page)
  await shot(page, 'chain-before', { full: true })

  const record = meetingOf(b, { kinds: ['orgLifeMeeting'], title: '年度组织生活会', heldOn: today, start: '00:00', end: '00:10' })
  const { id: meetingId } = await w.done(b.commissioner, 'meetings.record', record)
  await page.getByRole('button', { name: '关联开过的会' }).click()
  await page.getByRole('radio').first().waitFor()
  await page.getByRole('button', { name: '关联这次会' }).click()
  await page.getByRole('button', { name: '列整改清单' }).click()
  await page.getByLabel('问题', { exact: true }).fill('学习不联系岗位')
  await page.getByLabel('怎么改').fill('每次学习由一名党员讲一个本队案例')
  await page.getByRole('button', { name: '列入整改清单' }).click()
  await page.getByRole('link', { name: /每次学习由一名党员/ }).waitFor()
  await axe(page)
  await shot(page, 'chain-after', { full: true })

  const guide = await makeMember(w, b.committeeId)
  await givePost(w, b.committeeId, guide, 'partyAffairsWorker')
  const above = await site.pageOf(browser, 'desktop', guide, `/meetings/${meetingId}`)
  await above.getByRole('button', { name: '写督导意见' }).click()
  await above.getByLabel('对这次会的意见').fill('批评能点到具体的事。')
  await above.getByRole('button', { name: '加一项要跟进的事' }).click()
  await above.getByLabel('要办什么').fill('把学习一项落到人和次数')
  await above.getByRole('button', { name: '存下督导意见' }).click()
  await above.getByText('批评能点到具体的事。').waitFor()
  await axe(above)
  const { items } = await w.done(b.secretary, 'tasks.list', { orgId: b.id })
  expect(items.map((t) => t.source).sort()).toEqual(['guidance', 'rectification'])
})
