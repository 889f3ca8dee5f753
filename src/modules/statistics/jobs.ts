import type { Kind } from './contract.ts'
import { JOBS, WORDS } from './reference.ts'

/** What units have said of their own ways of writing: text → code, of one kind. */
export type Readings = ReadonlyMap<string, string>

const shipped = Object.fromEntries(
  Object.entries(WORDS).map(([kind, lines]) => [kind, new Map(lines.flatMap(({ code, texts }) => texts.map((t) => [t, code])))]),
) as Record<Kind, Map<string, string>>

const jobCodes = new Set(JOBS.map(({ key }) => key).filter((key) => key !== ''))

/**
 * The code of a text as it stands in a member's file: as the unit said, else as the reference writes it, else the number it begins with
 * (`0141 经营管理` lies under 014). Null where nobody knows.
 */
export function codeOf(kind: Kind, text: string | null, own: Readings): string | null {
  const plain = (text ?? '').normalize('NFKC').trim()
  if (plain === '') return null
  const known = own.get(plain) ?? shipped[kind].get(plain)
  if (known !== undefined) return known
  if (kind !== 'job') return null
  const match = /^(\d{1,4})(?:[\s\-_.、:|]+(.*))?$/s.exec(plain)
  if (!match) return null
  return shipped.job.get((match[2] ?? '').trim()) ?? longestJob(match[1]!)
}

/** Codes to choose among for a kind, in their order. */
export const CODES: Record<Kind, { code: string; title: string }[]> = {
  job: JOBS.filter(({ key }) => key !== '').map(({ key, title, ofWhich }) => ({ code: key, title: ofWhich ? `${title}（其中）` : title })),
  title: [
    { code: 'high', title: '高级职务' },
    { code: 'middle', title: '中级职务' },
    { code: 'junior', title: '初级职务' },
    { code: 'none', title: '不算专业技术职务' },
  ],
  education: [
    { code: 'college', title: '大专及以上' },
    { code: 'secondary', title: '中专、高中、中技' },
    { code: 'lower', title: '初中及以下' },
  ],
}

/** The code above another in the table of posts; the whole above all. */
export const jobAbove = (code: string): string => longestJob(code.slice(0, -1)) ?? ''

/** The rows of posts that a code counts in, the whole first. */
export function rowsOfJob(code: string | null): string[] {
  const rows: string[] = []
  for (let at = code; at !== null && at !== ''; at = jobAbove(at)) rows.unshift(at)
  return ['', ...rows]
}

/** The rows that a row should be the sum of: those right below, without parts of parts. */
export const partsOfJob = (row: string): string[] =>
  JOBS.filter(({ key, ofWhich }) => key !== '' && !ofWhich && jobAbove(key) === row).map(({ key }) => key)

/** Does somebody of this code count in the row; `row?` asks for those of the row in none of its parts. */
export function inJobRow(row: string, code: string | null): boolean {
  if (!row.endsWith('?')) return rowsOfJob(code).includes(row)
  const whole = row.slice(0, -1)
  const rows = rowsOfJob(code)
  return rows.includes(whole) && !partsOfJob(whole).some((part) => rows.includes(part))
}

function longestJob(code: string): string | null {
  for (let length = code.length; length > 0; length--) if (jobCodes.has(code.slice(0, length))) return code.slice(0, length)
  return null
}
