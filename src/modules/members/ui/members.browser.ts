import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { officers } from '#modules/identity/testing.ts'
import { axe } from '#testing/browser/axe.ts'
import { openBrowser, type Size, shot, type TestBrowser } from '#testing/browser/browser.ts'
import { fits } from '#testing/browser/fits.ts'
import { siteOf } from '#testing/browser/site.ts'
import { type World, world } from '#testing/world.ts'

const INPUTS = join(import.meta.dirname, '../../../testing/inputs')

let w: World
let url: string
let browser: TestBrowser
let worker: Awaited<ReturnType<typeof officers>>['worker']

beforeAll(async () => {
  w = await world({ signIn: 'real' })
  url = (await siteOf(w)).url
  browser = await openBrowser()
  worker = (await officers(w)).worker
})
afterAll(async () => {
  await browser.close()
  await w.close()
})

/** A page of the 党务干部, signed in. */
async function open(size: Size, path: string): Promise<Page> {
  const page = await browser.page(size, { base: url })
  // A browser takes such cookies from a safe address only; this machine's own counts as one.
  const safe = url.replace('http:', 'https:')
  await page.context().addCookies([...worker.jar].map(([name, value]) => ({ name, value, url: safe, secure: true })))
  await page.goto(path)
  return page
}

test('from an empty installation to the roster: the list of organisations, the roster, each checked before it is stored', async () => {
  const page = await open('desktop', '/organisation')
  await page.getByRole('heading', { name: '组织架构还是空的' }).waitFor()
  await axe(page)
  await shot(page, 'organisation-empty')
  await page.getByRole('link', { name: '导入组织信息表' }).click()
  await page.locator('input[type=file]').setInputFiles(join(INPUTS, '组织信息.xlsx'))
  await page.getByRole('heading', { name: '7 个党组织可以导入' }).waitFor()
  await axe(page)
  await shot(page, 'organisation-import')
  await page.getByRole('button', { name: '导入 7 个党组织' }).click()
  await page.getByRole('heading', { name: '已导入 7 个党组织' }).waitFor()

  await page.getByRole('link', { name: '接着导入花名册' }).click()
  await shot(page, 'members-import-empty')
  await page.locator('input[type=file]').setInputFiles(join(INPUTS, '党员基本信息汇总表.xlsx'))
  await page.getByRole('heading', { name: '81 人可以导入，5 行要你看一眼' }).waitFor()
  const shown = await page.locator('main').textContent()
  expect(shown).toContain('第 14 行')
  expect(shown).not.toMatch(/\d{15}/)
  await axe(page)
  await shot(page, 'members-import')
  await page.getByRole('button', { name: '先导入 81 人' }).click()
  await page.getByRole('heading', { name: '已导入 81 人' }).waitFor()
  await page.getByRole('link', { name: '去看看' }).click()
  await page.getByText('共 81 条').waitFor()
  await axe(page)
  await shot(page, 'docs/roster')
})

test('a file is read, a sealed number shown for a reason only, and Esc shuts it', async () => {
  const page = await open('desktop', '/members')
  await page.getByLabel('按姓名或工号的开头找').fill('钱某乙')
  await page.getByText('共 1 条').waitFor()
  await page.getByRole('button', { name: '钱某乙' }).click()
  await page.getByText('140***********1219').waitFor()
  await shot(page, 'docs/member-file')
  await page.getByRole('button', { name: '查看身份证号' }).click()
  await page.getByLabel('为什么要看').fill('核对组织关系介绍信')
  await page.getByLabel('为什么要看').press('Enter')
  await page.getByText('140102197110201219').waitFor()
  await axe(page)
  expect(page.url()).not.toContain('140102')
  await page.keyboard.press('Escape')
  await page.getByText('140102197110201219').waitFor({ state: 'detached' })
})

test('the tree shows set-up hints, founds a group, and on an earlier day it is not there', async () => {
  const page = await open('desktop', '/organisation')
  // What is read again last after founding comes after the day was chosen, which it must not take back.
  const late = Promise.withResolvers<void>()
  let founded = false
  await page.route(/organisation\.found/, (route) => {
    founded = true
    return route.continue()
  })
  await page.route(/organisation\.(?!tree|found)/, async (route) => {
    if (founded && !route.request().url().includes('on=')) await late.promise
    await route.continue()
  })
  await page.getByRole('button', { name: /^机电队党支部/ }).click()
  await page.getByText('应设支部委员会').waitFor()
  await axe(page)
  await shot(page, 'docs/organisation')
  await page.getByRole('button', { name: '成立党组织' }).click()
  await page.getByLabel('类别').selectOption('党小组')
  await page.getByLabel('全称').fill('机电队第一党小组')
  await shot(page, 'organisation-found')
  await axe(page)
  await page.getByRole('button', { name: '存入这个组织' }).click()
  await page.getByRole('heading', { name: '现有 8 个党组织' }).waitFor()
  await page.getByLabel('看哪一天').fill('2025-06-30')
  await page.getByRole('heading', { name: '2025年6月30日有 7 个党组织' }).waitFor()
  late.resolve()
  await page.getByText('机电队第一党小组已成立').waitFor()
  await page.getByRole('heading', { name: '2025年6月30日有 7 个党组织' }).waitFor()
  expect(page.url()).toContain('on=2025-06-30')
})

test('administrative units stand in a tree of their own; a wrong founding and a wrong start are put right', async () => {
  const page = await open('desktop', '/organisation?view=units')
  await page.getByText('共 9 个行政单位').waitFor()
  await page.locator('.unit-list .row-open').first().click()
  await axe(page)
  await shot(page, 'organisation-units')
  await page.goto('/organisation')
  await page.getByRole('button', { name: /^运输队党支部/ }).click()
  await page.getByRole('button', { name: '更正登记' }).click()
  await page.getByLabel('应当从哪一天起').waitFor()
  await axe(page)
  await shot(page, 'organisation-correct')
  await page.goto('/members')
  await page.getByLabel('按姓名或工号的开头找').fill('钱某乙')
  await page.getByText('共 1 条').waitFor()
  await page.getByRole('button', { name: '钱某乙' }).click()
  await page.getByRole('button', { name: '更正历史登记' }).click()
  await page.getByLabel('应当从哪一天起').fill('2025-03-01')
  await axe(page)
  await shot(page, 'member-correct')
  await page.getByRole('button', { name: '存入更正' }).click()
  await page.getByText('更正记录').waitFor()
  await shot(page, 'member-corrected')
})

test('on a phone the roster, a file and the tree are read without a sideways scroll', async () => {
  const page = await open('phone', '/members')
  await page.getByText('共 81 条').waitFor()
  await axe(page)
  await shot(page, 'members-phone')
  await page
    .getByRole('button', { name: /钱某乙/ })
    .first()
    .click()
  await page.getByText('140***********1219').waitFor()
  await shot(page, 'member-phone')
  await page.goto('/organisation')
  await page.getByRole('button', { name: /^机电队党支部/ }).waitFor()
  await shot(page, 'organisation-phone')
  await axe(page)
  await page.getByRole('button', { name: /^机电队党支部/ }).click()
  await page.getByText('应设支部委员会').waitFor()
  await shot(page, 'organisation-phone-open')
  await page.goto('/organisation?view=units')
  await page.getByText('共 9 个行政单位').waitFor()
  await shot(page, 'organisation-units-phone')
  await fits(page, 'units on a phone')
})
