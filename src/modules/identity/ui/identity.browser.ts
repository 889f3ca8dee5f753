import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { axe } from '#testing/browser/axe.ts'
import { openBrowser, type Size, shot, type TestBrowser } from '#testing/browser/browser.ts'
import { fits } from '#testing/browser/fits.ts'
import { type Site, siteOf } from '#testing/browser/site.ts'
import { givePost, makeMember, makeOrg } from '#testing/people.ts'
import type { Visitor } from '#testing/visitor.ts'
import { type World, world } from '#testing/world.ts'
import { activated, begin } from '../testing.ts'

let w: World
let site: Site
let browser: TestBrowser
let system: Visitor
let security: Visitor
let audit: Visitor
let worker: Visitor

beforeAll(async () => {
  w = await world({ signIn: 'real' })
  site = await siteOf(w)
  browser = await openBrowser()
  system = await begin(w)
})
afterAll(async () => {
  await browser.close()
  await w.close()
})

/** A page of the officer, signed in with the cookies of the visitor. */
const open = (who: Visitor, size: Size, path: string): Promise<Page> => site.pageFor(browser, size, who, path)

test('the first officer calls the others in with slips on paper, until the line about the offices is gone', async () => {
  const page = await open(system, 'desktop', '/')
  await page.getByRole('heading', { name: '先把另外两位管理员和党务干部请进来' }).waitFor()
  await page.getByText('三员尚未分设：还缺安全管理员、审计管理员').waitFor()
  await axe(page)
  await shot(page, 'accounts-first')
  const call = async (office: string, name: string, login: string) => {
    await page.getByRole('listitem').filter({ hasText: office }).getByRole('button', { name: '发开通条' }).click()
    await page.getByLabel('姓名').fill(name)
    await page.getByLabel('工号或手机号').fill(login)
    if (login === 'A1004') await shot(page, 'accounts-issue')
    await page.getByRole('button', { name: '做一张开通条' }).click()
    const code = (await page.locator('.slip-code').textContent())!
    if (login === 'A1004') {
      await axe(page)
      await shot(page, 'accounts-slip')
    }
    await page.getByRole('button', { name: '已经收好，离开' }).click()
    await expect.poll(() => page.getByText(code).count()).toBe(0)
    return activated(w, login, code)
  }
  worker = await call('党务干部', '赵某某', 'A1004')
  audit = await call('审计管理员', '孙某某', 'A1003')
  security = await call('安全管理员', '李某某', 'A1002')
  await page.reload()
  await page.getByRole('heading', { name: '账号和开通条' }).waitFor()
  expect(await page.getByText('三员尚未分设').count()).toBe(0)
})

test('slips in bulk: look first, issue, print, and revoke what was lost', async () => {
  const committee = await makeOrg(w, { kind: 'partyCommittee', name: '示例矿业集团党委' })
  const branch = await makeOrg(w, { kind: 'partyBranch', parentId: committee, name: '机电队党支部' })
  const names = ['钱某甲', '钱某乙', '钱某丙', '钱某丁', '钱某戊']
  const people: string[] = []
  for (const [i, name] of names.entries()) people.push(await makeMember(w, branch, { name, ...(i < 4 ? { staffNo: `B200${i}` } : {}) }))
  await givePost(w, branch, people[0]!, 'partySecretary')

  const page = await open(system, 'desktop', '/accounts')
  await page.getByRole('button', { name: '按名册发开通条' }).click()
  await page.getByRole('button', { name: '给 4 人发开通条' }).waitFor()
  await axe(page)
  await shot(page, 'slips-preview')
  await page.getByLabel('书记', { exact: true }).check()
  await page.getByRole('button', { name: '给 1 人发开通条' }).waitFor()
  await page.getByLabel('书记', { exact: true }).uncheck()
  await page.getByRole('button', { name: '给 4 人发开通条' }).click()
  await page.getByRole('button', { name: '打印 4 张' }).waitFor()
  await axe(page)
  await shot(page, 'slips-paper')
  await page.emulateMedia({ media: 'print' })
  await shot(page, 'slips-print')
  await page.emulateMedia({ media: 'screen' })
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: '存成 Excel' }).click()])
  expect(file.suggestedFilename()).toBe('开通条-全部组织.xlsx')
  await page.getByRole('button', { name: '已经收好，离开' }).click()
  await page.getByRole('button', { name: '发过的开通条' }).click()
  await page.getByText('0 / 4').waitFor()
  await axe(page)
  await shot(page, 'slips-batches')
  await page.getByRole('button', { name: '全部账号' }).click()
  await page.getByRole('button', { name: /李某某/ }).click()
  await page.getByText('Windows 上的 Chrome').waitFor()
  await axe(page)
  await shot(page, 'accounts-list')
})

test('the 党务干部 asks for a grant, the security officer approves it, the audit officer sees both', async () => {
  const asking = await open(worker, 'desktop', '/grants')
  await asking.getByRole('button', { name: '申请一项授权' }).click()
  await asking.getByLabel('给谁').fill('钱某甲')
  await asking.getByRole('option', { name: /钱某甲（/ }).click()
  await asking.getByLabel('按哪个职务的权限').selectOption('考核组成员')
  await asking.getByLabel('在哪个组织').fill('机电')
  await asking.getByRole('option', { name: /机电队党支部（示例/ }).waitFor()
  await shot(asking, 'grants-pick')
  await asking.getByRole('option', { name: /机电队党支部（示例/ }).click()
  await asking.getByLabel('理由').fill('参加年度考核')
  await shot(asking, 'grants-ask')
  await asking.getByRole('button', { name: '提交申请' }).click()
  await asking.getByText('等安全管理员', { exact: true }).waitFor()

  const page = await open(security, 'desktop', '/')
  await page.getByRole('heading', { name: '1 项授权等核准' }).waitFor()
  await axe(page)
  await shot(page, 'grants')
  await page.getByRole('button', { name: '核准', exact: true }).click()
  await page.getByRole('heading', { name: '没有等核准的授权' }).waitFor()

  const reading = await open(audit, 'desktop', '/')
  await reading.getByText('核准授权').first().waitFor()
  await axe(reading)
  await shot(reading, 'audit')
})

test('one’s own page tells every sign-in and binds a second factor', async () => {
  const page = await open(security, 'desktop', '/me')
  await page.getByRole('heading', { name: '登录记录' }).waitFor()
  await page.getByText('用一次性码设置了密码').waitFor()
  await page.getByRole('button', { name: '绑定' }).click()
  await page.getByLabel('现在的密码').last().fill('not this one at all')
  await page.getByRole('button', { name: '下一步' }).click()
  await page.getByText('现在的密码不对').waitFor()
  await axe(page)
  await shot(page, 'me-security')
})

test('on a phone the pages of the officers need no sideways scroll', async () => {
  for (const [who, path, name] of [
    [system, '/accounts', 'accounts-phone'],
    [security, '/grants', 'grants-phone'],
    [audit, '/audit', 'audit-phone'],
  ] as const) {
    const page = await open(who, 'phone', path)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.waitForLoadState('networkidle')
    await axe(page)
    await shot(page, name)
    await fits(page, path)
  }
})
