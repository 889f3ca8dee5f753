import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { axe } from '#testing/browser/axe.ts'
import { openBrowser, type Size, shot, type TestBrowser } from '#testing/browser/browser.ts'
import { fits } from '#testing/browser/fits.ts'
import { type Site, siteOf } from '#testing/browser/site.ts'
import { type World, world } from '#testing/world.ts'
import { hold, makeUnit, number, type Unit } from '../testing.ts'

let w: World
let site: Site
let browser: TestBrowser
let unit: Unit
let draft: string

beforeAll(async () => {
  w = await world()
  site = await siteOf(w)
  browser = await openBrowser()
  w.setNow(new Date('2025-01-02T02:00:00Z'))
  unit = await makeUnit(w, 2)
  for (const on of ['2025-02-12', '2025-05-12', '2025-08-12', '2025-11-12']) await hold(w, unit.branches[0]!, ['memberAssembly'], on)
  w.setNow(new Date('2026-02-20T02:00:00Z'))
  draft = (await w.done(unit.officer, 'evaluation.copyShipped', { orgId: unit.committeeId, shipped: '04-quality-system-branch' })).id
  await number(w)
}, 120_000)
afterAll(async () => {
  await browser.close()
  await w.close()
})

const open = (size: Size, as: string, path: string): Promise<Page> => site.pageOf(browser, size, as, path)

const RULES = ['做到给分', '按比例', '扣分', '步骤分', '分档', '酌情', '加分（百分之外）', '总分外扣分', '清零', '否决', '名次', '层级']

test('an officer copies a scheme, tries every scoring kind, sees the trial and the health check follow, saves and publishes', async () => {
  const page = await open('desktop', unit.officer, '/evaluation/schemes')
  await page.getByRole('button', { name: /随产品带的公开方案/ }).click()
  await page
    .getByRole('row', { name: /党支部基本组织生活对照表/ })
    .getByRole('button', { name: /复制成草稿/ })
    .click()
  await page.getByRole('heading', { level: 1, name: /党支部基本组织生活对照表/ }).waitFor()

  await page.getByLabel('分值', { exact: true }).fill('8')
  await page.getByText(/毫秒算完/).waitFor()
  await page.getByText('分值合计不对').waitFor()
  expect(await page.getByText(/2025 年 2 个组织/).count()).toBe(1)
  await page.getByLabel('分值', { exact: true }).fill('5')

  const rule = page.getByRole('region', { name: '第 1 条规则' })
  for (const kind of RULES) {
    await rule.getByLabel('计分方式').selectOption({ label: kind })
    expect(await rule.getByLabel('计分方式').locator('option:checked').textContent()).toBe(kind)
    expect(await rule.locator('input, select').count(), kind).toBeGreaterThan(2)
  }
  await rule.getByLabel('计分方式').selectOption({ label: '扣分' })
  await rule.getByLabel('每次扣').fill('2')

  await page.getByRole('button', { name: '结果运用' }).click()
  await page.getByRole('button', { name: '加一条结果运用' }).click()
  await page.getByLabel('用到哪里').fill('单位年度绩效')
  await page.getByRole('button', { name: '加上计算公式' }).click()
  await page.getByLabel('公式·第 1 部分取哪个').selectOption({ label: '得分率' })
  await page.getByLabel('公式·第 2 部分是什么').selectOption({ label: '填报的数' })
  await page.getByLabel('公式·第 2 部分的内容').fill('生产经营绩效总分')
  await page.getByRole('button', { name: '文字（YAML）' }).click()
  const written = await page.getByLabel('方案文字（YAML）').inputValue()
  expect(written.replace(/\s/g, '')).toContain('"formula":{"multiply":[{"result":"rate"},{"input":"生产经营绩效总分"}]}')
  await page.getByRole('button', { name: '表单', exact: true }).click()
  await axe(page)
  await shot(page, 'evaluation-scheme-desktop')
  await page.getByRole('button', { name: '保存草稿' }).click()
  await page.getByText('草稿已保存').waitFor()

  await page.getByRole('button', { name: '凭文号发布' }).click()
  await page.getByLabel('文号').fill('示例党发〔2026〕1号')
  await page.getByRole('button', { name: '发布这份方案' }).click()
  await page.getByText('已发布 第 1 版').waitFor()
  expect(await page.getByRole('button', { name: '保存草稿' }).count()).toBe(0)
  expect(await page.getByLabel('每次扣').isDisabled()).toBe(true)
  await page.close()
})

test('the text of a scheme that cannot be read names the place and leaves the form as it was', async () => {
  const page = await open('desktop', unit.officer, `/evaluation/schemes/${draft}`)
  await page.getByRole('button', { name: '文字（YAML）' }).click()
  const text = page.getByLabel('方案文字（YAML）')
  await text.fill((await text.inputValue()).replace('notApplicable:', 'notAplicable:'))
  await page.getByRole('button', { name: '按这份文字改表单' }).click()
  await page.getByText(/不认识的项「notAplicable」/).waitFor()
  expect(await page.getByRole('button', { name: '保存草稿' }).count()).toBe(0)
  await page.close()
})

test('on a phone a value is entered by hand with its source, and stands in the list with who entered it', async () => {
  const page = await open('phone', unit.officer, '/evaluation/entries')
  await page.getByLabel('方案', { exact: true }).selectOption({ label: '党建工作质量管理体系考核表（党支部）（草稿）' })
  await page.getByRole('button', { name: /^制度健全/ }).click()
  await page.getByRole('button', { name: /第1党支部.*去填/ }).click()
  await page.getByText('填数', { exact: true }).click()
  await page.getByLabel('数值').fill('2')
  await page.getByRole('button', { name: '存入这一项' }).click()
  await page.getByText('请写明数据来源：哪个部门、哪份文件').waitFor()
  await page.getByLabel('数据来源').fill('考核组 2026 年 1 月核查单')
  await page.getByRole('button', { name: '存入这一项' }).click()
  await page.getByText(/来源：考核组 2026 年 1 月核查单/).waitFor()
  expect(await page.getByRole('button', { name: /第1党支部.*去填/ }).count()).toBe(0)
  await fits(page, 'entries on a phone')
  await axe(page)
  await shot(page, 'evaluation-entries-phone')
  await page.close()
})

test('a branch secretary reads schemes but finds nothing to change, and learns nothing of drafts', async () => {
  const page = await open('desktop', unit.branches[0]!.secretary, '/evaluation/schemes')
  await page.getByText('党支部基本组织生活对照表').first().waitFor()
  expect(await page.getByText('党建工作质量管理体系考核表').count()).toBe(0)
  expect(await page.getByRole('button', { name: /复制成草稿|导入方案文件/ }).count()).toBe(0)
  expect(await page.getByRole('link', { name: '填报数据' }).count()).toBe(0)
  await page.close()
})
