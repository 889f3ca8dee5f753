import type { Refusal } from '#kernel/errors.ts'
import type { Ctx } from '#kernel/operation.ts'
import type { Decision, RequestKind } from './contract.ts'

/** What is known of a request when other modules are asked about it. */
export interface About {
  orgId: string
  kind: RequestKind
  /** The person or the procedure it is about. */
  aboutId: string | null
}

export interface Reply extends About {
  id: string
  toOrgId: string
  decision: Decision
  docNo: string | null
  answeredOn: string
}

type Fills = (ctx: Ctx, about: About) => Promise<Record<string, string>>
type Checks = (ctx: Ctx, about: About & { sentOn: string }) => Promise<Refusal | undefined>
type Hears = (ctx: Ctx, reply: Reply) => Promise<void>

const fills: [readonly RequestKind[], Fills][] = []
const checks: [readonly RequestKind[], Checks][] = []
const hears: [readonly RequestKind[], Hears][] = []

/** A higher module fills a template's braces from its records: `{ admittedOn: '2025年6月1日' }`. Called when the module is loaded. */
export const onComposing = (kinds: readonly RequestKind[], fill: Fills): void => void fills.push([kinds, fill])

/** A higher module says why a request of these kinds cannot be sent now, e.g. a sanction still in effect at a nomination. */
export const beforeSending = (kinds: readonly RequestKind[], check: Checks): void => void checks.push([kinds, check])

/** A higher module hears an answer in the answering command's own transaction, and does what now follows. */
export const onReply = (kinds: readonly RequestKind[], hear: Hears): void => void hears.push([kinds, hear])

const of = <T>(list: readonly [readonly RequestKind[], T][], kind: RequestKind): T[] =>
  list.filter(([kinds]) => kinds.includes(kind)).map(([, it]) => it)

export async function fieldsFor(ctx: Ctx, about: About): Promise<Record<string, string>> {
  const found: Record<string, string> = {}
  for (const fill of of(fills, about.kind)) Object.assign(found, await fill(ctx, about))
  return found
}

export async function assertMaySend(ctx: Ctx, about: About & { sentOn: string }): Promise<void> {
  for (const check of of(checks, about.kind)) {
    const refusal = await check(ctx, about)
    if (refusal) throw refusal
  }
}

export async function tellReply(ctx: Ctx, reply: Reply): Promise<void> {
  for (const hear of of(hears, reply.kind)) await hear(ctx, reply)
}
