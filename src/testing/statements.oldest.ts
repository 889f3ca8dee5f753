import pg from 'pg'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { statementsSent } from './statements.ts'

let client: pg.Client
beforeAll(async () => {
  client = new pg.Client(inject('app'))
  await client.connect()
})
afterAll(() => client.end())

/** What the parser of this server says of a statement that it could be asked to keep, null when it understands it. */
async function complaint(statement: string): Promise<string | null> {
  try {
    await client.query(`prepare asked as ${statement}`)
    await client.query('deallocate asked')
    return null
  } catch (error) {
    return (error as Error).message
  }
}

test('every statement that the tests sent to the newest PostgreSQL is understood by the oldest', async () => {
  const sent = [...(await statementsSent())].filter((s) => /^\s*(select|insert|update|delete|with|merge|values)\b/i.test(s))
  expect(sent.length, 'the statements of `npm run test:unit`, which goes before').toBeGreaterThan(500)
  const not: string[] = []
  for (const statement of sent) {
    const why = await complaint(statement)
    if (why) not.push(`${why}: ${statement.replace(/\s+/g, ' ').slice(0, 300)}`)
  }
  expect(not).toEqual([])
})

test('the control: what only a newer one knows is told', async () => {
  expect(await complaint('select json_serialize($1)')).toMatch(/json_serialize/)
})
