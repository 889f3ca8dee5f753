import { type RawBuilder, sql } from 'kysely'
import { beyond } from '#kernel/actor.ts'
import { plannedAnew } from '#kernel/database.ts'
import { POSTS } from './contract.ts'

/** In which order kinds stand below one superior: 党委, 总支, 支部, then what is neither. */
const RANK = [
  'partyCommittee',
  'workCommittee',
  'disciplineCommittee',
  'generalBranch',
  'partyBranch',
  'jointBranch',
  'provisionalBranch',
  'partyGroup',
]

const placeIn = (list: readonly string[], column: RawBuilder<unknown>) => sql`array_position(${[...list]}::text[], ${column})`

/** Sorts organisations by kind, the higher first. */
export const byRank = (kind: RawBuilder<unknown>): RawBuilder<unknown> => placeIn(RANK, kind)

/**
 * How organisations stand below one superior, declared once for tree, grid, lists and exports: the higher kind first, then by the
 * organisation's own code, then by name, 一队 before 二队 before 十一队. `o` is the alias of what has kind, code and name.
 */
export const siblingOrder = (o: string): RawBuilder<unknown> => {
  const [kind, code, name, id] = ['kind', 'code', 'name', 'id'].map((column) => sql.ref(`${o}.${column}`))
  // Numerals as digits, ten as a letter behind them: read by their sound 二 would stand before 一.
  return sql`${byRank(kind!)}, ${code} collate "C" nulls last,
    translate(${name}, '〇一二三四五六七八九十', '0123456789A') collate "zh-x-icu", ${id}`
}

/** Every organisation at and below `path` with its `path` and its number `nth` among its siblings. */
export const nthUnder = (path: string): RawBuilder<unknown> => sql`( ${plannedAnew}
  select o.id, o.path, row_number() over (partition by left(o.path, ${-STEP}::int) order by ${siblingOrder('o')})::int as nth
  from organisation.org o where o.path >= ${path} and o.path < ${beyond(path)})`

/** The rows of `nthUnder` in the order of the tree. Of thousands faster than `placesUnder`, which makes an array for each. */
export function inTreeOrder<T extends { path: string; nth: number }>(rows: readonly T[]): T[] {
  const nths = new Map(rows.map((r) => [r.path, r.nth]))
  const top = Math.min(...rows.map((r) => r.path.length))
  const placeOf = (path: string) => {
    let place = ''
    for (let until = top + STEP; until <= path.length; until += STEP) place += String.fromCodePoint(nths.get(path.slice(0, until)) ?? 0)
    return place
  }
  const placed = rows.map((row): [string, T] => [placeOf(row.path), row])
  return placed.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, row]) => row)
}

/** Every organisation at and below `path` with its `place`: an array to order by, the order of the tree as it is read from the top. */
export const placesUnder = (path: string): RawBuilder<unknown> => sql`(
  with node as materialized ${nthUnder(path)}
  select n.id, coalesce(array_agg(a.nth order by g.until) filter (where a.nth is not null), '{}') as place from node n
  left join lateral generate_series(${path.length + STEP}::int, length(n.path), ${STEP}::int) as g(until) on true
  left join node a on a.path = left(n.path, g.until)
  group by n.id)`

/** Eight letters of a key and a slash for each level of a path. */
export const STEP = 9

/** Sorts posts (`t.role`) as they are read out: 书记, 副书记, 组织, 宣传, 纪检, 委员, then the others. */
export const POST_ORDER: RawBuilder<unknown> = placeIn(Object.keys(POSTS), sql`t.role`)
