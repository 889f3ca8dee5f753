import type { Page } from 'playwright-core'
import { buildPage } from '#runtime/page.ts'
import { page } from '../../server.ts'
import type { Visitor } from '../visitor.ts'
import type { World } from '../world.ts'
import type { Size, TestBrowser } from './browser.ts'

export type Site = Awaited<ReturnType<typeof siteOf>>

/** Serves the built page and the operations of a world on a free port of this machine. Call it before anything else uses the world. */
export async function siteOf({ app, pool }: World) {
  await buildPage()
  await page(app)
  const url = await app.listen({ host: '127.0.0.1', port: 0 })

  async function enter(page: Page, cookies: Iterable<readonly [string, string]>, path: string): Promise<Page> {
    const safe = url.replace('http:', 'https:')
    await page.context().addCookies([...cookies].map(([name, value]) => ({ name, value, url: safe, secure: true })))
    await page.goto(path)
    return page
  }
  return {
    url,
    /** A page of this person, who gets an account of the same id. */
    async pageOf(browser: TestBrowser, size: Size, as: string, path: string): Promise<Page> {
      await pool.query(
        `insert into identity.account (id, person_id, state, created_at) values ($1, $1, 'active', now()) on conflict do nothing`,
        [as],
      )
      return enter(await browser.page(size, { base: url }), Object.entries({ '__Host-as': as, '__Host-csrf': 'token' }), path)
    },
    /** A page of a visitor, signed in as the visitor is. */
    pageFor: async (browser: TestBrowser, size: Size, { jar }: Visitor, path: string): Promise<Page> =>
      enter(await browser.page(size, { base: url }), jar, path),
    /** The same browser in the hands of this visitor. */
    showAs: (page: Page, { jar }: Visitor, path: string): Promise<Page> => enter(page, jar, path),
  }
}
