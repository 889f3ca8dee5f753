import type { Page } from 'playwright-core'

export const PASSWORD = '海阔凭鱼跃-天高任鸟飞翔'
export const UNIT = '示例矿业集团有限公司'
/** The 工号 of the first 系统管理员 of the journeys. */
export const FIRST = 'A1001'

/** Fills in the first run: the unit and its first 系统管理员. */
export async function firstRun(page: Page, code: string): Promise<void> {
  await page.goto('/')
  await page.getByLabel('一次性开通码').fill(code)
  await page.getByLabel('单位名称').fill(UNIT)
  await page.getByLabel('系统管理员姓名').fill('王某某')
  await page.getByLabel('工号或手机号（登录用）').fill(FIRST)
  await page.getByLabel('密码', { exact: true }).fill(PASSWORD)
  await page.getByLabel('再填一遍').fill(PASSWORD)
  await page.getByRole('button', { name: '建好单位并登录' }).click()
  await page.getByRole('button', { name: '王某某' }).waitFor()
}

/** Makes a slip for an office and reads its code off the paper. */
export async function slipFor(page: Page, office: string, name: string, login: string): Promise<string> {
  await page.getByRole('listitem').filter({ hasText: office }).getByRole('button', { name: '发开通条' }).click()
  await page.getByLabel('姓名').fill(name)
  await page.getByLabel('工号或手机号').fill(login)
  await page.getByRole('button', { name: '做一张开通条' }).click()
  const code = (await page.locator('.slip-code').textContent())!
  await page.getByRole('button', { name: '已经收好，离开' }).click()
  return code
}

/** Comes with a slip for the first time. */
export async function activate(page: Page, login: string, code: string): Promise<void> {
  await page.goto('/')
  await page.getByRole('button', { name: '第一次登录，用开通码' }).click()
  await page.getByLabel('账号').fill(login)
  await page.getByLabel('一次性开通码').fill(code)
  await page.getByLabel('新密码').fill(PASSWORD)
  await page.getByLabel('再填一遍').fill(PASSWORD)
  await page.getByRole('button', { name: '设密码并登录' }).click()
  await page.getByRole('heading', { level: 1 }).filter({ hasNotText: '首次登录' }).waitFor()
}

/** Signs in with 工号 and password. */
export async function signIn(page: Page, login: string, at = '/'): Promise<void> {
  await page.goto(at)
  await page.getByLabel('账号').fill(login)
  await page.getByLabel('密码', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await page.getByRole('main').getByRole('heading', { level: 1 }).filter({ hasNotText: '登录' }).waitFor()
}
