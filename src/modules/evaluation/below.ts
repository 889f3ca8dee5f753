import { sql } from 'kysely'
import type { Db } from '#kernel/database.ts'
import type { Case, Measure, Question } from '#kernel/measure.ts'
import type { Source } from './engine/source.ts'

/** Every measure may be asked of the organisations below: `of: below` makes their cases those of the organisation above. */
export const BELOW = { of: ['below'] } as const

/** The facts that say what stood below what. */
export const PLACES = ['org.founded', 'org.placed', 'org.dissolved', 'org.merged'] as const

export const asksBelow = (source: Source | null): boolean =>
  (source?.from === 'fact' || source?.from === 'duty') && source.filter?.of === 'below'

type Ask = (orgIds: readonly string[]) => Promise<Case[]>

/** The cases of all that stood below each organisation on the last day asked about, each with the name of where it happened. */
export async function casesBelow(
  { db, facts, orgIds, to, asAt }: Pick<Question, 'db' | 'facts' | 'orgIds' | 'to' | 'asAt'>,
  ask: Ask,
): Promise<Case[]> {
  const day = asAt < to ? asAt : to
  const below = await placesBelow(db, facts, orgIds, day)
  const names = await namesOn(db, [...below.keys()], day)
  const cases = await ask([...below.keys()])
  return cases.flatMap((c) =>
    below.get(c.orgId)!.map((above) => ({ ...c, orgId: above, note: `${names.get(c.orgId) ?? '（已无名称记录）'}：${c.note}` })),
  )
}

/** A measure asked as a scheme may: of an organisation itself, or of all below it. */
export const answerOf = (measure: Measure, question: Question): Promise<Case[]> => {
  const { of, ...filter } = question.filter
  if (of !== 'below') return measure.cases(question)
  return casesBelow(question, (orgIds) => measure.cases({ ...question, orgIds, filter, memo: new Map() }))
}

interface Placed {
  orgId: string
  parentId: string | null
  gone: boolean
}

/** Which of the organisations asked about stood above which other on `day`: facts decide, today's tables only say where to look. */
async function placesBelow(db: Db, facts: Question['facts'], orgIds: readonly string[], day: string): Promise<Map<string, string[]>> {
  const { rows } = await sql<Placed>`
    select f.org_id as "orgId", bool_or(f.kind in ('org.dissolved', 'org.merged')) as gone,
      (array_agg(f.body ->> 'parentId' order by f.happened_on desc, f.recorded_at desc, f.id desc)
        filter (where f.kind in ('org.founded', 'org.placed')))[1] as "parentId"
    from ${facts} f
    where f.kind = any(${[...PLACES]}::text[]) and f.happened_on <= ${day}::date and f.org_id = any(array(
      select distinct a.org_id from organisation.placement o join organisation.placement a on a.path > o.path and a.path < o.path || '~'
      where o.org_id = any(${[...orgIds]}::uuid[])))
    group by f.org_id order by f.org_id`.execute(db)
  const parents = new Map(rows.map((r) => [r.orgId, r.parentId]))
  const asked = new Set(orgIds)
  const climb = (id: string): string[] => {
    const parent = parents.get(id)
    return parent ? [parent, ...climb(parent)] : []
  }
  return new Map(
    rows.flatMap(({ orgId, gone }): [string, string[]][] => {
      const above = gone ? [] : climb(orgId).filter((id) => asked.has(id))
      return above.length > 0 ? [[orgId, above]] : []
    }),
  )
}

async function namesOn(db: Db, orgIds: readonly string[], day: string): Promise<Map<string, string>> {
  const { rows } = await sql<{ orgId: string; name: string }>`select org_id as "orgId", name from organisation.naming
    where valid @> ${day}::date and org_id = any(${[...orgIds]}::uuid[])`.execute(db)
  return new Map(rows.map((r) => [r.orgId, r.name]))
}
