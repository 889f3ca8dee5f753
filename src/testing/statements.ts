import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Where each test process leaves the distinct statements that it really sent. */
export const STATEMENTS = join(import.meta.dirname, '../../.cache/statements')

/** Every distinct statement of the runs since the collection was emptied. */
export async function statementsSent(): Promise<Set<string>> {
  const statements = new Set<string>()
  for (const file of await readdir(STATEMENTS).catch(() => []))
    for (const line of (await readFile(join(STATEMENTS, file), 'utf8')).split('\n'))
      if (line.endsWith('"')) statements.add(JSON.parse(line))
  return statements
}
