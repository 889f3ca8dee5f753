import { z } from 'zod'

export const ENTRY_KINDS = { meeting: '会议', duty: '应办到期', task: '任务到期', rest: '放假调休' } as const
export type EntryKind = keyof typeof ENTRY_KINDS

/** One thing on a day; a meeting has its hours, everything else is of the whole day. */
export const Entry = z.object({
  /** Stays the same as long as the thing does. */
  key: z.string(),
  kind: z.enum(Object.keys(ENTRY_KINDS) as [EntryKind, ...EntryKind[]]),
  day: z.iso.date(),
  start: z.string().nullable(),
  end: z.string().nullable(),
  title: z.string(),
  note: z.string(),
  /** The page that shows it. */
  open: z.string().nullable(),
  /** `exempt`: owed, and remitted. */
  state: z.enum(['open', 'late', 'done', 'exempt', 'off', 'work']),
})
export type Entry = z.output<typeof Entry>

/** So many links one person may have at once. */
export const FEEDS = 5

export const Feed = z.object({
  id: z.uuid(),
  /** Null: one's own calendar. */
  orgName: z.string().nullable(),
  madeOn: z.iso.date(),
  readOn: z.iso.date().nullable(),
})
export type Feed = z.output<typeof Feed>
