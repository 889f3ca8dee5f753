import type { Readable } from 'node:stream'
import type { RawBuilder } from 'kysely'
import { z } from 'zod'
import type { Actor } from './actor.ts'
import type { Db } from './database.ts'
import { missing, Refusal, type Verdict } from './errors.ts'
import type { Fact } from './fact.ts'
import { farDays, fieldsOf } from './invalid.ts'
import { refuseMarkings } from './markings.ts'

/** The port to the request that only a few operations need: cookies for sessions, the source for lock-out. */
export interface RequestPort {
  source: string
  userAgent: string
  cookies: Readonly<Record<string, string | undefined>>
  setCookie(name: string, value: string, options: { maxAge?: number; httpOnly: boolean }): void
  clearCookie(name: string): void
  /** Lets the browser throw away what it kept of our answers. */
  clearSiteData(): void
}

/** A file that came with a command, kept in memory up to the operation's own limit. */
export interface Upload {
  fileName: string
  data: Buffer
}

/** What every operation works with. For a command `db` is its own transaction. */
export interface Ctx {
  readonly db: Db
  readonly actor: Actor
  readonly now: Date
  readonly operation: string
  readonly requestId: string
  readonly request: RequestPort | null
  readonly upload: Upload | null
  /** Whom an open command found to be there: the audit names them instead of nobody. */
  found?: { accountId: string; personId: string | null; name: string }
  /** What this command will have established, once it commits. */
  readonly facts: Fact[]
  /** Clauses (`name as (insert …)`) of the command's last statement, beside its facts: rows whose writing nothing later reads. */
  readonly clauses: RawBuilder<unknown>[]
  /** Runs after commit, never after a refusal; for caches and waking workers, not for effects that must not be lost. */
  readonly afterCommit: (() => void)[]
}

/** A file sent to the reader instead of JSON. */
export interface Download {
  fileName: string
  type: string
  /** What takes long to make is made when the database has been let go of. */
  body: Buffer | Readable | (() => Promise<Buffer>)
}

type Schema = z.core.$ZodType

/** One thing a person can do: its route, its API entry, its capability and its audit name are all `name`. */
export interface Operation<N extends string, I extends Schema, O extends Schema, R, P = undefined> {
  kind: 'query' | 'command' | 'download'
  name: N
  /** What it does, in the words of the menu; shown in the API description and the audit. */
  title: string
  input: I
  output: O
  /** For what can be done before signing in. */
  open?: boolean
  /** Of a command that puts things right and records no fact: done also while nothing else may be written. */
  evenReadOnly?: boolean
  /** A read that must see one moment although it sends several statements. */
  snapshot?: boolean
  /** Of a query whose refusals the audit shall know, as it does those of commands and downloads. */
  audited?: boolean
  /** Accepts a file of at most this many bytes beside the input. */
  upload?: number
  /** Its input or answer holds a secret: neither is kept with the idempotency key, so a repeated one is refused instead of answered. */
  secret?: boolean
  /** Of a command: slow work before the transaction, so that it holds no connection (a queue, another server). */
  prepare?: (ctx: Ctx, input: z.output<I>) => Promise<P>
  /** Finds (and for a command locks) the row the operation is about. Nothing found means 404. */
  load?: (ctx: Ctx, input: z.output<I>) => Promise<R | undefined>
  /** Required, so that an operation nobody thought about permissions for does not compile. */
  may: (actor: Actor, record: R, input: z.output<I>) => Verdict
  run: (ctx: Ctx, input: z.output<I>, record: R, prepared: P) => Promise<z.input<O>>
}

export type AnyOperation = Operation<string, Schema, Schema, any, any>
type Spec<N extends string, I extends Schema, O extends Schema, R, P = undefined> = Omit<Operation<N, I, O, R, P>, 'kind' | 'name'>

/** Reads: `GET /api/name?…`. */
export const query = <N extends string, I extends Schema, O extends Schema, R = undefined>(
  name: N,
  spec: Spec<N, I, O, R>,
): Operation<N, I, O, R> => ({ kind: 'query', name, ...spec, input: strict(spec.input) })

/** Writes: `POST /api/name`, in one transaction with its facts, audit entry and idempotent answer. */
export const command = <N extends string, I extends Schema, O extends Schema, R = undefined, P = undefined>(
  name: N,
  spec: Spec<N, I, O, R, P>,
): Operation<N, I, O, R, P> => ({ kind: 'command', name, ...spec, input: strict(spec.input) })

const AnyFile = z.custom<Download>()

/** Hands out a file: `GET /api/name?…`. */
export const download = <N extends string, I extends Schema, R = undefined>(
  name: N,
  spec: Omit<Spec<N, I, typeof AnyFile, R>, 'output'>,
): Operation<N, I, typeof AnyFile, R> => ({ kind: 'download', name, output: AnyFile, ...spec, input: strict(spec.input) })

/** For what every signed-in person may do. Greppable on purpose. */
export const anyone = (): Verdict => true

/** Unknown keys are refused, never ignored: an ignored key is how hidden filters are tried. */
const strict = <S extends Schema>(schema: S): S => (schema instanceof z.ZodObject ? (schema.strict() as unknown as S) : schema)

/** The one path every operation takes: parse, load, permit, run. Writing facts and audit is the pipeline's (perform.ts). */
export async function carryOut(op: AnyOperation, ctx: Ctx, raw: unknown, prepared?: unknown): Promise<unknown> {
  const input = parseInput(op, raw)
  const record = op.load ? await op.load(ctx, input) : undefined
  if (op.load && record === undefined) throw missing()

  if (op.kind === 'command') refuseMarkings(input, ctx.upload?.fileName)
  const verdict = op.may(ctx.actor, record, input)
  if (verdict !== true) throw verdict
  return op.run(ctx, input, record, prepared)
}

/** The input in its shape, or a refusal that names each wrong field. */
export function parseInput(op: AnyOperation, raw: unknown): any {
  const parsed = z.safeParse(op.input, raw)
  const fields = parsed.success ? farDays(parsed.data) : fieldsOf(parsed.error)
  if (Object.keys(fields).length > 0) throw new Refusal('invalid', 'invalid-input', '有几处填写需要修改', { fields })
  return parsed.data
}
