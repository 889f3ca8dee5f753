import { sql } from 'kysely'
import type { Db } from '#kernel/database.ts'
import { type Demand, DUTY_KINDS, type DutyKind, frequencyText } from './contract.ts'

export { casesOf } from './cases.ts'
export { openDutiesOf } from './openDuties.ts'
export { remindDuties } from './remind.ts'

/** What these rules ask, in a few words: 党员大会每季 1 次. */
export async function ruleTexts(db: Db, ids: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; body: Demand & { duty: DutyKind } }>`select id, body from duties.rule
    where id = any(${[...ids]}::uuid[])`.execute(db)
  return new Map(rows.map(({ id, body }) => [id, `${DUTY_KINDS[body.duty]}${frequencyText(body)}`]))
}

/** Those of these rules that belong to organisations at or below the path. */
export async function rulesOfOrgs(db: Db, ids: readonly string[], path: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select r.id from duties.rule r join organisation.org o on o.id = r.org_id
    where r.id = any(${[...ids]}::uuid[]) and starts_with(o.path, ${path})`.execute(db)
  return rows.map((r) => r.id)
}
