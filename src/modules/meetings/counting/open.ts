import { sql } from 'kysely'
import { json } from '#kernel/database.ts'
import { type Fields, invalid } from '#kernel/errors.ts'
import { newId } from '#kernel/id.ts'
import type { Ctx } from '#kernel/operation.ts'
import { type PaperChoice, quorumOf, type VoteRuleKey } from '../contract.ts'
import { namesOf } from '../find.ts'
import { type Count, tables } from '../tables.ts'

export interface NewCount {
  orgId: string
  planId: string | null
  title: string
  choices: PaperChoice
  issued: number
  entitled: number
  present: number
  rule: VoteRuleKey | null
  tellerIds: readonly string[]
  scrutineerIds: readonly string[]
  lines: readonly { title: string; personId: string | null }[]
}

/**
 * Opens a count of paper votes. It does not open while too few have come (LIFE-10); tellers and scrutineers are different people, and
 * every line has one of each who is not the person it is about.
 */
export async function openCount(ctx: Ctx, given: NewCount): Promise<string> {
  const wrong: Fields = {}
  const { entitled, present, issued, tellerIds, scrutineerIds, rule } = given
  const known = await namesOf(ctx, [...tellerIds, ...scrutineerIds, ...given.lines.map((l) => l.personId)])
  if (present > entitled) wrong.present = ['实到不能多于应到']
  else if (issued > present) wrong.issued = [`发出的票不能多于到会有表决权的 ${present} 人`]
  else if (rule && !quorumOf(rule, entitled, present).met)
    wrong.present = [`${quorumOf(rule, entitled, present).says}。到会人数未达到规定，不能表决，请另行召开会议`]
  if (tellerIds.some((id) => !known.has(id))) wrong.tellerIds = ['请从名册里选']
  if (scrutineerIds.some((id) => !known.has(id))) wrong.scrutineerIds = ['请从名册里选']
  else if (scrutineerIds.some((id) => tellerIds.includes(id))) wrong.scrutineerIds = ['计票人和监票人要是不同的人']
  const alone = (ids: readonly string[]) => given.lines.find((l) => l.personId && ids.every((id) => id === l.personId))?.personId
  for (const [field, ids, what] of [
    ['tellerIds', tellerIds, '计票人'],
    ['scrutineerIds', scrutineerIds, '监票人'],
  ] as const) {
    const self = alone(ids)
    if (self && !wrong[field]) wrong[field] = [`${known.get(self)}不能计自己的票，请再加一位${what}`]
  }
  if (given.lines.some((l) => l.personId && !known.has(l.personId))) wrong.lines = ['有人不在系统里，请从名册里选']
  if (Object.keys(wrong).length > 0) throw invalid('invalid-input', Object.values(wrong)[0]![0]!, wrong)
  const id = newId()
  const row: Count = {
    org_id: given.orgId,
    id,
    plan_id: given.planId,
    title: given.title,
    choices: given.choices,
    issued,
    entitled,
    present,
    rule,
    tellers: [...new Set(tellerIds)],
    scrutineers: [...new Set(scrutineerIds)],
    state: 'typing',
    reason: null,
    opened_by: ctx.actor.personId,
    opened_at: ctx.now,
    agreed_at: null,
    fact_id: null,
    version: 1,
  }
  await tables(ctx).insertInto('meetings.count').values(row).execute()
  const lines = given.lines.map((l, position) => ({ org_id: given.orgId, count_id: id, position, title: l.title, person_id: l.personId }))
  await sql`insert into meetings.count_line (org_id, count_id, position, title, person_id)
    select r.org_id, r.count_id, r.position, r.title, r.person_id from jsonb_populate_recordset(null::meetings.count_line, ${json(lines)}) r`.execute(
    ctx.db,
  )
  return id
}

export interface AgreedCount {
  state: Count['state']
  issued: number
  lines: { personId: string | null; title: string; figures: { returned: number; invalid: number; votes: Record<string, number> } | null }[]
}

/** A count as far as the two agree; undefined if that organisation has none of this id. */
export async function countOf(ctx: Pick<Ctx, 'db'>, orgId: string, id: string): Promise<AgreedCount | undefined> {
  const { rows } = await sql<Count & { lines: AgreedCount['lines'] }>`select c.*, (select jsonb_agg(jsonb_build_object(
      'personId', l.person_id, 'title', l.title, 'figures', l.agreed) order by l.position)
      from meetings.count_line l where l.org_id = c.org_id and l.count_id = c.id) as lines
    from meetings.count c where c.org_id = ${orgId} and c.id = ${id}`.execute(ctx.db)
  return rows[0] && { state: rows[0].state, issued: rows[0].issued, lines: rows[0].lines }
}
