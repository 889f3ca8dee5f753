import { createHash } from 'node:crypto'
import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import type { Actor } from './actor.ts'
import { type Db, json, pgError } from './database.ts'
import { conflict, Refusal } from './errors.ts'
import { newId } from './id.ts'
import { type AnyOperation, type Ctx, carryOut, type Download, parseInput, type RequestPort, type Upload } from './operation.ts'
import { turns } from './turns.ts'
import { refusalOf } from './unexpected.ts'

/** What the pipeline needs from above: how facts are stored, and who wants to know that some were. */
export interface Pipeline {
  db: Db
  /** Together with the clauses given, as the last statement of the transaction. */
  writeFacts: (ctx: Ctx, also: RawBuilder<unknown>) => Promise<void>
  /** A reason, in Chinese, why nothing may be written now; null in normal running. */
  readOnly: () => string | null
  /** Check every answer against its schema: on in tests, off in running, where the serialiser drops what is undeclared. */
  checkAnswers?: boolean
  now?: () => Date
}

export interface Call {
  actor: Actor
  raw: unknown
  requestId: string
  request?: RequestPort
  upload?: Upload
  /** Of a command: the same key again gives the same answer and no second effect. */
  key?: string
}

/** Performs an operation as `call.actor` and returns its answer; refusals are thrown. */
export async function perform(pipeline: Pipeline, op: AnyOperation, call: Call): Promise<unknown> {
  if (op.kind === 'command') return command(pipeline, op, call)
  if (op.kind === 'download') return download(pipeline, op, call)
  return op.audited ? tellingRefusals(pipeline, op, call, () => read(pipeline, op, call)) : read(pipeline, op, call)
}

async function read(pipeline: Pipeline, op: AnyOperation, call: Call): Promise<unknown> {
  const answer = op.snapshot
    ? await pipeline.db
        .transaction()
        .setIsolationLevel('repeatable read')
        .setAccessMode('read only')
        .execute((db) => carryOut(op, contextOf(pipeline, op, call, db), call.raw))
    : await carryOut(op, contextOf(pipeline, op, call, pipeline.db), call.raw)
  return checked(pipeline, op, answer)
}

const LARGE_AT_ONCE = 4

/** Files over many records: a few at once, one for each account, so that some who print leave connections to all others. */
const large = turns(LARGE_AT_ONCE)

async function made(pipeline: Pipeline, op: AnyOperation, call: Call): Promise<Download> {
  const file = (await read(pipeline, op, call)) as Download
  return typeof file.body === 'function' ? { ...file, body: await file.body() } : file
}

/** What leaves as a file is told to the audit before it leaves, and so is what was refused. */
async function download(pipeline: Pipeline, op: AnyOperation, call: Call): Promise<unknown> {
  return tellingRefusals(pipeline, op, call, async () => {
    const make = () => made(pipeline, op, call)
    const file = await (op.snapshot ? large(call.actor.accountId ?? call.requestId, make) : make())
    const { id, orgId } = call.raw as { id?: string; orgId?: string }
    await audit(pipeline, op, call, 'done', id ?? orgId ?? null)
    return file
  })
}

async function tellingRefusals(pipeline: Pipeline, op: AnyOperation, call: Call, go: () => Promise<unknown>): Promise<unknown> {
  try {
    return await go()
  } catch (error) {
    if (error instanceof Refusal) await audit(pipeline, op, call, error.code)
    throw error
  }
}

async function command(pipeline: Pipeline, op: AnyOperation, call: Call): Promise<unknown> {
  // Signing in stays possible: somebody has to be able to put things right.
  const reason = op.open || op.evenReadOnly ? null : pipeline.readOnly()
  if (reason) throw conflict('read-only', reason)
  const afterCommit: (() => void)[] = []
  try {
    const prepared = await op.prepare?.(contextOf(pipeline, op, call, pipeline.db), parseInput(op, call.raw))
    const answer = await pipeline.db.transaction().execute(async (db) => {
      const ctx = { ...contextOf(pipeline, op, call, db), afterCommit }
      const given = checked(pipeline, op, await carryOut(op, ctx, call.raw, prepared))
      await pipeline.writeFacts(ctx, sql.join([...ctx.clauses, remembering(ctx, op, call, given)]))
      return given
    })
    for (const then of afterCommit) then()
    return answer
  } catch (error) {
    const before = await answeredBefore(pipeline.db, op, call, error)
    if (before) return before.answer
    const refusal = error instanceof Refusal ? error : refusalOf(error)
    // A database that cannot answer cannot write it down either.
    if (refusal && call.actor.accountId && (refusal === error || refusal.kind !== 'busy')) await audit(pipeline, op, call, refusal.code)
    throw error
  }
}

