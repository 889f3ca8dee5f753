import type { Page } from 'playwright-core'
import type { Size, TestBrowser } from '#testing/browser/browser.ts'
import type { Visitor } from '#testing/visitor.ts'
import type { World } from '#testing/world.ts'

interface Place {
  w: World
  url: string
  browser: TestBrowser
}

/** A page of this person, who has an account of the same id and is signed in. */
export async function openAs({ w, url, browser }: Place, personId: string, size: Size, path: string): Promise<Page> {
  const account = `insert into identity.account (id, person_id, state, created_at) values ($1, $1, 'active', now()) on conflict do nothing`
  await w.pool.query(account, [personId])
  const login = `insert into identity.login (key, account_id, kind, shown) values ($1, $2, 'staffNo', $3) on conflict do nothing`
  await w.pool.query(login, [personId, personId, personId.slice(-6)])
  return opened({ url, browser }, size, path, [
    ['__Host-as', personId],
    ['__Host-csrf', 'token'],
  ])
}

/** A page with the cookies of a visitor who has signed in. */
export const openWith = (place: Omit<Place, 'w'>, { jar }: Visitor, size: Size, path: string) => opened(place, size, path, [...jar])

async function opened({ url, browser }: Omit<Place, 'w'>, size: Size, path: string, cookies: [string, string][]): Promise<Page> {
  const page = await browser.page(size, { base: url })
  // A browser takes such cookies from a safe address only; this machine's own counts as one.
  const safe = url.replace('http:', 'https:')
  await page.context().addCookies(cookies.map(([name, value]) => ({ name, value, url: safe, secure: true })))
  await page.goto(path)
  return page
}
