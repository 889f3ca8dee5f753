import { z } from 'zod'
import { exact, textOf } from './exact.ts'

/** The word a scheme writes for a figure its source did not publish; never read as nought. */
export const UNKNOWN = 'unknown'

const DECIMAL = '-?\\d{1,9}(?:\\.\\d{1,6})?'
const WHOLE_DECIMAL = new RegExp(`^${DECIMAL}$`)
const canonical = (value: string): string => (WHOLE_DECIMAL.test(value) ? textOf(exact(value)) : value)

/** A decimal as text, at most six places; kept without trailing zeros. */
export const Decimal = z.string().regex(WHOLE_DECIMAL, '请写成十进制数，最多六位小数').overwrite(canonical)

/** A decimal, or `unknown` where the source did not publish it. */
export const Figure = z
  .string()
  .regex(new RegExp(`^(?:${DECIMAL}|${UNKNOWN})$`), '请写成十进制数（最多六位小数）；没有公布的写 unknown，不要写 0')
  .overwrite(canonical)

export const Whole = z.string().regex(/^\d{1,6}$/, '请写成不带小数的正数')
export const Text = z.string().trim().min(1, '不能为空').max(1000, '不能超过一千字')

/** Ends of a range, each saying by its name whether the end itself belongs to it; `limits: unknown` where none were published. */
export const limitFields = {
  above: Decimal.optional(),
  atLeast: Decimal.optional(),
  below: Decimal.optional(),
  atMost: Decimal.optional(),
  limits: z.literal(UNKNOWN).optional(),
}
export const Limits = z.strictObject(limitFields)
export type Limits = z.infer<typeof Limits>

export const Range = z.strictObject({ least: Figure, most: Figure })

/** What a veto or an eligibility rule does to an object. */
export const Effect = z.discriminatedUnion('does', [
  z.strictObject({ does: z.literal('bar'), from: Text }),
  z.strictObject({ does: z.literal('gradeAtMost'), grade: Text }),
  z.strictObject({ does: z.literal('gradeIs'), grade: Text }),
  z.strictObject({ does: z.literal('undecided') }),
  z.strictObject({ does: z.literal('notice') }),
])
export type Effect = z.infer<typeof Effect>
