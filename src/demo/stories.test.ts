import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { number } from '#modules/evaluation/testing.ts'
import { world } from '#testing/world.ts'
import { baseEvents } from './base.ts'
import { play } from './event.ts'
import { lookForFalseAlarms, lookForProblems, storyEvents, taken, type Variant } from './run.ts'
import { type Stage, stageOn } from './stage.ts'
import { ALARM_KEYS, problems } from './stories/table.ts'
import { TODAY } from './unit.ts'

/** The ordinary two years are played once; each test plays the stories into a copy of them. */
let base: { template: string; drop: () => Promise<void>; stage: Stage }
beforeAll(async () => {
  const w = await world()
  const clock = { now: new Date() }
  const stage = stageOn({ ...w.pipeline, now: () => clock.now }, clock, () => number(w))
  await play(stage, baseEvents(taken()))
  base = { ...(await w.freeze()), stage }
}, 300_000)
afterAll(() => base.drop())

async function found(variant: Variant) {
  const w = await world({ template: base.template })
  const clock = { now: new Date() }
  const stage = stageOn({ ...w.pipeline, now: () => clock.now }, clock, () => number(w))
  for (const [key, id] of base.stage.orgs) stage.orgs.set(key, id)
  for (const [key, id] of base.stage.people) stage.people.set(key, id)
  await play(stage, storyEvents(variant))
  stage.setClock(TODAY)
  const answer = { problems: await lookForProblems(stage), alarms: await lookForFalseAlarms(stage) }
  await w.close()
  return answer
}

const keysFound = (answer: Awaited<ReturnType<typeof found>>) => answer.problems.filter((p) => p.found).map((p) => p.key)
const raised = (answer: Awaited<ReturnType<typeof found>>) => answer.alarms.filter((a) => a.raised).map((a) => a.key)
const all = problems.map((p) => p.key)

test('the product finds every seeded problem by itself and raises no false alarm', async () => {
  const answer = await found({})
  expect(keysFound(answer)).toEqual(all)
  expect(raised(answer)).toEqual([])
  for (const p of answer.problems) expect(p.says, p.key).toMatch(/[\u4e00-\u9fff]{8}/)
})

/** Rows and columns of a grid of the keys: whatever two keys, some group holds the one without the other. */
function groupsOf(keys: readonly string[]): string[][] {
  const width = Math.ceil(Math.sqrt(keys.length))
  const groups = (of: (at: number) => number) => Object.values(Object.groupBy(keys, (_, at) => of(at))) as string[][]
  return [...groups((at) => Math.floor(at / width)), ...groups((at) => at % width)]
}

test('every key is tried, and no two only together', () => {
  for (const keys of [all, ALARM_KEYS])
    for (const one of keys)
      for (const other of keys)
        if (one !== other)
          expect(
            groupsOf(keys).some((g) => g.includes(one) && !g.includes(other)),
            `${one} without ${other}`,
          ).toBe(true)
})

describe('what is not there is not found', () => {
  test.each(groupsOf(all))('without %s, %s, %s …, those are not found and all others are', async (...without) => {
    const answer = await found({ without })
    expect(keysFound(answer)).toEqual(all.filter((k) => !without.includes(k)))
    expect(raised(answer)).toEqual([])
  })
})

describe('an innocence that is broken is raised', () => {
  test.each(groupsOf(ALARM_KEYS))('with the alarms %s, %s …', async (...withAlarms) => {
    const answer = await found({ withAlarms })
    expect(raised(answer)).toEqual(ALARM_KEYS.filter((k) => withAlarms.includes(k)))
    expect(keysFound(answer)).toEqual(all)
  })
})
