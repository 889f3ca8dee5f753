import type { Installation } from '../installation.ts'
import { baseEvents } from './base.ts'
import { play } from './event.ts'
import { plannedEvents } from './planned.ts'
import type { Stage } from './stage.ts'
import { innocences, problems } from './stories/table.ts'
import { tamperWithCopy } from './tampering.ts'
import { TODAY } from './unit.ts'

/** Which faults are left out, and which innocences are broken. */
export interface Variant {
  without?: readonly string[]
  withAlarms?: readonly string[]
}

/** Plays the whole story of the example unit, in the order of its days. */
export async function playUnit(stage: Stage, variant: Variant, onDay: (day: string, done: number) => void): Promise<void> {
  await play(stage, [...baseEvents(taken()), ...storyEvents(variant), ...plannedEvents()], onDay)
  stage.setClock(TODAY)
}

/** What of the ordinary course the stories play themselves. */
export const taken = (): Set<string> => new Set([...problems, ...innocences].flatMap((s) => s.takes ?? []))

/** What the stories play besides. */
export const storyEvents = ({ without = [], withAlarms = [] }: Variant) => [
  ...problems.flatMap((p) => p.events(!without.includes(p.key))),
  ...innocences.flatMap((i) => i.events(withAlarms.includes(i.key))),
]

export interface FoundProblem {
  key: string
  found: boolean
  by: string
  says: string
  facts: string[]
  open: string
}

/** Asks the product's own operations for every seeded problem; nothing is declared found. */
export async function lookForProblems(stage: Stage): Promise<FoundProblem[]> {
  const found: FoundProblem[] = []
  for (const { key, look } of problems) found.push(shown(key, await look(stage)))
  return found
}

/** Whether an altered ledger is found, on a copy. */
export const lookForTampering = async (installation: Installation, { without = [] }: Variant): Promise<FoundProblem> =>
  shown('tampered', await tamperWithCopy(installation, !without.includes('tampered')))

const shown = (key: string, sight: Omit<FoundProblem, 'key' | 'found'> | undefined): FoundProblem => ({
  key,
  found: sight !== undefined,
  ...(sight ?? { by: '', says: '', facts: [], open: '' }),
})

/** Whether anything is raised about what is unusual but right. */
export async function lookForFalseAlarms(stage: Stage): Promise<{ key: string; raised: boolean }[]> {
  const alarms: { key: string; raised: boolean }[] = []
  for (const { key, isRaised } of innocences) alarms.push({ key, raised: await isRaised(stage) })
  return alarms
}
