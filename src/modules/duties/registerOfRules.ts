import { type RawBuilder, sql } from 'kysely'
import type { Ctx } from '#kernel/operation.ts'
import { DUTY_KINDS, lessThan, type RuleView } from './contract.ts'

type Row = Omit<RuleView, 'belowCentral'>

/** Rules of the register, as the actor sees them, that fulfil the condition on `r` (a rule) and `o` (its organisation), each with its conflict, if any. */
export async function rulesWhere({ db, actor }: Ctx, condition: RawBuilder<unknown>): Promise<RuleView[]> {
  const { rows } = await sql<Row>`
    select r.id, r.org_id as "orgId", coalesce(o.short_name, o.name, '') as "orgName", lower(r.valid) as "from", upper(r.valid) as until,
      r.body, r.wording, r.source, r.verified_on as "verifiedOn", r.version,
      coalesce(${actor.within('duties.manage', 'o.path')}, false) and upper(r.valid) is null as "canEnd",
      array(select f.id from ledger.fact f where f.subject = r.id and f.org_id = r.org_id and f.kind = 'rule.adopted') as facts
    from duties.rule r left join organisation.org o on o.id = r.org_id where ${condition}
    order by array_position(${Object.keys(DUTY_KINDS)}::text[], r.body->>'duty'), r.code nulls last, o.path, lower(r.valid), r.id
    limit 500`.execute(db)
  return rows.map((r) => ({ ...r, belowCentral: belowCentral(r, rows) }))
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
