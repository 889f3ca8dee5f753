import type { Ctx } from './operation.ts'

export interface AboutLine {
  label: string
  value: string
}

/** What one module holds about a person, told to that person. */
export interface AboutSource {
  /** 党员档案. */
  title: string
  /** What it is kept for. */
  why: string
  /** The tables it speaks for: every table that names a person is spoken for by somebody. */
  tables: readonly string[]
  /** At most some hundred lines; nothing when nothing is held. */
  lines: (ctx: Pick<Ctx, 'db' | 'now'>, personId: string) => Promise<AboutLine[]>
}

/** `2026-01-01 至 今` of a stretch of days. */
export const spanText = (from: string, until: string | null): string => `${from} 至 ${until ?? '今'}`
