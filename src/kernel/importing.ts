import { z } from 'zod'
import { xlsxBuffer } from '#runtime/sheets/write.ts'

/** One remark on a row of an imported file, as the command line and the page show it. */
export const ImportRemark = z.object({
  row: z.int(),
  column: z.string(),
  level: z.enum(['wrong', 'warning']),
  value: z.string(),
  problem: z.string(),
  remedy: z.string(),
})

/**
 * What an import did, or would do: rows of the file by what becomes of them (`warned` ones are counted again among the first
 * three), the remarks, and what is created besides.
 */
export const ImportResult = z.object({
  new: z.int(),
  changed: z.int(),
  unchanged: z.int(),
  wrong: z.int(),
  warned: z.int(),
  skipped: z.int(),
  rows: z.array(ImportRemark),
  also: z.array(z.object({ what: z.string(), count: z.int() })),
})
export type ImportResult = z.output<typeof ImportResult>
export type ImportRemark = z.output<typeof ImportRemark>

/** The media type of a workbook. */
export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** Files up to this many bytes are taken for import. */
export const IMPORT_LIMIT = 50 * 1024 * 1024

export interface ImportOptions {
  /** Only says what would be done. */
  dryRun: boolean
  /** Called now and then with the rows read so far. */
  onProgress?: (rows: number) => void
  /** What a person has answered so far, by the key of what was asked. */
  answers?: ReadonlyMap<string, string>
  /** Told of each row on which the file leaves a person something to decide, answered or not. */
  onAsk?: (ask: ImportAsk) => void
}

/** Something that the file alone cannot decide: a person picks one of the choices, the program guesses none. */
export interface ImportAsk {
  /** Names the same question in every reading of the file. */
  key: string
  kind: 'org' | 'unit' | 'post'
  /** The question in Chinese. */
  says: string
  choices: { id: string; name: string }[]
}

/** An import that has read nothing yet. */
export const emptyResult = (): ImportResult => ({ new: 0, changed: 0, unchanged: 0, wrong: 0, warned: 0, skipped: 0, rows: [], also: [] })

/** Counts a row and keeps its remarks. */
export function count(result: ImportResult, what: 'new' | 'changed' | 'unchanged' | 'wrong', issues: readonly ImportRemark[]): void {
  result[what]++
  if (what !== 'wrong' && issues.length > 0) result.warned++
  for (const issue of issues) result.rows.push(issue)
}

/** The remarks of an import as a workbook to work through. */
export function problemSheet(rows: readonly ImportRemark[]): Promise<Buffer> {
  return xlsxBuffer([
    {
      name: '需要核对的行',
      columns: [
        { title: '行号', width: 8, kind: 'number' },
        { title: '列', width: 6 },
        { title: '程度', width: 8 },
        { title: '原来填的', width: 30 },
        { title: '有什么问题', width: 50 },
        { title: '怎么改', width: 50 },
      ],
      rows: rows.map((r) => [r.row, r.column, r.level === 'wrong' ? '有错，未导入' : '提示', r.value, r.problem, r.remedy]),
    },
  ])
}
