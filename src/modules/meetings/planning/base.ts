import { sql } from 'kysely'
import { dateName, onDay } from '#kernel/civilDate.ts'
import type { Ctx } from '#kernel/operation.ts'
import { LEFT_OUT_REASONS, type LeftOutView, type PlanView, quorumOf, type VoteRuleKey } from '../contract.ts'
import type { ExpectedPerson } from '../expected.ts'
import type { LeftOut, Plan } from '../tables.ts'

/** Those whom somebody asked to leave out of 应到, each with what stands and what still lacks; who has come is counted all the same. */
export async function leftOutOf(
  ctx: Pick<Ctx, 'db'>,
  { org_id, id, election }: Pick<Plan, 'org_id' | 'id' | 'election'>,
  here: ReadonlySet<string>,
): Promise<LeftOutView[]> {
  if (!election) return []
  const { rows } = await sql<LeftOut & { name: string }>`select l.*, p.name from meetings.left_out l
    join organisation.person p on p.id = l.person_id where l.org_id = ${org_id} and l.plan_id = ${id}
    order by p.name collate "zh-x-icu", p.id`.execute(ctx.db)
  return rows.map((l) => ({
    personId: l.person_id,
    name: l.name,
    reason: l.reason,
    agreedOn: l.agreed_on,
    letterNo: l.letter_no,
    decidedOn: l.decided_on,
    left: bothStand(l) && !here.has(l.person_id),
    says: sentence(l, here.has(l.person_id)),
  }))
}

/** V-10: the superior's agreement and the assembly's decision, both; either alone leaves nobody out. */
const bothStand = (l: Pick<LeftOut, 'agreed_on' | 'decided_on'>) => l.agreed_on !== null && l.decided_on !== null

function sentence(l: LeftOut, came: boolean): string {
  if (came) return '本人到会，照常计入应到会'
  if (bothStand(l)) return `不计入应到会：上级 ${day(l.agreed_on!)}同意，党员大会 ${day(l.decided_on!)}通过`
  const lacking = [l.agreed_on === null && '上级党组织同意', l.decided_on === null && '党员大会通过'].filter(Boolean)
  return `${LEFT_OUT_REASONS[l.reason]}；还缺${lacking.join('和')}，仍计入应到会`
}

const day = (date: string) => dateName(onDay(date))

interface Roster {
  /** Those with a vote on the day. */
  entitled: readonly ExpectedPerson[]
  here: ReadonlySet<string>
  leftOut: readonly LeftOutView[]
}

/** Whether enough have come, as it stands; at an election without those whom both the superior and the assembly left out. */
export function quorumNow(rule: VoteRuleKey, { entitled, here, leftOut }: Roster): PlanView['quorum'] {
  const left = new Set(leftOut.filter((l) => l.left).map((l) => l.personId))
  const counted = entitled.filter((e) => !left.has(e.personId))
  if (counted.length === 0) return null
  const check = quorumOf(rule, counted.length, counted.filter((e) => here.has(e.personId)).length)
  const without = entitled.length - counted.length
  return without === 0 ? check : { ...check, says: `${check.says}（已除去经上级同意并经党员大会通过不计入应到会的 ${without} 人）` }
}
