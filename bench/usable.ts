import { openBrowser } from '#testing/browser/browser.ts'
import { percentile } from './load.ts'

/** How long after opening the address the sign-in page can be used, in seconds: with nothing stored, and again. */
export async function usableSeconds(port: number): Promise<{ first: number; again: number }> {
  await using browser = await openBrowser()
  const [first, again]: [number[], number[]] = [[], []]
  for (let i = 0; i < 5; i++) {
    const page = await browser.page('desktop', { base: `http://127.0.0.1:${port}` })
    for (const times of [first, again]) {
      const started = performance.now()
      await page.goto('/')
      await page.getByRole('button', { name: '登录', exact: true }).waitFor()
      times.push((performance.now() - started) / 1000)
    }
    await page.context().close()
  }
  return { first: percentile(first, 50), again: percentile(again, 50) }
}
