import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addDays, dateAt } from '#kernel/civilDate.ts'
import { axe } from '#testing/browser/axe.ts'
import { openBrowser, type Size, shot, type TestBrowser } from '#testing/browser/browser.ts'
import { type Site, siteOf } from '#testing/browser/site.ts'
import { type Branch, makeBranch } from '#testing/meetings.ts'
import { type World, world } from '#testing/world.ts'

let w: World
let site: Site
let browser: TestBrowser
let b: Branch
const today = dateAt(new Date())
const tomorrow = addDays(today, 1)

beforeAll(async () => {
  w = await world()
  site = await siteOf(w)
  browser = await openBrowser()
  b = await makeBranch(w, { full: 12, probationary: 1, name: '机电队党支部' })
})
afterAll(async () => {
  await browser.close()
  await w.close()
})

const open = (size: Size, as: string, path: string): Promise<Page> => site.pageOf(browser, size, as, path)

test('a recorder plans a meeting from the template; those called answer with one tap; leave is granted; the notice is ready', async () => {
  const page = await open('desktop', b.commissioner, `/meetings/plan?day=${tomorrow}`)
  await page.getByRole('button', { name: '党员大会', exact: true }).click()
  await page.getByLabel('议题 1', { exact: true }).waitFor()
  await page.getByText('应到 13 人，其中有表决权 12 人').waitFor()
  await page.getByLabel('地点').fill('党员活动室')
  await page.getByText('人和地点都没有冲突').waitFor()
  await page.getByLabel('议题 3', { exact: true }).fill('讨论接收周某某为预备党员')
  await page.getByRole('button', { name: '把这个议程存为模板' }).click()
  await page.getByText('以后安排这类会议').waitFor()
  await axe(page)
  await shot(page, 'plans-form', { full: true })
  await page.getByRole('button', { name: '安排并出通知' }).click()
  await page.getByRole('heading', { name: '会议通知' }).waitFor()
  await page.getByText('在党员活动室召开机电队党支部党员大会').waitFor()

  const phone = await open('phone', b.members[0]!, '/workbench')
  await phone.getByRole('heading', { name: '通知我参加的会' }).waitFor()
  await axe(phone)
  await shot(phone, 'plans-mine-phone')
  await phone.getByRole('button', { name: '参加', exact: true }).click()
  await phone.getByText('已回复：参加').first().waitFor()
  const other = await open('phone', b.members[1]!, '/workbench')
  await other.getByRole('button', { name: '请假', exact: true }).click()
  await other.getByRole('button', { name: '病假', exact: true }).click()
  await other.getByText('待批准').waitFor()

  const chair = await open('desktop', b.secretary, new URL(page.url()).pathname)
  await chair.getByText('应到 13 · 参加 1 · 请假 1 · 没回复 11').waitFor()
  await shot(chair, 'plans-page', { full: true })
  await chair.getByRole('button', { name: '准假' }).click()
  await chair.getByText('已准假').first().waitFor()
  await axe(chair)
  await chair.goto('/meetings')
  await chair.getByRole('heading', { name: '已安排' }).waitFor()
  await axe(chair)
  await shot(chair, 'plans-month')
})

/** The bound of ux.md for a secretary without practice: three minutes, or 12 taps and 3 typed fields of a short sentence each. */
const BOUND = { taps: 12, fields: 3 }

test('a secretary without practice signs people in by code and by name, and records the planned meeting on a phone within the bound', async () => {
  const clock = new Date()
  const start = new Date(clock.getTime() + 8 * 3_600_000 - 20 * 60_000).toISOString().slice(11, 16)
  const end = new Date(clock.getTime() + 8 * 3_600_000 + 40 * 60_000).toISOString().slice(11, 16)
  const day = dateAt(new Date(clock.getTime() - 20 * 60_000))
  const { id } = await w.done(b.commissioner, 'meetings.plan', {
    orgId: b.id,
    kinds: ['partyLecture'],
    title: '岗位安全党课',
    heldOn: day,
    start,
    end,
    place: '党员活动室',
    chairId: b.secretary,
    recorderId: b.commissioner,
    items: [{ topic: '结合岗位讲安全责任' }, { topic: '讨论检修安排' }],
  })
  const { address } = await w.done(b.secretary, 'meetings.signInCode', { id, origin: site.url })
  const member = await open('phone', b.members[0]!, address.slice(site.url.length))
  await member.getByRole('heading', { name: '已签到' }).waitFor()
  await axe(member)
  await shot(member, 'sign-in-phone')

  const counted = { taps: 0, fields: 0 }
  const page = await open('phone', b.commissioner, '/meetings')
  const tap = async (role: 'button' | 'link', name: string | RegExp) => {
    counted.taps++
    await page
      .getByRole(role, { name, exact: typeof name === 'string' })
      .first()
      .click()
  }
  await tap('link', /岗位安全党课/)
  await tap('link', '签到')
  await page.getByRole('heading', { name: '已签到 1 人，应到 13 人' }).waitFor()
  await page.getByAltText('签到二维码').waitFor()
  await axe(page)
  await shot(page, 'sign-in-code-phone', { full: true })
  await tap('button', '没请假的 12 人都到了')
  await page.getByRole('heading', { name: '已签到 13 人，应到 13 人' }).waitFor()
  await tap('link', '去记录')
  await page.getByText('安排里的都已填好').waitFor()
  await tap('button', '下一步')
  await page.getByText('达到规定人数').waitFor()
  await tap('button', '下一步')
  expect(await page.getByLabel('议题 1', { exact: true }).inputValue()).toBe('结合岗位讲安全责任')
  await page.getByLabel('决议', { exact: true }).first().fill('各班组本月排查一次岗位隐患')
  counted.fields++
  await page.getByRole('button', { name: '这次没有议，下次再议' }).last().click()
  counted.taps++
  await shot(page, 'plans-record-phone', { full: true })
  await tap('button', '核对并存入')
  await tap('button', '存入记录')
  await page.getByText('等待签字').waitFor()
  expect(counted.taps, 'taps').toBeLessThanOrEqual(BOUND.taps)
  expect(counted.fields, 'typed fields').toBeLessThanOrEqual(BOUND.fields)
  await shot(page, 'plans-recorded-phone', { full: true })
  const next = await w.done(b.commissioner, 'meetings.preparePlan', { orgId: b.id, day: addDays(today, 30), kinds: ['partyLecture'] })
  expect(next.agenda[0]).toMatchObject({ topic: '讨论检修安排', back: { planId: id } })
})

test('what the records say by themselves is shown: study by person, and an empty list says why', async () => {
  const page = await open('desktop', b.secretary, '/meetings/life?view=study')
  await page.getByText('1.0 小时').first().waitFor()
  await axe(page)
  await shot(page, 'meetings-life')
  await page.getByRole('button', { name: '第一议题' }).click()
  await page.getByText('这一年还没有第一议题').waitFor()
  await axe(page)
})
