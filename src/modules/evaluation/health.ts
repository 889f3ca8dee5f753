import { sql } from 'kysely'
import type { Db } from '#kernel/database.ts'
import { check, type Warning } from './engine/healthCheck.ts'
import type { Scheme } from './engine/scheme.ts'
import { type Declared, knownMeasures } from './known.ts'

/** 指标体检 of a scheme, with how many different marks each indicator led to in the owner's last run of a scheme of that key. */
export async function healthFor(db: Db, declared: Declared, scheme: Scheme, orgId?: string): Promise<Warning[]> {
  return check(scheme, knownMeasures(declared), orgId ? await distinctLastTime(db, scheme.key, orgId) : {})
}

async function distinctLastTime(db: Db, key: string, orgId: string): Promise<Record<string, number>> {
  const { rows } = await sql<{ path: string; distinct: number }>`
    with last as (
      select r.id from evaluation.run r join evaluation.scheme s on s.id = r.scheme_id
      where s.key = ${key} and r.org_id = ${orgId} order by r.period desc, r.created_at desc limit 1
    )
    select i.item->>'path' as path, count(distinct i.item->>'score')::int as distinct
    from evaluation.result t join last on last.id = t.run_id cross join lateral jsonb_array_elements(t.body->'items') as i(item)
    where i.item->>'score' is not null group by 1 having count(*) >= 5`.execute(db)
  return Object.fromEntries(rows.map((r) => [r.path, r.distinct]))
}
