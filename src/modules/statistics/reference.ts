import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'
import { Kind } from './contract.ts'

const Line = z.strictObject({
  key: z.string(),
  title: z.string(),
  /** A part of the row above it, which its sum does not count again. */
  ofWhich: z.boolean().default(false),
  /** Why it cannot be computed: it is entered by hand. */
  hand: z.string().optional(),
  /** Kept to explain a difference; stands on no paper. */
  gap: z.boolean().default(false),
})
export type Line = z.output<typeof Line>

const Column = Line.extend({
  /** The head above several columns. */
  under: z.string().optional(),
  /** What the total leaves when these columns are taken away. */
  rest: z.array(z.string()).optional(),
})
export type Column = z.output<typeof Column>

const Within = z.strictObject({
  row: z.string().optional(),
  rows: z.array(z.string()).optional(),
  column: z.string().optional(),
  columns: z.array(z.string()).optional(),
  of: z.string(),
  exactly: z.boolean().default(false),
  says: z.string(),
})

const Sheet = z.strictObject({
  key: z.string(),
  title: z.string(),
  about: z.string(),
  /** The capability with which the records behind it are read. */
  readWith: z.string(),
  rows: z.union([z.literal('jobs'), z.array(Line)]),
  columns: z.array(Column),
  sums: z.array(z.strictObject({ rows: z.array(z.string()), says: z.string(), gapIs: z.string() })).default([]),
  parts: z
    .array(z.strictObject({ of: z.string(), are: z.array(z.string()), gap: z.string(), says: z.string(), gapIs: z.string() }))
    .default([]),
  known: z
    .array(z.strictObject({ row: z.string().default(''), column: z.string(), gap: z.string().optional(), says: z.string() }))
    .default([]),
  within: z.array(Within).default([]),
  whole: z
    .array(z.strictObject({ are: z.array(z.string()), of: z.string(), gap: z.string(), says: z.string(), gapIs: z.string() }))
    .default([]),
})

const Reference = z.strictObject({
  edition: z.int(),
  source: z.string(),
  jobs: z.array(Line),
  words: z.record(Kind, z.array(z.strictObject({ code: z.string(), texts: z.array(z.string()) }))),
  sheets: z.array(Sheet),
})

const read = Reference.parse(parse(readFileSync(new URL('./reference/party-statistics.yaml', import.meta.url), 'utf8')))

/** One table of the 年报: its rows and columns in order, and what must agree with what. */
export interface Sheet extends Omit<z.output<typeof Sheet>, 'rows'> {
  rows: Line[]
  /** Its rows are posts by their codes. */
  byJob: boolean
}

export const SOURCE = read.source
export const JOBS: readonly Line[] = read.jobs
export const WORDS = read.words
export const SHEETS: readonly Sheet[] = read.sheets.map((s) => ({
  ...s,
  rows: s.rows === 'jobs' ? read.jobs : s.rows,
  byJob: s.rows === 'jobs',
}))

export const sheetOf = (key: string): Sheet | undefined => SHEETS.find((s) => s.key === key)
