import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { fits } from './fits.ts'

interface Violation {
  id: string
  impact: string | null
  help: string
  nodes: { html: string; failureSummary?: string }[]
}

const source = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

/** Fails when axe finds a serious or critical barrier on the page, and names each with its place; and when the page scrolls sideways. */
export async function axe(page: Page): Promise<void> {
  await fits(page, page.url())
  await page.evaluate(await readFile(source, 'utf8'))
  const violations = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run: (options: object) => Promise<{ violations: unknown }> } }
    return (await axe.run({ resultTypes: ['violations'] })).violations
  })
  const serious = (violations as Violation[]).filter(({ impact }) => impact === 'serious' || impact === 'critical')
  if (serious.length > 0) throw new Error(`axe on ${page.url()}:\n${serious.map(describe).join('\n')}`)
}

const describe = ({ id, impact, help, nodes }: Violation) =>
  `${impact} ${id}: ${help}\n${nodes.map(({ html, failureSummary }) => `  ${html.slice(0, 160)}\n    ${failureSummary}`).join('\n')}`
