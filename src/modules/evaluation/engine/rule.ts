import { z } from 'zod'
import { Source } from './source.ts'
import { Decimal, Effect, Figure, limitFields, Range, Text, Whole } from './vocabulary.ts'

/** What every rule may say: what it looks at, where its value comes from if not from the item's source, and a remark. */
const common = { when: Text.optional(), source: Source.optional(), note: Text.optional() }
const named = z.strictObject({ name: Text, marks: Figure })
const extra = {
  ...common,
  marks: z.union([Figure, Range]).optional(),
  per: Text.optional(),
  levels: z.array(named).min(1).optional(),
  cap: z.union([Figure, z.literal('none')]).optional(),
  /** One matter rewarded at several levels: only the highest, or each. */
  sameMatter: z.enum(['highest', 'each']).optional(),
}

/** A scoring rule of an item; `kind` is one of the twelve kinds. */
export const Rule = z.discriminatedUnion('kind', [
  /** Marks when all that was expected is done; with `per`, marks for each unit up to `cap`. */
  z.strictObject({ kind: z.literal('award'), ...common, marks: Figure, per: Text.optional(), cap: Figure.optional() }),
  /** Marks × met ÷ expected; at or above `target` per cent all of it, under `floor` per cent nothing. */
  z.strictObject({ kind: z.literal('share'), ...common, of: Figure.optional(), floor: Decimal.optional(), target: Decimal.optional() }),
  /**
   * So many marks off per unit. Counted: what is missing, what occurred, or percentage points short of `target`;
   * with `every`, one unit is so many of them and an incomplete unit is dropped. `floor: none` lets the item fall below nought.
   */
  z.strictObject({
    kind: z.literal('deduct'),
    ...common,
    marks: Figure,
    unit: Text.optional(),
    counts: z.enum(['missing', 'occurrences', 'shortfall']).optional(),
    every: Decimal.optional(),
    target: Decimal.optional(),
    limit: Figure.optional(),
    floor: z.enum(['zero', 'none']).optional(),
  }),
  z.strictObject({ kind: z.literal('step'), ...common, steps: z.array(named).min(1) }),
  /** By a range of the value or by a word (`label`): marks given, or marks taken (`minus`, `all` for the whole item). */
  z.strictObject({
    kind: z.literal('band'),
    ...common,
    bands: z
      .array(
        z.strictObject({
          label: Text.optional(),
          ...limitFields,
          marks: Figure.optional(),
          minus: z.union([Figure, z.literal('all')]).optional(),
        }),
      )
      .min(1),
  }),
  /** A reviewer gives or takes within a range. */
  z.strictObject({ kind: z.literal('qualitative'), ...common, gives: Range.optional(), takes: Range.optional() }),
  z.strictObject({ kind: z.literal('bonus'), ...extra }),
  z.strictObject({ kind: z.literal('penalty'), ...extra }),
  /** A trigger sets the item, its dimension or the whole to nought. */
  z.strictObject({ kind: z.literal('zero'), ...common, scope: z.enum(['item', 'dimension', 'whole']) }),
  z.strictObject({ kind: z.literal('veto'), ...common, effect: Effect }),
  /** By position among like objects; those who tie share the best or the worst of their places. */
  z.strictObject({
    kind: z.literal('rank'),
    ...common,
    order: z.enum(['high-first', 'low-first']),
    ties: z.enum(['best', 'worst']),
    places: z.array(z.strictObject({ from: Whole, to: Whole, marks: Figure })).min(1),
  }),
  /** By level of an honour or of adoption. */
  z.strictObject({
    kind: z.literal('tiers'),
    ...common,
    tiers: z.array(named).min(1),
    take: z.enum(['highest', 'sum']),
    cap: Figure.optional(),
  }),
])
export type Rule = z.infer<typeof Rule>
export type RuleOf<K extends Rule['kind']> = Extract<Rule, { kind: K }>
