import { z } from 'zod'

/** What of the 手册 there is in a period, and whether the reader may have it. */
export const ChapterCard = z.object({
  key: z.string(),
  title: z.string(),
  /** What stands in it, in one sentence. */
  says: z.string(),
  empty: z.boolean(),
  /** False: it asks for a right that the reader does not hold; it is left out of the paper. */
  mine: z.boolean(),
})
export type ChapterCard = z.output<typeof ChapterCard>

export const Part = z.union([
  z.object({ kind: z.literal('heading'), level: z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)]), text: z.string() }),
  z.object({
    kind: z.literal('text'),
    text: z.string(),
    label: z.string().optional(),
    flush: z.boolean().optional(),
    align: z.enum(['center', 'right']).optional(),
  }),
  z.object({
    kind: z.literal('table'),
    heads: z.array(z.string()),
    rows: z.array(z.array(z.string())),
    title: z.string().optional(),
    widths: z.array(z.number()).optional(),
    tall: z.boolean().optional(),
  }),
  z.object({ kind: z.literal('signed'), lines: z.array(z.string()) }),
  z.object({ kind: z.literal('blank') }),
])
export type Part = z.output<typeof Part>
