import type { Page, Request } from 'playwright-core'

/** Watches what a page asks for; the answer waits until everything was answered and nothing new is asked for several frames. */
export function quietOf(page: Page): () => Promise<void> {
  const asked = new Set<Request>()
  let count = 0
  page.on('request', (request) => {
    // The page keeps this one open for news.
    if (request.url().endsWith('/api/live')) return
    count++
    asked.add(request)
  })
  page.on('requestfinished', (request) => asked.delete(request))
  page.on('requestfailed', (request) => asked.delete(request))
  return async () => {
    let before = -1
    while (asked.size > 0 || before !== count) {
      before = count
      await page.evaluate(async (frames) => {
        for (let i = 0; i < frames; i++) await new Promise(requestAnimationFrame)
      }, FRAMES)
    }
  }
}

const FRAMES = 6
