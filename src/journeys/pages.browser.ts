import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { officers } from '#modules/identity/testing.ts'
import { axe } from '#testing/browser/axe.ts'
import { openBrowser, type Size, shot, type TestBrowser, VIEWPORTS } from '#testing/browser/browser.ts'
import { fits } from '#testing/browser/fits.ts'
import { quietOf } from '#testing/browser/quiet.ts'
import { siteOf } from '#testing/browser/site.ts'
import { type Branch, makeBranch, meetingOf } from '#testing/meetings.ts'
import { givePost } from '#testing/people.ts'
import { type World, world } from '#testing/world.ts'
import { openAs, openWith } from './as.ts'

let w: World
let url: string
let browser: TestBrowser
let b: Branch
let three: Awaited<ReturnType<typeof officers>>
beforeAll(async () => {
  w = await world()
  url = (await siteOf(w)).url
  browser = await openBrowser()
  three = await officers(w)
  b = await makeBranch(w, { full: 21, probationary: 2, name: '机电队党支部' })
  await makeBranch(w, { committeeId: b.committeeId, name: '运转队党支部' })
  await givePost(w, b.committeeId, b.members[0]!, 'partySecretary')
  await givePost(w, b.committeeId, b.members[0]!, 'partyAffairsWorker')
  await w.done(b.commissioner, 'meetings.record', meetingOf(b))
  await w.ledger.number()
})
afterAll(async () => {
  await browser.close()
  await w.close()
})

/** Pictures of every page take as long as looking at them does: `RONGJIAN_PICTURES=1`. */
const PICTURES = process.env.RONGJIAN_PICTURES === '1'

const PEOPLE = {
  secretary: (size: Size, path: string) => openAs({ w, url, browser }, b.secretary, size, path),
  committee: (size: Size, path: string) => openAs({ w, url, browser }, b.members[0]!, size, path),
  member: (size: Size, path: string) => openAs({ w, url, browser }, b.members[5]!, size, path),
  system: (size: Size, path: string) => openWith({ url, browser }, three.system, size, path),
  security: (size: Size, path: string) => openWith({ url, browser }, three.security, size, path),
  audit: (size: Size, path: string) => openWith({ url, browser }, three.audit, size, path),
}
type Who = keyof typeof PEOPLE

async function settled(page: Page) {
  await page.getByRole('main').getByRole('heading', { level: 1 }).waitFor()
  await page.waitForLoadState('networkidle')
}

async function menuOf(page: Page): Promise<string[]> {
  const links = await page.locator('.side-nav a').evaluateAll((all) => all.map((a) => new URL((a as HTMLAnchorElement).href).pathname))
  return [...new Set(links)]
}

/** Clicks an entry of the menu, in whichever group it is folded away. */
async function choose(page: Page, path: string) {
  const entry = page.locator(`.side-nav a[href="${path}"]`).first()
  if (!(await entry.isVisible()))
    await page
      .locator('.side-group', { has: page.locator(`a[href="${path}"]`) })
      .locator('h2 button')
      .first()
      .click()
  await entry.click()
}

describe('every page of the menu', () => {
  test.each(Object.keys(PEOPLE) as Who[])('of %s is without barriers, on a desktop and on a phone', { timeout: 240_000 }, async (who) => {
    const page = await PEOPLE[who]('desktop', '/me')
    await settled(page)
    const quiet = quietOf(page)
    const menu = await menuOf(page)
    expect(menu.length).toBeGreaterThan(0)
    for (const path of ['/me', ...menu]) {
      if (path !== '/me') await choose(page, path)
      await page.waitForURL((at) => at.pathname === path)
      for (const size of ['phone', 'desktop'] as const) {
        await page.setViewportSize(VIEWPORTS[size])
        await page.getByRole('main').getByRole('heading', { level: 1 }).waitFor()
        await quiet()
        expect(await page.getByRole('alert').allTextContents(), `${who} ${path}`).toEqual([])
        await axe(page)
        if (PICTURES) await shot(page, `page-${who}${path.replaceAll('/', '-')}-${size}`)
        await fits(page, `${path} on a ${size}`)
      }
    }
  })
})

test('who has no right to a page finds it in no menu, and at its address is told whose it is', async () => {
  const page = await PEOPLE.member('desktop', '/')
  await settled(page)
  const menu = await menuOf(page)
  for (const path of ['/accounts', '/audit', '/grants', '/ledger', '/record']) expect(menu).not.toContain(path)
  for (const [path, said] of [
    ['/accounts', '「账号」由系统管理员和安全管理员打开'],
    ['/audit', '「操作留痕」由审计管理员打开'],
    ['/ledger', '「账本校验」由支部委员、党务干部和管理员打开'],
  ] as const) {
    await page.goto(path)
    await page.getByRole('heading', { name: said }).waitFor()
  }
  await axe(page)
  await shot(page, 'not-yours')

  const officer = await PEOPLE.system('phone', '/members')
  await officer.getByRole('heading', { name: '「党员名册」由支部委员和党务干部打开' }).waitFor()
  await shot(officer, 'not-yours-phone')
  expect(await officer.content()).not.toContain('机电队')
})

