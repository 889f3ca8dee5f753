import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeMember, makeOrg } from '#testing/people.ts'
import { OWNER, type World, world } from '#testing/world.ts'
import { assertFieldKeys } from './fieldKeys.ts'

let w: World
beforeAll(async () => {
  w = await world()
})
afterAll(() => w.close())

const ringOf = (id: string) => {
  const key = { id, secret: Buffer.alloc(32, 7) }
  return { fields: { current: key, byId: new Map([[id, key]]) } }
}

test('a database with sealed fields is opened with their key only; an empty one with any', async () => {
  await assertFieldKeys(w.db, ringOf('another'))
  const personId = await makeMember(w, await makeOrg(w, { kind: 'partyBranch' }))
  const { version } = await w.done(OWNER, 'members.get', { personId })
  await w.done(OWNER, 'members.edit', { personId, version, name: '王某某', staffNo: null, profile: { phone: '13900001001' } })
  await assertFieldKeys(w.db, ringOf('test'))
  await expect(assertFieldKeys(w.db, ringOf('another'))).rejects.toMatchObject({
    code: 'field-key-missing',
    message: expect.stringContaining('请从备份取回原来的 keys/keys.json'),
  })
})
