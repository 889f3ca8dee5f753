import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { z } from 'zod'
import { Actor } from '#kernel/actor.ts'
import { addDays } from '#kernel/civilDate.ts'
import { openDatabase } from '#kernel/database.ts'
import { buildApp } from '#kernel/http.ts'
import { newId } from '#kernel/id.ts'
import { anyone, command, query } from '#kernel/operation.ts'
import { planned } from '#ledger/bodies.ts'
import { recorderOf, writeFacts } from '#ledger/facts.ts'

/**
 * Records a fact for every day from 1949 to 2050 by commands over the API and reads them back by queries, in the time zone of this
 * process: node src/testing/everyDayApi.ts CONFIG. Prints the days that changed.
 */
const days: string[] = []
for (let day = '1949-01-01'; day <= '2050-12-31'; day = addDays(day, 1)) days.push(day)

const { db, close } = openDatabase(JSON.parse(process.argv[2]!))
const subject = newId()
const record = recorderOf({ 'sample.noted': planned(z.object({ on: z.iso.date() })) })
const Days = z.object({ days: z.array(z.iso.date()) })

const note = command('sample.note', {
  title: '登记日期',
  input: Days,
  output: z.object({ noted: z.int() }),
  may: anyone,
  run: async (ctx, input) => {
    for (const on of input.days) record(ctx, 'sample.noted', { subject, orgId: subject, happenedOn: on, body: { on } })
    return { noted: input.days.length }
  },
})
const noted = query('sample.noted', {
  title: '看登记的日期',
  input: z.object({ from: z.iso.date(), to: z.iso.date() }),
  output: z.object({ days: z.array(z.object({ happenedOn: z.iso.date(), on: z.iso.date() })) }),
  may: anyone,
  run: async (ctx, { from, to }) => {
    const { rows } = await sql<{ happenedOn: string; on: string }>`select happened_on as "happenedOn", body->>'on' as "on"
      from ledger.fact where subject = ${subject} and happened_on between ${from}::date and ${to}::date order by happened_on`.execute(
      ctx.db,
    )
    return { days: rows }
  },
})

const somebody = new Actor({ accountId: newId(), personId: null, name: '测试人', sessionId: null, grants: [] })
const app = await buildApp({
  pipeline: { db, writeFacts, readOnly: () => null, checkAnswers: true },
  modules: [{ name: 'sample', operations: [note, noted], migrations: new URL('.', import.meta.url) }],
  version: 'test',
  nobody: somebody,
  signIn: async () => somebody,
})
const cookies = { '__Host-csrf': 'token' }

const changed: string[] = []
for (let i = 0; i < days.length; i += 4000) {
  const some = days.slice(i, i + 4000)
  const headers = { 'idempotency-key': randomUUID(), 'x-csrf': 'token' }
  const told = await app.inject({ method: 'POST', url: '/api/sample.note', cookies, headers, payload: { days: some } })
  if (told.statusCode !== 200) throw new Error(told.body)
  const reply = await app.inject({ method: 'GET', url: '/api/sample.noted', query: { from: some[0]!, to: some.at(-1)! } })
  const back = (reply.json() as { days: { happenedOn: string; on: string }[] }).days
  some.forEach((day, k) => {
    if (back[k]?.happenedOn !== day || back[k]?.on !== day) changed.push(`${day} came back as ${JSON.stringify(back[k])}`)
  })
  if (back.length !== some.length) changed.push(`${back.length} of ${some.length} came back`)
}
await app.close()
await close()
console.log(JSON.stringify({ zone: process.env.TZ, days: days.length, changed: changed.slice(0, 10) }))
