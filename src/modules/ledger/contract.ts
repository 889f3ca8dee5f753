import { z } from 'zod'
import { Paged, pageOf } from '#kernel/paging.ts'

const Can = z.union([z.literal(true), z.object({ code: z.string(), message: z.string() })])

/** A signed head: sizes count facts, root in hex, signature in base64. */
export const Head = z.object({
  epoch: z.int(),
  size: z.int(),
  root: z.string(),
  signedAt: z.string(),
  keyId: z.string(),
  signature: z.string(),
})

export const HeadRow = Head.extend({ code: z.string() })

/** What two officers are asked to sign when the database is behind what is remembered outside it. */
export const Behind = z.object({
  size: z.int(),
  /** The epoch would go on after this fact. */
  fromSize: z.int(),
  /** The last remembered number; the facts in between would be declared missing. */
  knownSize: z.int(),
  asked: z.object({ by: z.string(), at: z.iso.datetime() }).nullable(),
  can: Can,
})

export const Status = z.object({
  size: z.int(),
  waiting: z.int(),
  waitingSince: z.iso.datetime().nullable(),
  epoch: z.int(),
  head: Head.nullable(),
  code: z.string().nullable(),
  /** In Chinese, why nothing may be written; null in normal running. */
  readOnly: z.string().nullable(),
  /** Raw Ed25519 keys in base64, whose signatures count here. */
  publicKeys: z.array(z.string()),
  /** For officers, while it is so. */
  behind: Behind.nullable(),
})

export const HeadsInput = Paged
export const Heads = pageOf(HeadRow)

/** Facts of one organisation, or about one subject (a meeting, a post, a person …). */
export const FactsInput = Paged.extend({ orgId: z.uuid().optional(), subject: z.uuid().optional() })

export const FactRow = z.object({
  id: z.uuid(),
  /** The fact's number; null while it waits for one. */
  n: z.int().nullable(),
  kind: z.string(),
  title: z.string(),
  orgId: z.uuid(),
  orgName: z.string().nullable(),
  subject: z.uuid(),
  happenedOn: z.iso.date(),
  recordedAt: z.iso.datetime(),
  /** Taken back by a later fact; it stands, but does not count any more. */
  retracted: z.boolean(),
})
export const Facts = pageOf(FactRow)

/** By number or by id. */
export const ProofInput = z.object({ n: z.int().min(1).optional(), id: z.uuid().optional() })

export const ProvenFact = FactRow.extend({
  /** Null while no signed head covers the fact. */
  proof: z
    .object({
      /** The canonical JSON that was numbered; its hash is `leaf`. */
      fact: z.string(),
      index: z.int(),
      leaf: z.string(),
      path: z.array(z.string()).readonly(),
      size: z.int(),
      root: z.string(),
      head: Head,
    })
    .nullable(),
})

/** The last examination of the whole ledger since this service was started. */
export const Verification = z.object({
  state: z.enum(['none', 'running', 'done', 'failed']),
  startedAt: z.iso.datetime().nullable(),
  endedAt: z.iso.datetime().nullable(),
  checked: z.int(),
  report: z
    .object({
      ok: z.boolean(),
      size: z.int(),
      heads: z.int(),
      waiting: z.int(),
      findings: z.array(z.object({ n: z.int().nullable(), says: z.string() })),
      remarks: z.array(z.string()),
    })
    .nullable(),
})

/** What the officer saw and signs; refused when it has changed since. */
export const OpenEpochInput = z.object({ fromSize: z.int().min(0), knownSize: z.int().min(0) })
export const EpochStep = z.object({ opened: z.boolean() })
