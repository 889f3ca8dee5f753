import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { faultsOf, type Kind } from './statementRules.ts'

/**
 * Looks at every distinct statement that the tests really sent (src/testing/world.ts captures them) for what a distributed
 * PostgreSQL could not run. `--forget` empties the collection before a run.
 */
const cache = join(import.meta.dirname, '../../.cache')
const folder = join(cache, 'statements')

if (process.argv.includes('--forget')) await rm(folder, { recursive: true, force: true })
else process.exitCode = await lint()

async function lint(): Promise<number> {
  const kinds = new Map(Object.entries(JSON.parse(await readFile(join(cache, 'tables.json'), 'utf8')) as Record<string, Kind>))
  const statements = new Set<string>()
  for (const file of await readdir(folder))
    for (const line of (await readFile(join(folder, file), 'utf8')).split('\n')) if (line.endsWith('"')) statements.add(JSON.parse(line))
  let faulty = 0
  for (const statement of statements) {
    const faults = faultsOf(statement, kinds)
    if (faults.length === 0) continue
    faulty++
    console.error(`${faults.join('; ')}\n    ${statement.replace(/\s+/g, ' ').slice(0, 600)}\n`)
  }
  console.log(`${statements.size} statements over ${kinds.size} tables, ${faulty} of them would not run distributed`)
  return statements.size > 0 && faulty === 0 ? 0 : 1
}
