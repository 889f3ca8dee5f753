import { z } from 'zod'

/** Texts of members' files that a table sorts by. */
export const KINDS = { job: '工作岗位', title: '职称', education: '学历' } as const
export type Kind = keyof typeof KINDS
export const Kind = z.enum(Object.keys(KINDS) as [Kind, ...Kind[]])

/** subject is the edition. What the tables said is kept with it; the ledger holds that it was submitted, and as what. */
export const statisticsFacts = {
  'statistics.submitted': z.object({ year: z.int(), edition: z.int().min(1), failed: z.int().min(0) }),
}

export const Head = z.object({
  key: z.string(),
  title: z.string(),
  under: z.string().nullable(),
  ofWhich: z.boolean(),
})
export type Head = z.output<typeof Head>

/** How a number came about: counted from records, entered by hand, or what a total leaves. */
export const CellKind = z.enum(['counted', 'hand', 'rest'])
export type CellKind = z.output<typeof CellKind>

export const Cell = z.object({
  row: z.string(),
  column: z.string(),
  kind: CellKind,
  /** Null: to be entered by hand, and not yet. */
  value: z.int().nullable(),
  /** What the kept edition said, where it said something else. */
  was: z.int().nullable().optional(),
  /** Why it cannot be counted. */
  why: z.string().optional(),
})
export type Cell = z.output<typeof Cell>

export const Finding = z.object({
  sheet: z.string(),
  says: z.string(),
  /** Where the difference lies, e.g. 总计 · 总数. */
  at: z.string(),
  difference: z.int(),
  /** What makes the difference, where records say it. */
  because: z.string().nullable(),
  /** The cell whose records make the difference. */
  open: z.object({ row: z.string(), column: z.string() }).nullable(),
  /** Which texts to sort, where that mends it. */
  sort: Kind.nullable(),
})
export type Finding = z.output<typeof Finding>

export const SheetView = z.object({
  key: z.string(),
  title: z.string(),
  about: z.string(),
  rows: z.array(Head),
  columns: z.array(Head),
  cells: z.array(Cell),
  findings: z.array(Finding),
})
export type SheetView = z.output<typeof SheetView>

export const EditionCard = z.object({
  id: z.string(),
  number: z.int(),
  at: z.string(),
  by: z.string(),
  day: z.string(),
  failed: z.int(),
  note: z.string(),
})
export type EditionCard = z.output<typeof EditionCard>

/** `row column` as one word; neither holds a blank. */
export const keyOfCell = (row: string, column: string): string => `${row}|${column}`
