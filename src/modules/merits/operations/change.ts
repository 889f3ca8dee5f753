import { sql } from 'kysely'
import { z } from 'zod'
import { addYears, dateAt } from '#kernel/civilDate.ts'
import { all, conflict, invalid, stale, type Verdict } from '#kernel/errors.ts'
import { type Ctx, command } from '#kernel/operation.ts'
import { retract } from '#ledger/facts.ts'
import { lockPerson } from '#modules/members/published.ts'
import { CorrectionReason } from '#modules/organisation/contract.ts'
import { effectOf, Sanction } from '../contract.ts'
import { asIfNever, rightsAgain, withoutRights } from '../rights.ts'
import { isUnrestored, lockedRecord, record, type Stored, seal, unseal } from '../store.ts'
import { effectOfStored } from '../view.ts'
import { endingsOf } from './endings.ts'
import { assertPast, notOwn, yearsOf } from './give.ts'

const Step = z.object({ id: z.uuid(), version: z.int() })
const Done = z.object({ id: z.uuid(), version: z.int() })
const done = ({ id, version }: Stored) => ({ id, version: version + 1 })

type Holder = { holds: (capability: string, path: string) => Verdict; personId: string | null }
export const mayChange = (actor: Holder, r: Stored): Verdict =>
  all(actor.holds(r.nature === 'reward' ? 'merits.manage' : 'merits.discipline', r.path), notOwn(actor.personId, r.person_id))

export const restore = command('merits.restore', {
  title: '恢复党员权利（留党察看期满）',
  input: Step.extend({ on: z.iso.date(), docNo: z.string().trim().max(60).default('') }),
  output: Done.extend({ until: z.string() }),
  load: lockedRecord,
  may: mayChange,
  run: async (ctx, { on, docNo, version }, r) => {
    assertOpen(r, version)
    await lockPerson(ctx, r.person_id)
    const { sanction, years } = unseal(r)
    const rightsUntil = effectOfStored(r, { sanction, years })?.rightsUntil
    if (!rightsUntil) throw conflict('not-on-probation', '这不是留党察看，没有要恢复的权利')
    assertPast(ctx, on, 'on')
    if (on < rightsUntil)
      throw invalid('not-full', `留党察看 ${rightsUntil} 才期满，请填这一天或以后`, { on: [`请填 ${rightsUntil} 或以后`] })
    const rights = [...r.rights_facts, ...(await rightsAgain(ctx, { personId: r.person_id, orgId: r.home_id }, on))]
    const until = addYears(on, 2)
    record(ctx, 'sanction.ended', { subject: r.id, orgId: r.org_id, happenedOn: on, body: { why: 'restored', until } })
    await sql`update merits.record set ended_on = ${on}, ended_why = 'restored', end_doc_no = ${docNo || null}, until = ${until},
      rights_facts = ${rights}, version = version + 1 where org_id = ${r.org_id} and id = ${r.id}`.execute(ctx.db)
    return { ...done(r), until }
  },
})

export const revoke = command('merits.revoke', {
  title: '撤销处分',
  input: Step.extend({ on: z.iso.date(), docNo: z.string().trim().min(1).max(60) }),
  output: Done,
  load: lockedRecord,
  may: mayChange,
  run: async (ctx, { on, docNo, version }, r) => {
    assertCurrent(r, version)
    if (r.nature === 'reward') throw conflict('not-a-sanction', '这是奖励；登记有误的请撤回登记')
    if (r.ended_why === 'revoked' || r.ended_why === 'withdrawn') throw conflict('ended-already', '这条处分已经撤销或撤回，请刷新后再看')
    assertPast(ctx, on, 'on')
    if (on < r.approved_on)
      throw invalid('too-early', `处分 ${r.approved_on} 才批准，请填之后的日期`, { on: [`请填 ${r.approved_on} 或以后`] })
    await lockPerson(ctx, r.person_id)
    const again = isUnrestored(r) ? await rightsAgain(ctx, { personId: r.person_id, orgId: r.home_id }, on) : []
    record(ctx, 'sanction.ended', { subject: r.id, orgId: r.org_id, happenedOn: on, body: { why: 'revoked', until: on } })
    await sql`update merits.record set ended_on = ${on}, ended_why = 'revoked', end_doc_no = ${docNo}, until = ${on},
      restored_doc_no = ${r.ended_why === 'restored' ? r.end_doc_no : null}, rights_facts = ${[...r.rights_facts, ...again]}, version = version + 1 where org_id = ${r.org_id} and id = ${r.id}`.execute(
      ctx.db,
    )
    return done(r)
  },
})

