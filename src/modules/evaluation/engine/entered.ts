import { z } from 'zod'
import type { Input } from './input.ts'
import { Decimal, Text } from './vocabulary.ts'

const facts = z.array(z.uuid()).max(1000).optional()
const note = Text.optional()
const count = z.int().min(0).max(1_000_000)

/** What a person may enter under an input key: everything but cases and sums, which come from facts alone. Refuses unknown keys. */
export const EnteredInput = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('figure'), quantity: Decimal, outOf: Decimal.optional(), facts, note }),
  z.strictObject({ kind: z.literal('steps'), done: z.array(Text).max(50), facts, note }),
  z.strictObject({ kind: z.literal('label'), label: Text, facts, note }),
  z.strictObject({ kind: z.literal('told'), happened: z.boolean(), facts, note }),
  z.strictObject({
    kind: z.literal('reviews'),
    reviews: z
      .array(z.strictObject({ who: Text, marks: Decimal, text: Text.optional() }))
      .min(1)
      .max(500),
  }),
  z.strictObject({
    kind: z.literal('ballots'),
    ballots: z
      .array(z.strictObject({ who: Text.optional(), counts: z.record(z.string(), count) }))
      .min(1)
      .max(50),
  }),
  z.strictObject({
    kind: z.literal('results'),
    results: z
      .array(z.strictObject({ period: Text, score: Decimal.nullable(), outOf: Decimal }))
      .min(1)
      .max(60),
  }),
  z.strictObject({
    kind: z.literal('events'),
    events: z
      .array(z.strictObject({ matter: Text, level: Text.optional(), marks: Decimal.optional(), times: count.optional(), facts, note }))
      .max(500),
  }),
  z.strictObject({ kind: z.literal('notApplicable'), reason: Text }),
])

/** The facts that an entered value names as its evidence. */
export const evidenceOf = (input: z.output<typeof EnteredInput>): string[] => {
  if (input.kind === 'events') return input.events.flatMap((e) => e.facts ?? [])
  return 'facts' in input ? (input.facts ?? []) : []
}

/** Reads an entered value from unknown content; null when it is none. */
export const enteredInput = (content: unknown): Input | null => {
  const parsed = EnteredInput.safeParse(content)
  return parsed.success ? (parsed.data as Input) : null
}
