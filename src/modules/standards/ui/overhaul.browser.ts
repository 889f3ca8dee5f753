import { afterAll, beforeAll, expect, test } from 'vitest'
import { addMonths, dateAt } from '#kernel/civilDate.ts'
import { axe } from '#testing/browser/axe.ts'
import { openBrowser, shot, type TestBrowser } from '#testing/browser/browser.ts'
import { type Site, siteOf } from '#testing/browser/site.ts'
import { givePost, makeMember, makeOrg } from '#testing/people.ts'
import { type World, world } from '#testing/world.ts'

const later = addMonths(dateAt(new Date()), 3)

let w: World
let site: Site
let browser: TestBrowser
let officer: string
let commissioner: string
let member: string
let branch: string

beforeAll(async () => {
  w = await world()
  site = await siteOf(w)
  browser = await openBrowser()
  const above = await makeOrg(w, { kind: 'partyCommittee', name: '示例矿业集团一矿党委' })
  officer = await makeMember(w, above, { name: '党某某' })
  await givePost(w, above, officer, 'partyAffairsWorker')
  branch = await makeOrg(w, { kind: 'partyBranch', parentId: above, name: '运输队党支部' })
  commissioner = await makeMember(w, branch, { name: '钱某某' })
  member = await makeMember(w, branch, { name: '孙某某' })
  await makeMember(w, branch, { name: '李某某' })
  await givePost(w, branch, commissioner, 'organizationCommissioner')
  await w.done(officer, 'politicalwork.enter', {
    orgId: above,
    personId: officer,
    engagement: 'fullTime',
    duty: '干事',
    from: '2024-01-01',
  })
})
afterAll(async () => {
  await browser.close()
  await w.close()
})

test('a branch is put in order when a person confirms what records show; it answers on the phone and a member promises in public', async () => {
  const desk = await site.pageOf(browser, 'desktop', officer, '/overhauls')
  await desk.getByText('没有启用，系统不看任何支部').waitFor()
  await desk.getByRole('button', { name: '启用' }).click()
  await desk.getByLabel('书记缺位', { exact: true }).check()
  await desk.getByLabel('依据（哪个文件）').fill('一矿党委整顿办法第四条')
  await desk.getByRole('button', { name: '存下认定情形' }).click()
  await desk.getByText('起没有书记，已满 3 个月').first().waitFor()
  await axe(desk)
  await desk.getByRole('button', { name: /确认列入/ }).click()
  await desk.getByRole('combobox', { name: '由谁联系帮助' }).fill('党')
  await desk.getByRole('option', { name: /党某某/ }).click()
  await desk.getByLabel('整顿到哪一天').fill(later)
  await desk.getByLabel('整顿方案').fill('派人联系，三个月内配齐书记')
  await desk.getByRole('button', { name: '确认列入整顿' }).click()
  await desk.getByRole('heading', { name: '1 个支部正在整顿' }).waitFor()
  const { items } = await w.done(officer, 'standards.overhauls', {})
  const id = items[0]!.id

  const phone = await site.pageOf(browser, 'phone', commissioner, `/overhauls/${id}`)
  await phone.getByText('派人联系，三个月内配齐书记').waitFor()
  expect(await phone.getByRole('button', { name: '验收合格' }).count()).toBe(0)
  await phone.getByRole('button', { name: '说明情况' }).click()
  await phone.getByLabel('情况', { exact: true }).fill('原书记调离，人选正在酝酿')
  await phone.getByRole('button', { name: '存下说明' }).click()
  await phone.getByText('原书记调离，人选正在酝酿').waitFor()
  await axe(phone)
  await shot(phone, 'overhaul-phone')

  await desk.goto(`/overhauls/${id}`)
  await desk.getByText('原书记调离，人选正在酝酿').waitFor()
  await desk.getByRole('button', { name: '交办措施' }).click()
  await desk.getByLabel('办什么').fill('补选书记')
  await desk.getByLabel('要求').fill('报批后召开党员大会')
  await desk.getByLabel('时限').fill(later)
  await desk.getByRole('button', { name: '交办给支部' }).click()
  await desk
    .getByRole('link', { name: /待接收|已交办|前/ })
    .first()
    .waitFor()
  await axe(desk)

  const own = await site.pageOf(browser, 'phone', member, '/pledges')
  await own.getByText('还没有人向你所在的范围公开承诺').waitFor()
  await own.getByRole('button', { name: '公开承诺' }).click()
  await own.getByLabel('承诺什么').fill('不收礼品礼金，不打招呼')
  await own.getByLabel('向谁公开').selectOption(branch)
  await own.getByLabel('承诺到哪一天').fill(later)
  await own.getByRole('button', { name: '公开这项承诺' }).click()
  await own.getByText('承诺期内').first().waitFor()
  await axe(own)

  await desk.goto('/my-political-work')
  await desk.getByRole('button', { name: /写一段.*服务意识/ }).click()
  await desk.getByLabel('自己的话').fill('支部来问的当天回')
  await desk.getByRole('button', { name: '存下这一段' }).click()
  await desk.getByText('支部来问的当天回').waitFor()
  await axe(desk)
  await shot(desk, 'political-work')
})