export const correct = command('merits.correct', {
  title: '更正奖励或处分的登记',
  input: Step.extend({
    approvedOn: z.iso.date(),
    by: z.string().trim().min(2).max(100),
    docNo: z.string().trim().min(1).max(60),
    note: z.string().trim().max(500),
    /** Of a sanction. */
    what: Sanction.nullable().default(null),
    years: z
      .union([z.literal(1), z.literal(2)])
      .nullable()
      .default(null),
    /** The first day without effect, where the decision itself says another than the rule; null: by the rule. */
    until: z.iso.date().nullable().default(null),
    reason: CorrectionReason,
  }),
  output: Done.extend({ until: z.string().nullable() }),
  load: lockedRecord,
  may: mayChange,
  run: async (ctx, { approvedOn, by, docNo, note, reason, version, ...given }, r) => {
    assertOpen(r, version)
    assertPast(ctx, approvedOn, 'approvedOn')
    const before = unseal(r)
    await lockPerson(ctx, r.person_id)
    const what = r.nature === 'sanction' ? (given.what ?? before.sanction!) : null
    const years = what ? yearsOf(what, given.years ?? before.years) : null
    const until = what && untilOf(what, approvedOn, years, given.until)
    let rights = r.rights_facts
    if (what) {
      if (rights.length > 0) await asIfNever(ctx, r.person_id, rights)
      rights = what === 'probation' ? await withoutRights(ctx, { personId: r.person_id, orgId: r.org_id }, approvedOn) : []
    }
    const fact = recordAnew(ctx, r, approvedOn, until, reason)
    const sealed = seal(r.id, { ...before, sanction: what, years, by, docNo, note })
    await sql`update merits.record set approved_on = ${approvedOn}, sealed = ${sealed}, until = ${until}, given_fact = ${fact},
      rights_facts = ${rights}, version = version + 1 where org_id = ${r.org_id} and id = ${r.id}`.execute(ctx.db)
    return { ...done(r), until }
  },
})

function untilOf(what: Sanction, approvedOn: string, years: 1 | 2 | null, wanted: string | null): string {
  if (wanted !== null && wanted <= approvedOn)
    throw invalid('until-order', '影响期满应在批准日期以后', { until: [`请填 ${approvedOn} 以后`] })
  return wanted ?? effectOf({ what, approvedOn, years, restoredOn: null }).until
}

function recordAnew(ctx: Ctx, r: Stored, happenedOn: string, until: string | null, reason: z.output<typeof CorrectionReason>): string {
  const { id, org_id: orgId, nature, person_id: personId, given_fact: factId } = r
  const kind = nature === 'reward' ? 'reward.given' : 'sanction.imposed'
  retract(ctx, { orgId, factId, kind, reason })
  if (until !== null) return record(ctx, 'sanction.imposed', { subject: id, orgId, happenedOn, body: { until } })
  const { honour, level } = unseal(r)
  return record(ctx, 'reward.given', { subject: id, orgId, personId, happenedOn, body: { honour: honour!, level: level! } })
}

export const withdraw = command('merits.withdraw', {
  title: '撤回登记有误的奖励或处分',
  input: Step.extend({ reason: CorrectionReason }),
  output: Done,
  load: lockedRecord,
  may: mayChange,
  run: async (ctx, { reason, version }, r) => {
    assertCurrent(r, version)
    if (r.ended_why === 'withdrawn') throw conflict('ended-already', '这条登记已经撤回，请刷新后再看')
    await lockPerson(ctx, r.person_id)
    if (r.rights_facts.length > 0) await asIfNever(ctx, r.person_id, r.rights_facts)
    for (const { id: factId } of await endingsOf(ctx, r)) retract(ctx, { orgId: r.org_id, factId, kind: 'sanction.ended', reason })
    const kind = r.nature === 'reward' ? 'reward.given' : 'sanction.imposed'
    retract(ctx, { orgId: r.org_id, factId: r.given_fact, kind, reason })
    await sql`update merits.record set ended_on = ${dateAt(ctx.now)}, ended_why = 'withdrawn', until = null, version = version + 1
      where org_id = ${r.org_id} and id = ${r.id}`.execute(ctx.db)
    return done(r)
  },
})

export function assertCurrent(r: Stored, version: number) {
  if (version !== r.version) throw stale({ version }, { version: r.version, approvedOn: r.approved_on })
}

function assertOpen(r: Stored, version: number) {
  assertCurrent(r, version)
  if (r.ended_why !== null) throw conflict('ended-already', '这条登记已经了结，请刷新后再看')
}
