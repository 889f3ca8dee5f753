import { expect, test } from 'vitest'
import { axe } from './axe.ts'
import { openBrowser } from './browser.ts'

test('Chinese characters are drawn with a Chinese font, not as boxes', async () => {
  await using browser = await openBrowser()
  const page = await browser.page('desktop')
  const drawn = async (text: string, family: string) => {
    await page.setContent(`<p style="font:40px ${family};width:3em;height:2em">${text}</p>`)
    return (await page.locator('p').screenshot()).toString('base64')
  }
  for (const family of ['sans-serif', 'serif', 'monospace']) {
    const box = await drawn('\u{10FFFE}', family)
    const pictures = new Set<string>()
    for (const text of ['融', '建', '党', '支']) pictures.add(await drawn(text, family))
    expect(pictures.size, `${family}: four characters, four pictures`).toBe(4)
    expect(pictures.has(box)).toBe(false)
  }
})

test('a complaint of a page fails the closing, and names the page and the complaint', async () => {
  const browser = await openBrowser()
  const page = await browser.page('phone')
  await page.evaluate(() => console.error('something broke'))
  await expect(browser.close()).rejects.toThrow('something broke')
})

test('a complaint that a test expects does not', async () => {
  const browser = await openBrowser()
  const page = await browser.page('phone', { expects: [/something broke/] })
  await page.evaluate(() => console.error('something broke'))
  await browser.close()
})

test('axe finds a planted barrier and names its place, and passes a page without', async () => {
  await using browser = await openBrowser()
  const page = await browser.page('desktop')
  const whole = (body: string) => `<!doctype html><html lang="zh-CN"><title>页</title><main><h1>页</h1>${body}</main></html>`
  await page.setContent(whole('<button><svg width="9" height="9"></svg></button>'))
  await expect(axe(page)).rejects.toThrow('button-name')
  await page.setContent(whole('<button>安排会议</button>'))
  await axe(page)
})
