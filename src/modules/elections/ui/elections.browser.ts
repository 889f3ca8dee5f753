import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { axe } from '#testing/browser/axe.ts'
import { openBrowser, shot, type TestBrowser } from '#testing/browser/browser.ts'
import { type Site, siteOf } from '#testing/browser/site.ts'
import { givePost, makeMember, makeOrg } from '#testing/people.ts'
import { OWNER, type World, world } from '#testing/world.ts'

let w: World
let site: Site
let browser: TestBrowser
let branch: string
let officer: string
const people: string[] = []
const NAMES = [...'甲乙丙丁戊己庚辛'].map((c) => `王某${c}`)

beforeAll(async () => {
  w = await world({ now: new Date('2026-11-22T04:00:00Z') })
  site = await siteOf(w)
  browser = await openBrowser()
  const committee = await makeOrg(w, { kind: 'partyCommittee', name: '示例矿业集团党委' })
  branch = await makeOrg(w, { kind: 'partyBranch', parentId: committee, name: '机电队党支部' })
  for (const name of NAMES) people.push(await makeMember(w, branch, { name }))
  officer = await makeMember(w, await makeOrg(w, { kind: 'partyBranch', parentId: committee }))
  await givePost(w, committee, officer, 'partyAffairsWorker')
  await givePost(w, branch, people[7]!, 'partySecretary')
  await w.done(OWNER, 'organisation.beginTerm', { orgId: branch, from: '2023-12-10', until: '2026-12-10' })
})
afterAll(async () => {
  await browser.close()
  await w.close()
})

/** The superior agrees to what is waiting. */
async function agree(docNo: string) {
  const { items } = await w.done(officer, 'requests.list', {})
  const open = items.find((r) => r.state === 'sent')!
  await w.done(officer, 'requests.answer', { id: open.id, version: open.version, decision: 'agreed', docNo })
}

async function ask(page: Page, button: string) {
  await page.getByRole('button', { name: button }).click()
  // The draft has come with those it may go to.
  await page.getByText('主送', { exact: true }).waitFor()
  await page.getByRole('button', { name: '报送上级' }).click()
  await page.locator('p.note', { hasText: '请示已报送，等上级答复' }).waitFor()
}

async function count(as: string, votes: number[], size: 'phone' | 'desktop') {
  const page = await site.pageOf(browser, size, as, '/me')
  await page.getByRole('link', { name: '机电队党支部换届选举，第 1 轮' }).click()
  for (const [i, n] of votes.entries()) {
    const row = page.getByRole('group', { name: NAMES[i]! })
    await row.getByLabel('赞成').fill(String(n))
    await row.getByLabel('反对').fill(String(8 - n))
  }
  if (size === 'phone') await shot(page, 'elections-count-phone')
  await page.getByRole('button', { name: '存入我数的票' }).click()
  return page
}

test('a branch changes its committee: requests, candidates, assembly, two who count apart, officers, and posts written by the last answer', async () => {
  const page = await site.pageOf(browser, 'desktop', people[7]!, '/elections')
  await page.getByRole('heading', { name: '本届任期 12月10日届满，剩 18 天' }).waitFor()
  await axe(page)
  await page.getByRole('button', { name: '开始换届' }).click()
  await page.getByRole('button', { name: '存入，接着报送请示' }).click()
  await ask(page, '报送换届请示')
  await agree('示例党〔2026〕1号')
  await page.reload()
  await page.getByRole('button', { name: '存入候选人预备人选' }).click()
  for (const name of NAMES.slice(0, 4)) await page.getByRole('checkbox', { name }).check()
  await page.getByRole('button', { name: '存入，接着报送请示' }).click()
  await ask(page, '报送预备人选请示')
  await agree('示例党〔2026〕2号')
  await page.reload()
  await page.getByRole('button', { name: '登记选举大会' }).click()
  await page.getByText('应到会 8 人，实到 8 人，可以选举，5 票当选').waitFor()
  await page.getByRole('checkbox', { name: /选举办法/ }).check()
  await page.getByLabel('监票人（不是候选人）').selectOption({ label: NAMES[4]! })
  await page.getByLabel('计票人（不是候选人）').selectOption({ label: NAMES[5]! })
  await axe(page)
  await shot(page, 'elections-hold')
  await page.getByRole('button', { name: '存入，开始计票' }).click()
  await page.getByText('监票人王某戊还没有录入').waitFor()

  const monitor = await count(people[4]!, [8, 7, 6, 3], 'phone')
  await monitor.getByText('已存入，等另一人录入').waitFor()
  await axe(monitor)
  const counter = await count(people[5]!, [8, 7, 6, 3], 'desktop')
  await counter.getByText('计票已经完成').waitFor()

  await page.reload()
  await page.getByText('8 票当选', { exact: true }).waitFor()
  await page.getByRole('button', { name: '登记第一次委员会会议' }).click()
  await page.getByLabel('书记', { exact: true }).selectOption({ label: NAMES[1]! })
  await page.getByLabel('书记得赞成票').fill('3')
  await page.getByLabel('组织委员').selectOption({ label: NAMES[0]! })
  await page.getByRole('button', { name: '存入，接着报送选举结果' }).click()
  await ask(page, '报送选举结果')
  await axe(page)
  await shot(page, 'elections-way')
  await agree('示例党〔2026〕3号')

  const after = await site.pageOf(browser, 'phone', people[1]!, '/elections')
  await after.getByRole('heading', { name: /本届任期 2029年11月22日届满/ }).waitFor()
  await axe(after)
  await shot(after, 'elections-after-phone')
  const { committee } = await w.done(officer, 'elections.current', { orgId: branch })
  expect(new Map(committee.map((p) => [p.name, p.role]))).toEqual(
    new Map([['王某乙', 'partySecretary'], ['王某甲', 'organizationCommissioner'], ['王某丙', 'committeeMember']]),
  ) // biome-ignore format: one list
})
