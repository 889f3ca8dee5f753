import { z } from 'zod'

export * from './calendar.ts'
export * from './notice.ts'

export const Year = z.int().min(1990).max(2100)

export const SpecialDayInput = z.strictObject({
  day: z.iso.date(),
  /** True: a holiday; false: a weekend worked in exchange (调休). */
  rest: z.boolean(),
  name: z.string().trim().min(1).max(40),
})

/** The holidays of a year as somebody entered them; what the release ships is no fact, it stands in the release. */
export const workdayFacts = {
  'holidays.entered': z.object({ year: z.int(), days: z.array(z.object({ day: z.iso.date(), rest: z.boolean() })) }),
}
