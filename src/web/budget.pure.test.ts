import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'vite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { BUDGETS, FIRST_LOADS, firstLoad, pages } from './budget.ts'

let built: string
beforeAll(async () => {
  built = await mkdtemp(join(tmpdir(), 'rj-page-'))
  await build({ configFile: 'vite.config.ts', logLevel: 'error', build: { outDir: built, emptyOutDir: true } })
}, 120_000)
afterAll(() => rm(built, { recursive: true, force: true }))

test('sign-in stays within its budget and carries no component library', async () => {
  const bytes = await firstLoad(built, FIRST_LOADS.signIn)
  expect(bytes).toBeLessThan(BUDGETS.signIn)
  expect(bytes, 'the platform itself is larger, so the measure sees what it should').toBeLessThan(
    await firstLoad(built, FIRST_LOADS.platform),
  )
})

test('no page loads more than the workbench may', async () => {
  for (const { name, bytes } of await pages(built)) expect(bytes, name).toBeLessThan(BUDGETS.workbench)
})

test('the build carries no development half of a library, although a test began it', async () => {
  const files = (await readdir(join(built, 'assets'))).filter((name) => name.endsWith('.js'))
  expect(files.length).toBeGreaterThan(3)
  for (const name of files) expect(await readFile(join(built, 'assets', name), 'utf8'), name).not.toContain('jsxDEV')
})

test('an entry that the build does not have is an error, not a size of nothing', async () => {
  await expect(firstLoad(built, ['index.html', 'gone.tsx'])).rejects.toThrow('gone.tsx')
})
