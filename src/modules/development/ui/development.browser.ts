import { afterAll, beforeAll, expect, test } from 'vitest'
import { addDays, addMonths, dateAt } from '#kernel/civilDate.ts'
import { axe } from '#testing/browser/axe.ts'
import { openBrowser, shot, type TestBrowser } from '#testing/browser/browser.ts'
import { type Site, siteOf } from '#testing/browser/site.ts'
import { type Branch, makeBranch } from '#testing/meetings.ts'
import { givePost, makeMember, makeOrg } from '#testing/people.ts'
import { type World, world } from '#testing/world.ts'

const today = dateAt(new Date())

let w: World
let site: Site
let browser: TestBrowser
let b: Branch
let officer: string

beforeAll(async () => {
  w = await world()
  site = await siteOf(w)
  browser = await openBrowser()
  const committeeId = await makeOrg(w, { kind: 'partyCommittee', name: '示例矿业集团一矿党委' })
  officer = await makeMember(w, committeeId, { name: '党某某' })
  await givePost(w, committeeId, officer, 'partyAffairsWorker')
  b = await makeBranch(w, { full: 9, committeeId, name: '机电队党支部' })
})
afterAll(async () => {
  await browser.close()
  await w.close()
})

test('a secretary registers an application, records the talk, and is told why the next stage has to wait', async () => {
  const page = await site.pageOf(browser, 'desktop', b.secretary, '/development')
  await page.getByRole('heading', { name: '现在没有正在发展的人' }).waitFor()
  await axe(page)
  await page.getByRole('button', { name: '登记入党申请' }).click()
  await page.getByLabel('姓名', { exact: true }).fill('申某某')
  await page.getByRole('button', { name: '登记申请', exact: true }).click()
  await page.getByRole('heading', { name: '申某某：接着办第 2 步「党组织派人谈话」' }).waitFor()
  await page.getByRole('button', { name: '记「党组织派人谈话」' }).click()
  await page.getByRole('button', { name: '存入记录' }).click()
  await page.getByText('还缺：谈话记录').waitFor()
  await page.getByLabel('谈话记录').check()
  await page.getByRole('button', { name: '存入记录' }).click()
  await page.getByRole('heading', { name: '申某某：接着办第 3 步「推荐和确定入党积极分子」' }).waitFor()
  await axe(page)
  await shot(page, 'development-course')
})

test('what is decided above is asked from the step and comes back as its date; a year that is not over says from which day', async () => {
  const since = addDays(addMonths(today, -11), 1)
  const days = [addMonths(since, -3), addMonths(since, -2), since].map((on, i) => ({ no: i + 1, on }))
  const { id } = await w.done(b.secretary, 'development.enter', { orgId: b.id, name: '方某某', steps: days })
  const page = await site.pageOf(browser, 'desktop', b.secretary, `/development/${id}?step=4`)
  await page.getByRole('link', { name: '报送上级' }).click()
  await page.getByLabel('标题').waitFor()
  expect(await page.getByLabel('标题').inputValue()).toContain('方某某')
  await axe(page)
  await shot(page, 'requests-send')
  await page.getByLabel('正文').fill('示例矿业集团一矿党委：\n现报请备案。')
  await page.getByRole('button', { name: '报送上级' }).click()
  await page.getByRole('heading', { name: '有 1 件请示等上级答复' }).waitFor()

  const desk = await site.pageOf(browser, 'desktop', officer, '/requests?view=toAnswer')
  await desk.getByRole('heading', { name: '有 1 件请示等你们答复' }).waitFor()
  await desk.getByRole('button', { name: /方某某/ }).click()
  await desk.getByRole('button', { name: '答复这份请示' }).click()
  await desk.getByLabel('批复文号（必填）').fill('示例矿党〔2026〕11号')
  await axe(desk)
  await desk.getByRole('button', { name: '存入答复' }).click()
  await desk.getByRole('heading', { name: '没有等待答复的请示' }).waitFor()

  await w.done(b.secretary, 'development.take', { id, version: 2, no: 5, people: [b.members[0]!], papers: ['培养考察登记表'] })
  await w.done(b.secretary, 'development.take', { id, version: 3, no: 6, papers: ['考察意见'] })
  const phone = await site.pageOf(browser, 'phone', b.secretary, `/development/${id}`)
  await phone.getByRole('button', { name: /确定发展对象/ }).click()
  await phone.getByText('培养教育考察满一年').first().waitFor()
  expect(await phone.getByRole('button', { name: '记「确定发展对象」' }).count()).toBe(0)
  await axe(phone)
  await shot(phone, 'development-too-early-phone')
})
