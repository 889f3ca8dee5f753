import type { Actor } from '#kernel/actor.ts'
import { dateAt } from '#kernel/civilDate.ts'
import type { Ctx } from '#kernel/operation.ts'
import { effectOf, HONOURS, LEVELS, type Merit, SANCTIONS } from './contract.ts'
import { isUnrestored, type Stored, unseal } from './store.ts'

/** A record as its reader sees it. */
export function shown(ctx: Pick<Ctx, 'now' | 'actor'>, r: Stored): Merit {
  const { sanction, years, honour, level, title, by, docNo, note } = unseal(r)
  const today = dateAt(ctx.now)
  const gone = r.ended_why === 'withdrawn' || r.ended_why === 'revoked'
  const inEffect = r.until !== null && !gone && (r.until > today || isUnrestored(r))
  const name =
    r.nature === 'sanction'
      ? `${SANCTIONS[sanction!]}${years ? `${years === 1 ? '一' : '两'}年` : ''}`
      : `${title || HONOURS[honour!]}（${LEVELS[level!]}）`
  return {
    id: r.id,
    nature: r.nature,
    personId: r.person_id,
    name: r.name,
    orgName: r.home_name,
    title: name,
    approvedOn: r.approved_on,
    by,
    docNo,
    note,
    sanction,
    years,
    until: gone ? null : r.until,
    inEffect,
    says: sayState(r, today, { sanction, years }),
    ended: r.ended_why,
    endedOn: r.ended_on,
    version: r.version,
    can: stepsOf(ctx.actor, r, { sanction, today, rightsUntil: effectOfStored(r, { sanction, years })?.rightsUntil ?? null }),
  }
}

type What = { sanction: Merit['sanction']; years: Merit['years'] }

/** The effect of a sanction as recorded; undefined for a reward. */
export const effectOfStored = (r: Stored, { sanction, years }: What) =>
  sanction === null
    ? undefined
    : effectOf({ what: sanction, approvedOn: r.approved_on, years, restoredOn: r.ended_why === 'restored' ? r.ended_on : null })

function sayState(r: Stored, today: string, what: What): string {
  const { ended_why: why, ended_on: on, until } = r
  if (why === 'withdrawn') return `登记有误，${on} 撤回`
  if (r.nature === 'reward') return `${r.approved_on} 授予`
  if (why === 'revoked') return `${on} 起撤销处分${r.end_doc_no ? `（${r.end_doc_no}）` : ''}`
  const rightsUntil = effectOfStored(r, what)?.rightsUntil
  if (rightsUntil && why === null)
    return today < rightsUntil
      ? `没有表决权、选举权和被选举权，${rightsUntil} 期满`
      : `留党察看 ${rightsUntil} 已期满，请支部大会讨论恢复党员权利并登记`
  if (what.sanction === 'expulsion') return until! > today ? `${until} 以前不得重新入党` : `${until} 起可以重新申请入党`
  return until! > today ? `影响期到 ${until} 前，期间不得提名评先和候选人` : `影响期 ${until} 已满`
}

function stepsOf(
  actor: Actor,
  r: Stored,
  { sanction, today, rightsUntil }: { sanction: Merit['sanction']; today: string; rightsUntil: string | null },
) {
  const right = r.nature === 'reward' ? 'merits.manage' : 'merits.discipline'
  const may = r.ended_why !== 'withdrawn' && r.person_id !== actor.personId && actor.holds(right, r.path) === true
  const open = may && r.nature === 'sanction' && r.ended_why === null
  return {
    restore: open && sanction === 'probation' && rightsUntil! <= today,
    revoke: may && r.nature === 'sanction' && r.ended_why !== 'revoked' && (r.until! > today || isUnrestored(r)),
    reopen: may && (r.ended_why === 'restored' || r.ended_why === 'revoked'),
    correct: may && r.ended_why === null,
    withdraw: may,
  }
}
