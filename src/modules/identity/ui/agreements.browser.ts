import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { axe } from '#testing/browser/axe.ts'
import { openBrowser, type Size, shot, type TestBrowser } from '#testing/browser/browser.ts'
import { type Site, siteOf } from '#testing/browser/site.ts'
import { givePost, makeMember, makeOrg } from '#testing/people.ts'
import type { Visitor } from '#testing/visitor.ts'
import { OWNER, type World, world } from '#testing/world.ts'
import { activated, officers, PASSWORD } from '../testing.ts'

let w: World
let site: Site
let browser: TestBrowser
let system: Visitor
let security: Visitor
let audit: Visitor
let secretary: Visitor
let deputy: Visitor
let person: string

beforeAll(async () => {
  w = await world({ signIn: 'real' })
  site = await siteOf(w)
  browser = await openBrowser()
  ;({ system, security, audit } = await officers(w))
  const branch = await makeOrg(w, { kind: 'partyBranch', name: '综采一队党支部' })
  for (let i = 0; i < 58; i++) await makeMember(w, branch)
  person = await makeMember(w, branch, { name: '钱某某', staffNo: 'B1' })
  await givePost(w, branch, person, 'partySecretary')
  await givePost(w, branch, await makeMember(w, branch, { name: '周某某', staffNo: 'B2' }), 'deputySecretary')
  const { version } = await w.done(OWNER, 'members.get', { personId: person })
  await w.done(OWNER, 'members.edit', { personId: person, version, name: '钱某某', staffNo: 'B1', profile: { phone: '13900001001' } })
  const { slips } = await system.done('identity.issueSlips', { title: '全部' })
  const enter = (login: string) => activated(w, login, slips.find((slip) => slip.login === login)!.code)
  secretary = await enter('B1')
  deputy = await enter('B2')
})
afterAll(async () => {
  await browser.close()
  await w.close()
})

const open = (who: Visitor, size: Size, path: string): Promise<Page> => site.pageFor(browser, size, who, path)

test('a roster of many leaves when the deputy agrees: asked for on the roster, decided on a phone, taken once', async () => {
  const page = await open(secretary, 'desktop', '/members')
  await page.getByRole('button', { name: '导出 Excel（要另一人同意）' }).click()
  await page.getByRole('heading', { name: '提出导出 60 人' }).waitFor()
  await axe(page)
  await page.getByRole('button', { name: '提出，请另一人同意' }).click()
  await page.getByText('请写明导出来做什么').waitFor()
  await page.getByLabel('导出来做什么').fill('年度党内统计核对')
  await shot(page, 'export-asked')
  await page.getByRole('button', { name: '提出，请另一人同意' }).click()
  await page.getByText('已提出。对方同意后').waitFor()

  const phone = await open(deputy, 'phone', '/workbench')
  await phone.getByRole('heading', { name: '1 件事等你同意' }).waitFor()
  await phone.getByText('综采一队党支部（含下级），正式党员、预备党员，60 人').waitFor()
  await axe(phone)
  await phone.getByRole('heading', { name: '1 件事等你同意' }).scrollIntoViewIfNeeded()
  await shot(phone, 'export-to-agree-phone')
  await w.pool.query(`update identity.session set proven_at = now() - interval '10 minutes'`)
  await phone.getByRole('button', { name: '同意', exact: true }).click()
  await phone.getByRole('dialog').getByRole('button', { name: '同意', exact: true }).click()
  await phone.getByRole('heading', { name: '请确认是你本人' }).waitFor()
  await axe(phone)
  await shot(phone, 'prove-self-phone')
  await phone.getByLabel('现在的密码').fill('wrong')
  await phone.getByRole('button', { name: '确认并继续' }).click()
  await phone.getByRole('alert').filter({ hasText: '现在的密码不对' }).waitFor()
  await phone.getByLabel('现在的密码').fill(PASSWORD)
  await phone.getByRole('button', { name: '确认并继续' }).click()
  await phone.getByText('已同意').first().waitFor()

  await page.goto('/workbench')
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: '周某某 已同意，导出 Excel' }).click()])
  expect(file.suggestedFilename()).toMatch(/^党员名册-.*\.xlsx$/)
  await page.getByText('已用过').waitFor()
  await shot(page, 'export-used')
})

