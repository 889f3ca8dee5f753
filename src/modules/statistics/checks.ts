import type { Finding } from './contract.ts'
import { partsOfJob } from './jobs.ts'
import type { Sheet } from './reference.ts'

/** The number of a cell; null where nobody has entered it yet. */
export type Values = (row: string, column: string) => number | null

/** What does not agree in a table. `whole` is the total of another table, for what must agree across two. */
export function findingsOf(sheet: Sheet, value: Values, whole: (sheet: string) => number | null): Finding[] {
  return [
    ...sums(sheet, value),
    ...parts(sheet, value),
    ...acrossSheets(sheet, value, whole),
    ...known(sheet, value),
    ...within(sheet, value),
    ...negative(sheet, value),
  ]
}

const shown = (lines: Sheet['columns']) => lines.filter((c) => !c.gap)

/** Down each column: a row is the sum of the rows right below it. Said for the total alone where that differs already. */
function sums(sheet: Sheet, value: Values): Finding[] {
  return sheet.sums.flatMap(({ rows, says, gapIs }) =>
    rows.flatMap((row) => {
      const found = shown(sheet.columns)
        .filter((c) => !c.hand)
        .flatMap((c) => {
          const difference = minus(value(row, c.key), total(partsOfJob(row).map((part) => value(part, c.key))))
          return difference === 0 ? [] : [{ column: c.key, difference }]
        })
      const first = found.find((f) => f.column === 'total') ?? found[0]
      if (!first) return []
      const open = { row: `${row}?`, column: first.column }
      const at = placeOf(sheet, row, first.column)
      return [{ sheet: sheet.key, says, at, difference: first.difference, because: gapIs, open, sort: 'job' as const }]
    }),
  )
}

/** Along each row: a column is the sum of others. Said for the first row alone where that differs already. */
function parts(sheet: Sheet, value: Values): Finding[] {
  return sheet.parts.flatMap(({ of, are, gap, says, gapIs }) => {
    const found = sheet.rows.flatMap(({ key }) => {
      const difference = minus(value(key, of), total(are.map((column) => value(key, column))))
      return difference === 0 ? [] : [{ row: key, difference }]
    })
    const first = found[0]
    if (!first) return []
    const at = placeOf(sheet, first.row, of)
    const sort = gap === 'noEducation' ? ('education' as const) : null
    return [{ sheet: sheet.key, says, at, difference: first.difference, because: gapIs, open: { row: first.row, column: gap }, sort }]
  })
}

function acrossSheets(sheet: Sheet, value: Values, whole: (sheet: string) => number | null): Finding[] {
  return sheet.whole.flatMap(({ are, of, gap, says, gapIs }) => {
    const difference = minus(whole(of), total(are.map((row) => value(row, 'total'))))
    if (difference === 0) return []
    const open = { row: gap, column: 'total' }
    return [{ sheet: sheet.key, says, at: sheet.title, difference, because: gapIs, open, sort: null }]
  })
}

/** What could not be seen is said, not taken for zero. */
function known(sheet: Sheet, value: Values): Finding[] {
  return sheet.known.flatMap(({ row, column, gap = column, says }) => {
    const missing = value(row, gap) ?? 0
    if (missing === 0) return []
    const sort = row === '?' ? ('title' as const) : null
    return [
      { sheet: sheet.key, says, at: titleOf(sheet.columns, gap), difference: missing, because: null, open: { row, column: gap }, sort },
    ]
  })
}

/** Parts that were entered by hand may not be more than their whole. */
function within(sheet: Sheet, value: Values): Finding[] {
  return sheet.within.flatMap(({ row, rows, column, columns, of, exactly, says }) => {
    const down = rows ?? (row === undefined ? undefined : [row])
    const along = columns ?? (column === undefined ? undefined : [column])
    const lines = down ? shown(sheet.columns) : sheet.rows
    return lines.flatMap(({ key }) => {
      const given = down ? down.map((r) => value(r, key)) : along!.map((c) => value(key, c))
      if (given.every((n) => n === null)) return []
      const whole = down ? value(of, key) : value(key, of)
      const difference = total(given)! - (whole ?? 0)
      if (exactly ? difference === 0 : difference <= 0) return []
      const at = down ? placeOf(sheet, of, key) : placeOf(sheet, key, of)
      return [{ sheet: sheet.key, says, at, difference, because: null, open: null, sort: null }]
    })
  })
}

/** What a total leaves cannot be less than nothing. */
function negative(sheet: Sheet, value: Values): Finding[] {
  const rest = sheet.columns.find((c) => c.rest)
  if (!rest) return []
  return sheet.rows.flatMap(({ key }) => {
    const n = value(key, rest.key) ?? 0
    const says = `${rest.title}由总数减去其他各列得出，其他各列之和多于总数`
    return n < 0
      ? [{ sheet: sheet.key, says, at: placeOf(sheet, key, rest.key), difference: n, because: null, open: null, sort: null }]
      : []
  })
}

const total = (of: (number | null)[]): number => of.reduce<number>((sum, n) => sum + (n ?? 0), 0)
const minus = (a: number | null, b: number): number => (a ?? 0) - b

const titleOf = (lines: readonly { key: string; title: string }[], key: string) => lines.find((l) => l.key === key)?.title ?? ''

const placeOf = (sheet: Sheet, row: string, column: string) =>
  [titleOf(sheet.rows, row), titleOf(sheet.columns, column)].filter(Boolean).join(' · ')
