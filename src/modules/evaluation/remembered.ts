import type { Db } from '#kernel/database.ts'
import { type Gathered, gather, subjectsOf } from './compute.ts'
import { type Evaluation, evaluateInTurns } from './engine/evaluate.ts'
import type { Scheme } from './engine/scheme.ts'
import type { Declared } from './known.ts'

export interface AskedAt {
  scheme: Scheme
  period: string
  asAt: string
  through: number
}

const REMEMBERED = 4
const memory = new Map<string, Gathered>()

/** The cases read for a period through a number, kept while somebody tries changes on them; the least recently used go. */
export async function remembered(db: Db, declared: Declared, asked: AskedAt, orgIds: string[]): Promise<Gathered> {
  const key = JSON.stringify([asked.period, asked.asAt, asked.through, asked.scheme.object.kind, orgIds])
  const known = memory.get(key) ?? (await gather(db, declared, { ...asked, orgIds }))
  memory.delete(key)
  memory.set(key, known)
  for (const old of [...memory.keys()].slice(0, -REMEMBERED)) memory.delete(old)
  return known
}

/** What a scheme gives on remembered cases. */
export async function scoredOn(db: Db, gathered: Gathered, { scheme, period, asAt, through }: AskedAt): Promise<Evaluation> {
  const subjects = await subjectsOf(db, gathered, scheme)
  return evaluateInTurns({ scheme, warnings: [], period, asAt, through, treeHead: { size: through, root: '' }, subjects })
}
