import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Branch, makeBranch } from '#testing/meetings.ts'
import { type World, world } from '#testing/world.ts'

let w: World
let b: Branch
beforeAll(async () => {
  w = await world({ now: new Date('2026-04-01T02:00:00Z') })
  b = await makeBranch(w)
})
afterAll(() => w.close())

test('双培养 pairs a member with a mentor and ends with a result', async () => {
  const input = {
    orgId: b.id,
    personId: b.members[3]!,
    direction: 'toBackbone' as const,
    mentorId: b.deputy,
    aim: '能独立带班',
    beganOn: '2026-04-01',
  }
  const wrong = await w.call(b.secretary, 'development.pair', { ...input, direction: 'toMember' })
  expect((wrong.body as any).fields).toHaveProperty('direction')
  const { id, version } = await w.done(b.secretary, 'development.pair', input)
  await w.done(b.secretary, 'development.endPair', { id, version, result: 'reached', on: '2026-04-01' })
  expect((await w.done(b.secretary, 'development.pairs', { orgId: b.id })).items[0]).toMatchObject({ result: 'reached', canEnd: false })
})
