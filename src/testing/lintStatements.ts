import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { faultsOf, type Kind } from './statementRules.ts'
import { STATEMENTS, statementsSent } from './statements.ts'

/**
 * Looks at every distinct statement that the tests really sent (src/testing/world.ts captures them) for what a distributed
 * PostgreSQL could not run. `--forget` empties the collection before a run.
 */
const tables = join(import.meta.dirname, '../../.cache/tables.json')

if (process.argv.includes('--forget')) await rm(STATEMENTS, { recursive: true, force: true })
else process.exitCode = await lint()

async function lint(): Promise<number> {
  const kinds = new Map(Object.entries(JSON.parse(await readFile(tables, 'utf8')) as Record<string, Kind>))
  const statements = await statementsSent()
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