/** What has the focus, and whether an eye can see that. */
const focus = (page: Page) =>
  page.evaluate(async () => {
    // A style that changes is at its new value one frame later.
    for (let i = 0; i < 2; i++) await new Promise(requestAnimationFrame)
    const on = document.activeElement as HTMLElement
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(on)
    const seen = (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2) || boxShadow !== 'none'
    const name = on.getAttribute('aria-label') ?? on.textContent ?? ''
    return { tag: on.tagName, name: name.trim(), className: on.className, seen }
  })

async function tabTo(page: Page, wanted: (at: Awaited<ReturnType<typeof focus>>) => boolean): Promise<void> {
  for (let i = 0; i < 60; i++) {
    await page.keyboard.press('Tab')
    const at = await focus(page)
    expect(at.seen, `the focus can be seen on ${at.tag} ${at.name}`).toBe(true)
    if (wanted(at)) return
  }
  throw new Error('not reached with sixty tabs')
}

test('by keyboard alone: past the menu, into a list, open a row, shut it with Esc, and on to another page', async () => {
  const page = await PEOPLE.secretary('desktop', '/members')
  await page.getByText('共 23 条').waitFor()
  await page.keyboard.press('Tab')
  expect(await focus(page)).toMatchObject({ name: '跳到正文', seen: true })
  await page.keyboard.press('Enter')
  await tabTo(page, ({ className }) => className.includes('row-open'))
  const first = (await focus(page)).name
  await page.keyboard.press('ArrowDown')
  const second = await focus(page)
  expect(second.name).not.toBe(first)
  await page.keyboard.press('Enter')
  const detail = page.getByRole('region', { name: second.name })
  await detail.waitFor()
  await page.keyboard.press('Escape')
  await detail.waitFor({ state: 'detached' })
  expect((await focus(page)).name, 'the focus is still on the row').toBe(second.name)

  await page.goto('/workbench')
  await settled(page)
  await tabTo(page, ({ tag, name }) => tag === 'A' && name.startsWith('记工作'))
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: '记一次会议' }).waitFor()
  await tabTo(page, ({ name }) => name === '党员大会')
  await page.keyboard.press('Space')
  expect(await page.getByRole('button', { name: '党员大会', exact: true }).getAttribute('aria-pressed')).toBe('true')
})

test('a fact of the branch is proven by the browser itself, and the code of the head can be copied to paper', async () => {
  for (const size of ['desktop', 'phone'] as const) {
    const page = await PEOPLE.secretary(size, '/ledger')
    await page.getByRole('heading', { name: /账本记到第 \d+ 条实绩/ }).waitFor()
    const row = (await w.done(b.secretary, 'ledger.facts', { orgId: b.id })).items.find(({ kind }) => kind === 'meeting.held')!
    await page.getByLabel('实绩编号').fill(String(row.n))
    await page.getByRole('button', { name: '查这一条' }).click()
    await page.getByText('在账本中，已验证').waitFor()
    await page.getByText('看原文和证明').click()
    await axe(page)
    await shot(page, `ledger-${size}`, { full: true })
  }
})

test('a server that shows another text than was numbered is caught by the browser', async () => {
  const page = await PEOPLE.secretary('desktop', '/ledger')
  const row = (await w.done(b.secretary, 'ledger.facts', { orgId: b.id })).items.find(({ kind }) => kind === 'meeting.held')!
  await page.route('**/api/ledger.proof*', async (route) => {
    const answer = await route.fetch()
    await route.fulfill({ response: answer, body: (await answer.text()).replace(/2026-09-10/g, '2026-09-11') })
  })
  await page.getByLabel('实绩编号').fill(String(row.n))
  await page.getByRole('button', { name: '查这一条' }).click()
  await page.getByText('原文与它的摘要不符').waitFor()
  expect(await page.getByText('已验证').count()).toBe(0)
})

test('the audit officer verifies the whole ledger from the page', async () => {
  const page = await PEOPLE.audit('desktop', '/ledger')
  await page.getByRole('button', { name: '现在校验' }).click()
  await page.getByText('账本完好').waitFor({ timeout: 60_000 })
  await axe(page)
  await shot(page, 'ledger-audit')
})
