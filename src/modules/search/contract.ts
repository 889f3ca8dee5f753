import { z } from 'zod'

/** A stretch of text around what was looked for; `hit` marks the words themselves. */
export const Piece = z.object({ text: z.string(), hit: z.boolean() })
export type Piece = z.output<typeof Piece>

export const Hit = z.object({
  kind: z.string(),
  id: z.uuid(),
  title: z.array(Piece),
  note: z.string(),
  open: z.string(),
  day: z.iso.date(),
  /** The place of the first hit in the text; empty when only the title holds it. */
  excerpt: z.array(Piece),
})
