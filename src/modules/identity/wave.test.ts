import { afterAll, beforeAll, expect, test } from 'vitest'
import { visitor } from '#testing/visitor.ts'
import { type World, world } from '#testing/world.ts'
import { begin, FIRST, PASSWORD } from './testing.ts'

let w: World

beforeAll(async () => {
  w = await world({ signIn: 'real' })
  await begin(w)
})
afterAll(() => w.close())

test('a wave of sign-ins from one place holds no connection and starves nobody elsewhere', async () => {
  let waveDone = 0
  const wave = Array.from({ length: 90 }, async (_, i) => {
    const { status } = await visitor(w, { source: '10.66.0.1' }).call('identity.signIn', { login: `W${i}`, password: 'not this one' })
    waveDone++
    return status
  })
  const waits: number[] = []
  const reader = visitor(w, { source: '10.67.0.1' })
  for (let i = 0; i < 20; i++) {
    const began = performance.now()
    await reader.done('identity.welcome', {})
    waits.push(performance.now() - began)
  }
  const elsewhere = visitor(w, { source: '10.68.0.1' })
  await elsewhere.done('identity.signIn', { login: FIRST.login, password: PASSWORD })
  expect(waveDone, 'a sign-in from elsewhere does not wait for the whole wave').toBeLessThan(80)
  expect(waits.toSorted((a, b) => a - b)[10], 'reading goes on, in milliseconds').toBeLessThan(500)
  expect(new Set(await Promise.all(wave))).toEqual(new Set([422]))
})

test('more than the queue holds are asked to come back, in words, and that counts against nobody', async () => {
  const wave = await Promise.all(
    Array.from({ length: 130 }, (_, i) =>
      visitor(w, { source: '10.69.0.1' }).call('identity.signIn', { login: `V${i}`, password: 'not this one' }),
    ),
  )
  const crowded = wave.filter(({ status }) => status === 503)
  expect(crowded.length).toBeGreaterThan(0)
  expect(crowded[0]!.body).toMatchObject({ code: 'sign-in-crowded' })
  expect(crowded[0]!.headers['retry-after']).toBe('5')
  const { rows } = await w.pool.query(`select count(*)::int as n from identity.failure where source = '10.69.0.1' and count = 0`)
  expect(rows[0].n).toBe(crowded.length)
})
