import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { type World, world } from '#testing/world.ts'

let w: World
beforeAll(async () => {
  w = await world()
})
afterAll(() => w.close())

test.each(['UTC', 'Asia/Shanghai', 'America/New_York', 'Pacific/Apia'])(
  'every day from 1949 to 2050 comes back from the API and the ledger as it was sent, in a process of %s',
  async (zone) => {
    const config = JSON.stringify({ ...inject('app'), database: w.databaseName })
    const env = { ...process.env, TZ: zone }
    const { stdout } = await promisify(execFile)(process.execPath, ['src/testing/everyDayApi.ts', config], { env })
    expect(JSON.parse(stdout)).toEqual({ zone, days: 37_255, changed: [] })
  },
)
