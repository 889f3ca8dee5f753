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

/**
 * As few groups of the keys as tell any two apart: each key is in a choice of half of the groups that no other key has,
 * so that some group holds the one without the other.
 */
function groupsOf(keys: readonly string[]): string[][] {
  let width = 2
  while (halves(width).length < keys.length) width++
  const choices = halves(width)
  return Array.from({ length: width }, (_, at) => keys.filter((_key, i) => choices[i]! & (1 << at)))
}

/** The choices of half of so many things, each as the bits of a number. */
const halves = (of: number) => Array.from({ length: 2 ** of }, (_, bits) => bits).filter((bits) => ones(bits) === Math.floor(of / 2))
const ones = (bits: number) => [...bits.toString(2)].filter((b) => b === '1').length

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

/** What is left out of one play and which innocences are broken in it. */
const plays = (() => {
  const [faults, alarms] = [groupsOf(all), groupsOf(ALARM_KEYS)]
  const count = Math.max(faults.length, alarms.length)
  return Array.from({ length: count }, (_, at) => ({ without: faults[at] ?? [], withAlarms: alarms[at] ?? [] }))
})()

describe('what is not there is not found, and an innocence that is broken is raised', () => {
  test.each(plays)('without $without and with the alarms $withAlarms', async ({ without, withAlarms }) => {
    const answer = await found({ without, withAlarms })
    expect(keysFound(answer)).toEqual(all.filter((k) => !without.includes(k)))
    expect(raised(answer)).toEqual(ALARM_KEYS.filter((k) => withAlarms.includes(k)))
  })
})
