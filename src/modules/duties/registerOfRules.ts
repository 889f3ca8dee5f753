import { type RawBuilder, sql } from 'kysely'
import type { Ctx } from '#kernel/operation.ts'
import { DUTY_KINDS, lessThan, type RuleView } from './contract.ts'

type Row = Omit<RuleView, 'belowCentral' | 'facts'>

/** Rules of the register, as the actor sees them, that fulfil the condition on `r` (a rule) and `o` (its organisation), each with its conflict, if any. */
export async function rulesWhere({ db, actor }: Ctx, condition: RawBuilder<unknown>): Promise<RuleView[]> {
  const { rows } = await sql<Row>`
    select r.id, r.org_id as "orgId", coalesce(o.short_name, o.name, '') as "orgName", lower(r.valid) as "from", upper(r.valid) as until,
      r.body, r.wording, r.source, r.verified_on as "verifiedOn", r.version,
      coalesce(${actor.within('duties.manage', 'o.path')}, false) and upper(r.valid) is null as "canEnd"
    from duties.rule r left join organisation.org o on o.id = r.org_id where ${condition}
    order by array_position(${Object.keys(DUTY_KINDS)}::text[], r.body->>'duty'), r.code nulls last, o.path, lower(r.valid), r.id
    limit 500`.execute(db)
  const facts = await adoptions(db, rows)
  return rows.map((r) => ({ ...r, facts: facts.get(r.id) ?? [], belowCentral: belowCentral(r, rows) }))
}

/** The facts by which rules were adopted, by rule; asked once for all, since rules stand everywhere and facts with their organisation. */
async function adoptions(db: Ctx['db'], rows: readonly Row[]): Promise<Map<string, string[]>> {
  const { rows: found } = await sql<{ rule: string; facts: string[] }>`
    select f.subject as rule, array_agg(f.id) as facts from ledger.fact f
    where f.org_id = any(${[...new Set(rows.map((r) => r.orgId))]}::uuid[]) and f.kind = 'rule.adopted'
      and f.subject = any(${rows.map((r) => r.id)}::uuid[]) group by f.subject`.execute(db)
  return new Map(found.map(({ rule, facts }) => [rule, facts]))
}

/** The sentence that names the conflict of a unit's rule with a central minimum, or null. A practice is no minimum. */
export function belowCentral(rule: Pick<Row, 'body'>, all: readonly Row[]): string | null {
  if (rule.body.layer !== 'unit') return null
  const minima = all.filter((r) => r.body.layer === 'central' && r.body.duty === rule.body.duty && r.body.strength !== 'may')
  const found = minima.flatMap((central) => {
    const less = lessThan(rule.body, central.body)
    return less.length > 0
      ? [`低于中央规定：${less.join('；')}。${central.wording}（${central.source}）。系统按中央规定提醒，请修订单位规定`]
      : []
  })
  return found[0] ?? null
}