test('a sealed field asks for the password once more, and shows when it was right', async () => {
  await w.pool.query(`update identity.session set proven_at = now() - interval '10 minutes'`)
  const page = await open(secretary, 'desktop', `/members?open=${person}`)
  await page.getByRole('button', { name: '查看电话' }).click()
  await page.getByLabel('为什么要看（会记录在案）').fill('通知开会')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: '请确认是你本人' }).waitFor()
  await shot(page, 'prove-self')
  await page.keyboard.press('Escape')
  await page.getByText('这一步要先确认是你本人').waitFor()
  expect(await page.getByText('13900001001').count()).toBe(0)
  await page.getByLabel('为什么要看（会记录在案）').press('Enter')
  await page.getByLabel('现在的密码').fill(PASSWORD)
  await page.keyboard.press('Enter')
  await page.getByText('13900001001').waitFor()
})

test('an officer’s password is reset by two: one asks, another agrees, then the first gives the code', async () => {
  const page = await open(system, 'desktop', '/accounts')
  await page.getByRole('button', { name: /李某某/ }).click()
  await page.getByText('要两个人才能重设').waitFor()
  await page.getByRole('button', { name: '提出重设密码' }).click()
  await page.getByLabel('核对了什么证件').fill('工作证')
  await shot(page, 'reset-ask')
  await page.getByRole('button', { name: '提出，请另一位管理员同意' }).click()
  await page.getByText('已提出，等另一位管理员同意').waitFor()

  const other = await open(audit, 'desktop', '/audit')
  await w.pool.query(`update identity.session set proven_at = now() - interval '10 minutes'`)
  await other.getByText('安全管理员 李某某').waitFor()
  await axe(other)
  await shot(other, 'reset-to-agree')
  await other.getByRole('button', { name: '同意', exact: true }).click()
  await other.getByRole('dialog').getByRole('button', { name: '同意', exact: true }).click()
  const proof = other.getByLabel('现在的密码')
  await proof.fill(PASSWORD)
  await other.getByRole('button', { name: '确认并继续' }).click()
  await other.getByText('已同意').first().waitFor()

  await page.goto('/accounts')
  await page.getByText('已同意，请到账号里发码').waitFor()
  await page.getByRole('button', { name: /李某某/ }).click()
  await page.getByRole('button', { name: '当面重设密码' }).click()
  await page.getByLabel('核对了什么证件').fill('工作证')
  await page.getByRole('button', { name: '发一次性码' }).click()
  await page.getByLabel('现在的密码').fill(PASSWORD)
  await page.getByRole('button', { name: '确认并继续' }).click()
  await page.locator('.slip-code').waitFor()
  expect((await security.call('identity.session', {})).status).toBe(200)
})

test('another person at the same machine sees nothing of a draft that was left, its owner does', async () => {
  const page = await open(secretary, 'desktop', '/record')
  await page.getByLabel('议题 1', { exact: true }).fill('只有我看得到的草稿')
  await expect.poll(() => page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('rongjian.draft.')).length)).toBe(1)
  const own = await secretary.done('identity.session', {})
  expect(await page.evaluate(() => Object.keys(localStorage).join())).toContain(own.account.id)
  const as = async (who: Visitor) => {
    await page.context().clearCookies()
    await site.showAs(page, who, '/record')
    await page.getByLabel('议题 1', { exact: true }).waitFor()
  }
  await as(deputy)
  expect(await page.getByLabel('议题 1', { exact: true }).inputValue()).toBe('')
  expect(await page.getByText('只有我看得到的草稿').count()).toBe(0)
  await as(secretary)
  await expect.poll(() => page.locator('body').innerHTML()).toContain('只有我看得到的草稿')
})
