import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Carried, DAY, examples, type Ground, prepareGround } from '#testing/commands.ts'
import { type TestFile, type World, world } from '#testing/world.ts'
import { type Api, modules } from '../platform.ts'
import type { Module } from './module.ts'
import { schemaOf } from './openapi.ts'

/** Every command that is told which version its reader saw. */
const versioned = (modules as readonly Module[])
  .flatMap((m) => m.operations)
  .filter((op) => op.kind === 'command' && 'version' in (schemaOf(op.input, 'input').properties ?? {}))
  .map((op) => op.name)

let w: World
let g: Ground
beforeAll(async () => {
  w = await world({ now: DAY })
  g = await prepareGround(w)
}, 120_000)
afterAll(() => w.close())

const exampleOf = (name: string): Promise<Carried<any>> => examples[name as keyof Api]!(g) as never
const refused = expect.objectContaining({ code: expect.stringMatching(/^[a-z-]+$/), message: expect.stringMatching(/[\u4e00-\u9fff]/) })
const bothSides = { code: 'stale-version', details: { mine: expect.anything(), theirs: expect.anything() } }

describe('two at once who saw the same version', () => {
  test.each(versioned)('%s: one is carried out, the other refused', async (name) => {
    const { as, input, file } = await exampleOf(name)
    const answers = await Promise.all([send(name, as, input, file), send(name, as, input, file)])
    const [done, late] = answers.sort((a, b) => a.status - b.status)
    expect(done, JSON.stringify(answers)).toMatchObject({ status: 200 })
    expect(late, JSON.stringify(late)).toEqual({ status: 409, body: refused })
    expect(w.bugs).toEqual([])
  })
})

describe('somebody who saw an older version', () => {
  test.each(versioned)('%s is refused with both sides and changes nothing', async (name) => {
    const { as, input, file } = await exampleOf(name)
    const old = await send(name, as, { ...input, version: input.version - 1 }, file)
    expect(old).toMatchObject({ status: 409, body: bothSides })
    // Nothing was changed: with the right version it can still be done. This is the control, too.
    expect(await send(name, as, input, file)).toMatchObject({ status: 200 })
  })
})

async function send(name: string, as: Carried<unknown>['as'], input: any, file?: TestFile): Promise<{ status: number; body: unknown }> {
  const more = file ? { file } : {}
  const { status, body } =
    typeof as === 'string'
      ? await w.call(as, name as never, input as never, more)
      : await as.call(name as never, input as never, { key: randomUUID(), ...more })
  return { status, body }
}
