import { afterAll, beforeAll, expect, test } from 'vitest'
import { axe } from '#testing/browser/axe.ts'
import { openBrowser, shot, type TestBrowser } from '#testing/browser/browser.ts'
import { type Site, siteOf } from '#testing/browser/site.ts'
import { givePost, makeMember, makeOrg } from '#testing/people.ts'
import { type World, world } from '#testing/world.ts'

let w: World
let site: Site
let browser: TestBrowser
let sender: string
let receiver: string
let moving: string

beforeAll(async () => {
  w = await world({ now: new Date('2026-11-22T04:00:00Z') })
  site = await siteOf(w)
  browser = await openBrowser()
  const committee = await makeOrg(w, { kind: 'partyCommittee', name: '示例矿业集团党委' })
  const old = await makeOrg(w, { kind: 'partyBranch', parentId: committee, name: '机电队党支部' })
  const fresh = await makeOrg(w, { kind: 'partyBranch', parentId: committee, name: '综采一队党支部' })
  sender = await makeMember(w, old, { name: '王某某' })
  receiver = await makeMember(w, fresh, { name: '李某某' })
  moving = await makeMember(w, old, { name: '赵某某' })
  await givePost(w, old, sender, 'organizationCommissioner')
  await givePost(w, old, moving, 'publicityCommissioner')
  await givePost(w, fresh, receiver, 'partySecretary')
})
afterAll(async () => {
  await browser.close()
  await w.close()
})

test('a letter is issued at the desk, received on a phone, and the person sees where it stands', async () => {
  const desk = await site.pageOf(browser, 'desktop', sender, '/transfers')
  await desk.getByRole('heading', { name: '组织关系没有在途的' }).waitFor()
  await axe(desk)
  await desk.getByRole('button', { name: '转出一名党员' }).click()
  await desk.getByRole('combobox', { name: '谁' }).fill('赵')
  await desk.getByRole('option', { name: /赵某某/ }).click()
  await desk.getByRole('combobox', { name: '哪个支部' }).fill('综采')
  await desk.getByRole('option', { name: /综采一队党支部/ }).click()
  await desk.getByRole('checkbox', { name: /宣传委员/ }).waitFor()
  await axe(desk)
  await shot(desk, 'transfers-send')
  await desk.getByRole('button', { name: '开出介绍信' }).click()
  await desk.getByRole('heading', { name: '1 人转出未办结' }).waitFor()
  await desk.getByRole('heading', { name: '赵某某的组织关系' }).waitFor()
  await desk.getByText('接收那天一并结束').waitFor()
  await axe(desk)
  await shot(desk, 'transfers-sent')

  const own = await site.pageOf(browser, 'phone', moving, '/me')
  await own.getByText('等综采一队党支部接收或退回').waitFor()

  const phone = await site.pageOf(browser, 'phone', receiver, '/transfers')
  await phone.getByRole('heading', { name: '1 人等你们接收' }).waitFor()
  await shot(phone, 'transfers-phone')
  await phone.getByRole('button', { name: /赵某某/ }).click()
  await phone.getByRole('button', { name: '接收', exact: true }).click()
  await phone.getByRole('button', { name: '从这一天起编入名册' }).click()
  await phone.getByText('已接收，两边名册都已变更').waitFor()
  await phone.getByText('2026-11-22 起在综采一队党支部名册').first().waitFor()
  await axe(phone)
  await shot(phone, 'transfers-received-phone')
  const { memberships, posts } = await w.done(receiver, 'members.get', { personId: moving })
  expect(memberships.map((m) => [m.orgName, m.until])).toEqual([
    ['机电队党支部', '2026-11-22'],
    ['综采一队党支部', null],
  ])
  expect(posts).toMatchObject([{ until: '2026-11-22' }])
})
