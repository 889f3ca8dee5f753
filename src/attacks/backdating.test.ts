import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Branch, makeBranch, meetingOf } from '#testing/meetings.ts'
import { type World, world } from '#testing/world.ts'

let w: World
let b: Branch
beforeAll(async () => {
  w = await world({ now: new Date('2026-01-05T08:00:00Z') })
  b = await makeBranch(w)
})
afterAll(() => w.close())

const record = async (heldOn: string) => {
  w.setNow(new Date(`${heldOn}T12:00:00Z`))
  return w.done(b.commissioner, 'meetings.record', meetingOf(b, { heldOn, start: '09:00', end: '10:00' }))
}
const contentOn = (heldOn: string) => {
  const { orgId: _, ...content } = meetingOf(b, { heldOn, start: '09:00', end: '10:00' })
  return content
}
const stands = async (id: string) => {
  const { late, heldOn } = await w.done(b.secretary, 'meetings.get', { id })
  return { late, heldOn }
}
const change = (heldOn: string) => ({ heldOn, votes: [] })

test('a spare meeting recorded in time and edited to a day long past is marked as entered late', async () => {
  const { id, version } = await record('2026-06-10')
  const edited = await w.done(b.commissioner, 'meetings.edit', { id, version, content: contentOn('2026-03-10') })
  expect([edited.late, await stands(id)]).toEqual([true, { late: true, heldOn: '2026-03-10' }])
  const back = await w.done(b.commissioner, 'meetings.edit', { id, version: edited.version, content: contentOn('2026-06-10') })
  expect(back.late, 'once late, late').toBe(true)
})

test('so is one corrected to such a day after it was signed, in the record, in the fact, and in the addendum', async () => {
  const { id, version } = await record('2026-06-11')
  const signed = await w.done(b.secretary, 'meetings.sign', { id, version })
  const asked = { id, version: signed.version, text: '日期写错', change: change('2026-02-10') }
  const { body, facts } = await w.call(b.commissioner, 'meetings.correct', asked)
  expect(body.corrected).toContain('补录 否 → 是')
  const fact = facts.find((f) => f.kind === 'meeting.corrected')!
  const { rows } = await w.pool.query('select body from ledger.fact where id = $1', [fact.id])
  expect(rows[0].body).toMatchObject({ heldOn: '2026-02-10', late: true })
  expect(await stands(id)).toEqual({ late: true, heldOn: '2026-02-10' })
})

test('a record in stock is not moved to a day after it was written', async () => {
  const { id, version } = await record('2026-06-12')
  w.setNow(new Date('2026-09-01T08:00:00Z'))
  const edited = await w.call(b.commissioner, 'meetings.edit', { id, version, content: contentOn('2026-08-12') })
  const signed = await w.done(b.secretary, 'meetings.sign', { id, version })
  const asked = { id, version: signed.version, text: '日期写错', change: change('2026-08-12') }
  const corrected = await w.call(b.commissioner, 'meetings.correct', asked)
  expect([edited.status, edited.facts, corrected.status, corrected.facts]).toEqual([422, [], 422, []])
  expect(await stands(id)).toEqual({ late: false, heldOn: '2026-06-12' })
})

test('the control: a day mistyped by little is mended and stays in time', async () => {
  const { id, version } = await record('2026-06-13')
  const signed = await w.done(b.secretary, 'meetings.sign', { id, version })
  const asked = { id, version: signed.version, text: '日期写错', change: change('2026-06-09') }
  await w.done(b.commissioner, 'meetings.correct', asked)
  expect(await stands(id)).toEqual({ late: false, heldOn: '2026-06-09' })
})
