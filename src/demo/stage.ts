import { randomUUID } from 'node:crypto'
import { Actor, type Grant } from '#kernel/actor.ts'
import { dateAt } from '#kernel/civilDate.ts'
import { Refusal } from '#kernel/errors.ts'
import type { Module } from '#kernel/module.ts'
import type { AnyOperation, Upload } from '#kernel/operation.ts'
import { type Pipeline, perform } from '#kernel/perform.ts'
import { actorOf } from '../actors.ts'
import { type Api, modules } from '../platform.ts'

/** Where the example unit's story is played: real operations by real persons, with the clock of the story. */
export interface Stage {
  /** The story's clock: civil date and time in Shanghai. */
  setClock(date: string, time?: string): void
  today(): string
  /** As the office that keeps structure and rosters, with every capability. */
  owner<N extends keyof Api>(operation: N, input: Api[N]['input'], upload?: Upload): Promise<Api[N]['output']>
  as<N extends keyof Api>(personId: string, operation: N, input: Api[N]['input'], upload?: Upload): Promise<Api[N]['output']>
  /** Gives everything recorded so far its number in the ledger: what is published rests on numbers. */
  number(): Promise<unknown>
  /** Organisations and people by the story's own short keys. */
  orgs: Map<string, string>
  people: Map<string, string>
}

const listed: readonly Module[] = modules
const operations = new Map<string, AnyOperation>(listed.flatMap((m) => m.operations.map((op) => [op.name, op])))
const everywhere: Grant[] = listed.flatMap((m) =>
  Object.keys(m.capabilities ?? {}).map((capability) => ({ capability, orgId: '', path: '/', subtree: true })),
)

/** A stage on an open installation; its pipeline must ask `clock.now` for the time, and `number` numbers what is recorded. */
export function stageOn(pipeline: Pipeline, clock: { now: Date }, number: () => Promise<unknown>): Stage {
  const run = async (actor: Actor, name: string, raw: unknown, upload?: Upload) => {
    try {
      return await perform(pipeline, operations.get(name)!, { actor, raw, requestId: randomUUID(), ...(upload ? { upload } : {}) })
    } catch (error) {
      if (error instanceof Refusal)
        throw new Error(`${name}: ${error.message} ${JSON.stringify(error.more)} ${JSON.stringify(raw).slice(0, 500)}`)
      throw error
    }
  }
  const office = new Actor({ accountId: null, personId: null, name: '示例单位党群工作部', sessionId: null, grants: everywhere })
  const actors = new Map<string, Actor>()
  const actorFor = async (personId: string) => {
    const day = dateAt(clock.now)
    const key = `${personId} ${day}`
    const known = actors.get(key) ?? (await actorOf(pipeline.db, { accountId: null, personId, name: '示例', sessionId: null }, day))
    actors.set(key, known)
    return known
  }
  return {
    setClock: (date, time = '09:00') => {
      clock.now = new Date(`${date}T${time}:00+08:00`)
    },
    today: () => dateAt(clock.now),
    owner: (name, input, upload) => run(office, name, input, upload) as never,
    as: async (personId, name, input, upload) => (await run(await actorFor(personId), name, input, upload)) as never,
    number,
    orgs: new Map(),
    people: new Map(),
  }
}
