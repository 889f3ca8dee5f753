import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { axe } from '#testing/browser/axe.ts'
import { openBrowser, shot, type TestBrowser } from '#testing/browser/browser.ts'
import { installed } from '#testing/browser/installed.ts'
import { activate, FIRST, firstRun, signIn, slipFor } from './people.ts'

const INPUTS = join(import.meta.dirname, '../testing/inputs')

let site: Awaited<ReturnType<typeof installed>>
let browser: TestBrowser
beforeAll(async () => {
  site = await installed()
  browser = await openBrowser()
})
afterAll(async () => {
  await browser.close()
  await site.close()
})

const codes: Record<string, string> = {}
const missing = (page: { getByText: (text: string) => { count: () => Promise<number> } }) => page.getByText('三员尚未分设').count()

test('the code that the first start prints makes the unit and its first officer, who calls the others in on paper', async () => {
  const page = await browser.page('desktop', { base: site.url })
  await firstRun(page, site.code)
  await page.getByText('三员尚未分设：还缺安全管理员、审计管理员').waitFor()
  await shot(page, 'journey-first-officer')
  codes.worker = await slipFor(page, '党务干部', '赵某某', 'A1004')
  codes.audit = await slipFor(page, '审计管理员', '孙某某', 'A1003')
  codes.security = await slipFor(page, '安全管理员', '李某某', 'A1002')
  expect(await missing(page), 'a slip alone fills no office').toBe(1)
  await axe(page)
})

test('each sets a password with the slip, which works once; the line about the offices goes with the last of them', async () => {
  const worker = await browser.page('desktop', { base: site.url })
  await activate(worker, 'A1004', codes.worker!)
  expect(await missing(worker)).toBe(1)

  const again = await browser.page('phone', { base: site.url })
  await again.goto('/')
  await again.getByRole('button', { name: '第一次登录，用开通码' }).click()
  await again.getByLabel('账号').fill('A1004')
  await again.getByLabel('一次性开通码').fill(codes.worker!)
  await again.getByLabel('新密码').fill('另一个人-想用-同一张条')
  await again.getByLabel('再填一遍').fill('另一个人-想用-同一张条')
  await again.getByRole('button', { name: '设密码并登录' }).click()
  await again.getByRole('alert').waitFor()
  expect((await again.request.get('/api/identity.session')).status()).toBe(401)

  for (const [login, code] of [
    ['A1003', codes.audit!],
    ['A1002', codes.security!],
  ] as const) {
    const page = await browser.page('desktop', { base: site.url })
    await activate(page, login, code)
    await axe(page)
  }
  await worker.reload()
  await worker.getByRole('heading', { level: 1 }).waitFor()
  expect(await missing(worker)).toBe(0)
})

test('the 党务干部 imports organisations and the roster after seeing what is wrong, and opens a file', async () => {
  const page = await browser.page('desktop', { base: site.url })
  await signIn(page, 'A1004', '/organisation')
  await page.getByRole('heading', { name: '组织架构还是空的' }).waitFor()
  await page.getByRole('link', { name: '导入组织信息表' }).click()
  await page.locator('input[type=file]').setInputFiles(join(INPUTS, '组织信息.xlsx'))
  await page.getByRole('button', { name: '导入 7 个党组织' }).click()
  await page.getByRole('link', { name: '接着导入花名册' }).click()

  await page.locator('input[type=file]').setInputFiles(join(INPUTS, '党员基本信息汇总表.xlsx'))
  await page.getByRole('heading', { name: '81 人可以导入，5 行要你看一眼' }).waitFor()
  expect(await page.getByRole('list', { name: '有错的行' }).getByRole('listitem').count()).toBeGreaterThanOrEqual(5)
  const { rows } = await site.installation.database.pool.query('select count(*)::int as n from members.membership')
  expect(rows[0].n, 'looking stores nothing').toBe(0)
  await shot(page, 'journey-import')
  await page.getByRole('button', { name: '先导入 81 人' }).click()
  await page.getByRole('link', { name: '去看看' }).click()
  await page.getByText('共 81 条').waitFor()
  await shot(page, 'journey-roster')
  await page.getByRole('row').nth(1).getByRole('button').click()
  await page.getByRole('region').getByText('身份证号').first().waitFor()
  await axe(page)
})

test('the officers see no member, and the first of them signs in again to the accounts', async () => {
  const page = await browser.page('desktop', { base: site.url })
  await signIn(page, FIRST)
  await page.getByRole('heading', { name: '账号和开通条' }).waitFor()
  expect(await page.getByRole('link', { name: '党员名册' }).count()).toBe(0)
  expect((await page.request.get('/api/members.list')).status()).not.toBe(200)
})
