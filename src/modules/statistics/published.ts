import type { Ctx } from '#kernel/operation.ts'
import type { OrgCard } from '#modules/organisation/published.ts'
import { keyOfCell } from './contract.ts'
import { SHEETS, sheetOf } from './reference.ts'
import { tablesOf, yearFor } from './year.ts'

/** A number of the yearly tables that another module may ask for, as `sheet|row|column`. */
export interface StatisticsCell {
  key: string
  title: string
  readWith: string
}

/** Every number of the yearly tables, in their order. */
export const STATISTICS_CELLS: readonly StatisticsCell[] = SHEETS.flatMap((s) =>
  s.rows
    .filter((r) => !r.gap)
    .flatMap((r) =>
      s.columns
        .filter((c) => !c.gap)
        .map((c) => ({ key: `${s.key}|${keyOfCell(r.key, c.key)}`, title: `${s.title}：${r.title}，${c.title}`, readWith: s.readWith })),
    ),
)

/** These numbers of an organisation's year; null where nobody has entered them. The caller has asked each one's capability. */
export async function statisticsOf(ctx: Ctx, org: OrgCard, year: number, keys: readonly string[]): Promise<Map<string, number | null>> {
  const wanted = new Set(keys.map((key) => key.slice(0, key.indexOf('|'))))
  const tables = await tablesOf(ctx, await yearFor(ctx, org, year), (s) => wanted.has(s.key))
  const values = new Map(tables.map((t) => [t.sheet.key, t.values]))
  return new Map(
    keys.map((key) => {
      const [sheet = '', row = '', column = ''] = key.split('|')
      return [key, sheetOf(sheet) ? (values.get(sheet)?.get(keyOfCell(row, column)) ?? null) : null]
    }),
  )
}