function contextOf(pipeline: Pipeline, op: AnyOperation, call: Call, db: Db): Ctx {
  return {
    db,
    actor: call.actor,
    now: pipeline.now?.() ?? new Date(),
    operation: op.name,
    requestId: call.requestId,
    request: call.request ?? null,
    upload: call.upload ?? null,
    facts: [],
    clauses: [],
    afterCommit: [],
  }
}

const checked = (pipeline: Pipeline, op: AnyOperation, answer: unknown) =>
  pipeline.checkAnswers && op.kind !== 'download' ? z.parse(op.output, answer) : answer

/** The audit entry and the answer under its key: clauses of the command's last statement. */
function remembering(ctx: Ctx, op: AnyOperation, call: Call, answer: unknown): RawBuilder<unknown> {
  const who = ctx.found ?? ctx.actor
  const audited = sql`audited as (
    insert into kernel.audit (id, at, account_id, person_id, who, operation, subject, outcome, request_id, source)
    values (${newId()}, ${ctx.now}, ${who.accountId}, ${who.personId}, ${who.name}, ${ctx.operation},
      ${ctx.facts[0]?.subject ?? null}, 'done', ${ctx.requestId}, ${ctx.request?.source ?? null}))`
  if (!call.key || !ctx.actor.accountId) return audited
  return sql`${audited}, answered as (
    insert into kernel.idempotency (account_id, key, operation, input_hash, answer, at)
    values (${ctx.actor.accountId}, ${call.key}, ${ctx.operation}, ${hashOf(op, call)}, ${json(op.secret ? null : (answer ?? null))},
      ${ctx.now}))`
}

/** Whatever went wrong, a command that was already carried out under its key is answered as it was then. */
async function answeredBefore(db: Db, op: AnyOperation, call: Call, error: unknown): Promise<{ answer: unknown } | undefined> {
  if (!call.key || !call.actor.accountId) return undefined
  if (!(error instanceof Refusal) && !pgError(error)) return undefined
  const { rows } = await sql<{ answer: unknown; operation: string; input_hash: string }>`
    select answer, operation, input_hash from kernel.idempotency
    where account_id = ${call.actor.accountId} and key = ${call.key}`.execute(db)
  const before = rows[0]
  if (!before) return undefined
  if (before.operation !== op.name || before.input_hash !== hashOf(op, call))
    throw conflict('key-reused', '这个请求编号已经用于另一次操作，请刷新页面后再试')
  if (op.secret) throw conflict('done-before', '这一步已经办好了；其中的密码或一次性码只给一次，请刷新后再看')
  return before
}

const hashOf = (op: AnyOperation, call: Call) =>
  op.secret
    ? 'secret'
    : createHash('sha256')
        .update(JSON.stringify(call.raw ?? null))
        .update(call.upload?.data ?? '')
        .digest('base64url')

/** An entry of its own, for what was refused and for files handed out. */
async function audit(pipeline: Pipeline, op: AnyOperation, { actor, ...call }: Call, outcome: string, subject: string | null = null) {
  await sql`insert into kernel.audit (id, at, account_id, person_id, who, operation, subject, outcome, request_id, source)
    values (${newId()}, ${pipeline.now?.() ?? new Date()}, ${actor.accountId}, ${actor.personId}, ${actor.name}, ${op.name},
      ${subject}, ${outcome}, ${call.requestId}, ${call.request?.source ?? null})`.execute(pipeline.db)
}

/** Tells the audit of a command that was refused before it came here. */
export const auditRefusal = (pipeline: Pipeline, op: AnyOperation, call: Omit<Call, 'raw'>, code: string) =>
  audit(pipeline, op, { ...call, raw: null }, code)
