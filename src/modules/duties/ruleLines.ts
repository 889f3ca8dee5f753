import { sql } from 'kysely'
import type { Db } from '#kernel/database.ts'
import type { RuleLine } from './contract.ts'
import type { DutyCase } from './owed.ts'

/** The rules by which these cases are owed, as people read them. */
export async function ruleLines(db: Db, cases: readonly DutyCase[]): Promise<RuleLine[]> {
  const ids = [...new Set(cases.map((c) => c.rule.id))]
  const { rows } = await sql<RuleLine>`select id, body->>'duty' as duty, body->>'layer' as layer, body->>'every' as every,
      (body->>'times')::int as times, body->>'strength' as strength, wording, source,
      (body->>'toVerify')::boolean and verified_on is null as "toVerify", (body->>'mayShare')::boolean as "mayShare"
    from duties.rule where id = any(${ids}::uuid[]) order by id`.execute(db)
  return rows
}
