import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/** The page needs no sideways scroll; `where` names it when it does. A phone zooms out of a page that is too wide: then only the screen tells. */
export async function fits(page: Page, where: string): Promise<void> {
  const [inside, outside] = await page.evaluate(() => [document.documentElement.scrollWidth, Math.min(innerWidth, screen.width)])
  expect(inside, `${where} needs no sideways scroll`).toBeLessThanOrEqual(outside!)
}
