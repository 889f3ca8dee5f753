import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { type World, world } from '#testing/world.ts'
import { Actor } from './actor.ts'
import { download } from './operation.ts'
import { perform } from './perform.ts'

const OPEN = `select count(*)::int as n from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'`
let w: World
beforeAll(async () => {
  w = await world()
})
afterAll(() => w.close())

test('what takes long to make is made when every connection has been given back, one at a time for each account', async () => {
  let [atWork, most, held] = [0, 0, 0]
  const paper = download('kernel.paper', {
    title: '一份要做很久的文件',
    input: z.object({}),
    snapshot: true,
    may: () => true,
    run: async (ctx) => {
      await sql`select 1`.execute(ctx.db)
      return {
        fileName: '文件.pdf',
        type: 'application/pdf',
        body: async () => {
          most = Math.max(most, ++atWork)
          const { rows } = await w.pool.query(OPEN)
          held += rows[0].n
          atWork--
          return Buffer.from('%PDF')
        },
      }
    },
  })
  const actor = new Actor({ accountId: randomUUID(), personId: null, name: '打印人', sessionId: null, grants: [] })
  const asked = Array.from({ length: 14 }, () => perform(w.pipeline, paper, { actor, raw: {}, requestId: randomUUID() }))
  for (const file of await Promise.all(asked)) expect(file).toMatchObject({ body: Buffer.from('%PDF') })
  expect([most, held]).toEqual([1, 0])
})
