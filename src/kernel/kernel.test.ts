import { afterAll, beforeAll, expect, test } from 'vitest'
import { type World, world } from '#testing/world.ts'

let w: World
beforeAll(async () => {
  w = await world()
})
afterAll(() => w.close())

test('the whole API describes itself as OpenAPI 3.1', async () => {
  const reply = await w.app.inject({ method: 'GET', url: '/api/openapi.json' })
  expect(reply.statusCode).toBe(200)
  expect(reply.json()).toMatchObject({ openapi: '3.1.0' })
})
