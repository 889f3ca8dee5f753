import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { visitor } from '#testing/visitor.ts'
import { type World, world } from '#testing/world.ts'
import { begin, FIRST, PASSWORD } from './testing.ts'

let w: World
const start = new Date('2026-11-22T01:00:00Z')
let at = start

beforeAll(async () => {
  w = await world({ signIn: 'real', now: start })
  await begin(w)
})
afterAll(() => w.close())

const minutes = (n: number) => {
  at = new Date(at.getTime() + n * 60_000)
  w.setNow(at)
}
const wrong = { login: FIRST.login, password: 'not this one' }
const right = { login: FIRST.login, password: PASSWORD }

test('five failures from one address rest that address for half an hour, and only that one', async () => {
  const enemy = visitor(w, { source: '10.9.9.9' })
  for (let i = 0; i < 5; i++) await enemy.refused('identity.signIn', wrong, 'wrong-login')
  const { status, body } = await enemy.refused('identity.signIn', right, 'locked')
  expect(status).toBe(403)
  expect(body.details).toEqual({ until: new Date(at.getTime() + 30 * 60_000).toISOString() })
  await visitor(w, { source: '10.0.0.2' }).done('identity.signIn', right)

  minutes(29)
  await enemy.refused('identity.signIn', right, 'locked')
  minutes(2)
  await enemy.done('identity.signIn', right)
})

test('a browser that has been signed in before is not locked out by others behind the same address', async () => {
  const own = visitor(w, { source: '10.5.5.5' })
  await own.done('identity.signIn', right)
  await own.done('identity.signOut', {})
  const enemy = visitor(w, { source: '10.5.5.5' })
  for (let i = 0; i < 6; i++) await enemy.call('identity.signIn', wrong)
  await enemy.refused('identity.signIn', right, 'locked')
  await own.done('identity.signIn', right)
  // A copied cookie of another account helps nobody.
  enemy.jar.set('__Host-device', 'made-up.0000')
  await enemy.refused('identity.signIn', right, 'locked')
})

test('a hundred tries at once are not a hundred guesses', async () => {
  minutes(60)
  const enemy = () => visitor(w, { source: '10.8.8.8' }).call('identity.signIn', wrong)
  const answers = await Promise.all(Array.from({ length: 40 }, enemy))
  const codes = answers.map(({ body }) => body.code)
  expect(codes.filter((code) => code === 'wrong-login').length).toBeLessThanOrEqual(5)
  expect(codes.filter((code) => code === 'locked').length).toBeGreaterThanOrEqual(35)
})

test('failures from many addresses slow strangers down, and lock nobody', async () => {
  minutes(60)
  const before = w.pauses.length
  for (let i = 0; i < 30; i++) await visitor(w, { source: `10.7.0.${i}` }).refused('identity.signIn', wrong, 'wrong-login')
  const pauses = w.pauses.slice(before)
  expect(pauses.length).toBeGreaterThan(5)
  expect(Math.max(...pauses)).toBeLessThanOrEqual(8000)
  const known = visitor(w, { source: '10.7.1.1' })
  await known.done('identity.signIn', right)
  await known.done('identity.signOut', {})
  const slowed = w.pauses.length
  await known.done('identity.signIn', right)
  expect(w.pauses.length, 'a known browser does not wait').toBe(slowed)
})

test('an unknown account answers like a wrong password, is counted the same, and takes as long', async () => {
  minutes(60)
  const unknown = { login: 'NOBODY', password: 'not this one' }
  const [a, b] = [visitor(w, { source: '10.6.0.1' }), visitor(w, { source: '10.6.0.2' })]
  const texts = [await a.refused('identity.signIn', wrong, 'wrong-login'), await b.refused('identity.signIn', unknown, 'wrong-login')]
  expect(texts[0]!.body.message).toBe(texts[1]!.body.message)
  for (let i = 0; i < 4; i++) {
    await a.refused('identity.signIn', wrong, 'wrong-login')
    await b.refused('identity.signIn', unknown, 'wrong-login')
  }
  await a.refused('identity.signIn', wrong, 'locked')
  await b.refused('identity.signIn', unknown, 'locked')

  const time = async (input: typeof wrong, n: number) => {
    const began = performance.now()
    await visitor(w, { source: `10.4.${n}.1` }).call('identity.signIn', input)
    return performance.now() - began
  }
  const median = (times: number[]) => times.sort((x, y) => x - y)[Math.floor(times.length / 2)]!
  minutes(60)
  const known: number[] = []
  const strange: number[] = []
  for (let i = 0; i < 11; i++) {
    known.push(await time(wrong, i))
    strange.push(await time({ login: `NOBODY${i}`, password: 'not this one' }, i + 100))
  }
  expect(median(strange) / median(known)).toBeGreaterThan(0.5)
  expect(median(strange) / median(known)).toBeLessThan(2)
})

test('every attempt stands in the log of the account, and nobody reads another one’s', async () => {
  minutes(60)
  const own = visitor(w, { source: '10.3.0.1' })
  await own.done('identity.signIn', right)
  minutes(1)
  await own.refused('identity.signIn', wrong, 'wrong-login')
  minutes(1)
  await own.done('identity.signIn', right)
  const { items } = await own.done('identity.signInLog', { limit: 2 })
  expect(items).toMatchObject([
    { result: 'done', factor: 'password', source: '10.3.0.1', device: 'Windows 上的 Chrome' },
    { result: 'wrongPassword', source: '10.3.0.1' },
  ])
  expect((await visitor(w).call('identity.signInLog', {})).status).toBe(401)
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from identity.sign_in where account_id is null`.execute(w.db)
  expect(rows[0]!.n, 'unknown logins are logged without an account').toBeGreaterThan(5)
  const session = await own.done('identity.session', {})
  expect(session.notices.join()).toContain('有 1 次用你的账号没有登上')
})
