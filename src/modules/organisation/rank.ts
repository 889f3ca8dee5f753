import { type RawBuilder, sql } from 'kysely'
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

/** Sorts posts (`t.role`) as they are read out: 书记, 副书记, 组织, 宣传, 纪检, 委员, then the others. */
export const POST_ORDER: RawBuilder<unknown> = placeIn(Object.keys(POSTS), sql`t.role`)
