import { mkdir } from 'node:fs/promises'
import { networkInterfaces } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { type Browser, type BrowserContext, chromium, type Page, type Route } from 'playwright-core'
import { findChromium } from './chromium.ts'

export type Size = 'desktop' | 'phone'

export const VIEWPORTS = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } } as const

const SIZES = {
  desktop: { viewport: VIEWPORTS.desktop, deviceScaleFactor: 1 },
  phone: { viewport: VIEWPORTS.phone, deviceScaleFactor: 2, hasTouch: true, isMobile: true },
} as const

/** A started browser that gives pages and, when closed, fails if any of them complained. */
export interface TestBrowser extends AsyncDisposable {
  /** A page in a context of its own (own cookies, own storage). `expects` are complaints that the test provokes on purpose. */
  page: (size: Size, options?: PageOptions) => Promise<Page>
  /** A second page in the context of another, as a second tab. */
  tab: (of: Page) => Promise<Page>
  close: () => Promise<void>
}

export interface PageOptions {
  base?: string
  /** Texts that console errors may contain. Refusals of the server (401, 409, 422 …) are no errors of the page. */
  expects?: RegExp[]
  ignoreHTTPSErrors?: boolean
}

/** Starts Chromium. Close it with `await using`, or with `close()`, which fails on any console error of any page. */
export async function openBrowser(): Promise<TestBrowser> {
  const { program, env } = await findChromium()
  const browser: Browser = await chromium.launch({
    executablePath: program,
    env: { ...process.env, ...env } as Record<string, string>,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--font-render-hinting=none',
      '--lang=zh-CN',
      `--host-resolver-rules=MAP * ~NOTFOUND${ownAddresses()
        .map((a) => `, EXCLUDE ${a}`)
        .join('')}`,
    ],
  })
  const complaints: string[] = []
  const watch = (page: Page, expects: RegExp[]) => {
    const note = (text: string) => {
      if (![...expects, /the server responded with a status of 4\d\d/].some((known) => known.test(text))) complaints.push(text)
    }
    page.on('pageerror', (error) => note(`${page.url()}: ${error.stack ?? error.message}`))
    page.on('console', (message) => message.type() === 'error' && note(`${page.url()}: ${message.text()}`))
  }
  const expectations = new WeakMap<BrowserContext, RegExp[]>()

  const close = async () => {
    await browser.close()
    if (complaints.length > 0) throw new Error(`The pages complained:\n${complaints.join('\n')}`)
  }
  return {
    page: async (size, { base, expects = [], ignoreHTTPSErrors = false } = {}) => {
      const context = await browser.newContext({
        ...SIZES[size],
        ...(base ? { baseURL: base } : {}),
        ignoreHTTPSErrors,
        locale: 'zh-CN',
        timezoneId: 'Asia/Shanghai',
        reducedMotion: 'reduce',
      })
      expectations.set(context, expects)
      if (SLOWEST) await context.route('**/api/**', slowly)
      const page = await context.newPage()
      watch(page, expects)
      return page
    },
    tab: async (of) => {
      const page = await of.context().newPage()
      watch(page, expectations.get(of.context()) ?? [])
      return page
    },
    close,
    [Symbol.asyncDispose]: close,
  }
}

// Every answer comes late by its own chance: what depends on the order of answers fails here rather than on a busy machine.
const SLOWEST = Number(process.env.RONGJIAN_SLOW ?? 0)
const slowly = async (route: Route) => {
  await setTimeout(Math.random() * SLOWEST)
  await route.continue()
}

// No name outside this machine is known: what asks for one fails at once and is seen, with a network or without.
const ownAddresses = () => [
  'localhost',
  ...Object.values(networkInterfaces()).flatMap((all) =>
    (all ?? []).map(({ address, family }) => (family === 'IPv6' ? `[${address}]` : address)),
  ),
]

/** Takes a picture: under `docs/figures/` when the name says so (`docs/…`), else under `.cache/shots/`, which is not kept. */
export async function shot(page: Page, name: string, options: { full?: boolean } = {}): Promise<string> {
  const path = name.startsWith('docs/') ? join('docs/figures', `${name.slice(5)}.png`) : join('.cache/shots', `${name}.png`)
  await mkdir(dirname(path), { recursive: true })
  await page.evaluate(() => document.fonts.ready)
  const size = page.viewportSize()!
  // A taller window rather than a stitched picture, so that bars fixed to its edges stay there.
  if (options.full) await page.setViewportSize({ ...size, height: await page.evaluate(() => document.documentElement.scrollHeight) })
  await page.screenshot({ path })
  if (options.full) await page.setViewportSize(size)
  return path
}
