import { z } from 'zod'
import { conflict, invalid } from '#kernel/errors.ts'
import { command } from '#kernel/operation.ts'
import { orgCard, orgSeen } from '#modules/organisation/published.ts'
import { about, advance, assertCurrent, OnTask, Stepped, said } from '../advance.ts'
import { CancelReason } from '../contract.ts'
import { assertParty, inviting, Party } from '../coOwners.ts'
import { storing, Term, taskFrom, termOf } from '../create.ts'
import { locked } from '../find.ts'
import { tellGiven } from '../news.ts'
import { policy } from '../policy.ts'
import { record } from '../tables.ts'
import { assertItem } from './dualDuty.ts'

export const give = command('tasks.give', {
  title: '交办一件事',
  input: Term.extend({
    /** The organisation that gives it. */
    orgId: z.uuid(),
    title: z.string().trim().min(2, '请写清要办什么').max(200),
    text: z.string().trim().max(4_000).default(''),
    source: z.enum(['direct', 'plan', 'dualDuty']).default('direct'),
    /** The item of the lead's 一岗双责 list that it counts for. */
    itemId: z.uuid().nullable().default(null),
    lead: Party,
    coOwners: z.array(Party).max(20).default([]),
  }),
  output: z.object({ id: z.uuid(), dueOn: z.iso.date().nullable() }),
  load: (ctx, { orgId }) => orgSeen(ctx, orgId, 'tasks.read'),
  may: (actor, org) => actor.holds('tasks.give', org.path),
  run: async (ctx, { title, text, source, itemId, lead, coOwners, ...term }, org) => {
    await assertParty(ctx, lead, 'lead')
    const leading = (await orgCard(ctx.db, lead.orgId))!
    if (!leading.path.startsWith(org.path))
      throw invalid('not-below', '只能交办给本组织和下级。要别的组织一起办，请邀请协办', { 'lead.orgId': ['请选本组织或下级'] })
    for (const [i, party] of coOwners.entries()) {
      await assertParty(ctx, party, `coOwners.${i}`)
      if (party.orgId === lead.orgId && party.personId === lead.personId)
        throw invalid('lead-as-co-owner', '牵头方不用再列为协办', { [`coOwners.${i}.orgId`]: ['已经是牵头方'] })
    }
    if ((source === 'dualDuty') !== (itemId !== null))
      throw invalid('item-missing', '按一岗双责清单交办的，请选清单里的一项', { itemId: ['请选一项'] })
    if (itemId) await assertItem(ctx, itemId, lead.orgId, lead.personId)
    const task = taskFrom(ctx, {
      title,
      text,
      source,
      source_id: itemId,
      source_place_id: null,
      giver_org_id: org.id,
      lead_org_id: lead.orgId,
      lead_id: lead.personId,
      due_on: await termOf(ctx, term),
    })
    await tellGiven(ctx, [task])
    ctx.clauses.push(storing([task]))
    if (coOwners.length > 0) ctx.clauses.push(inviting(task, coOwners))
    return { id: task.id, dueOn: task.due_on }
  },
})

export const invite = command('tasks.invite', {
  title: '邀请协办',
  input: OnTask.extend({ party: Party, text: z.string().trim().max(500).default('') }),
  output: Stepped,
  load: locked,
  may: policy.askHelp,
  run: async (ctx, { version, party, text }, t) => {
    assertCurrent(t, version)
    await assertParty(ctx, party, 'party')
    if (party.orgId === t.lead_org_id && party.personId === t.lead_id) throw conflict('lead-as-co-owner', '牵头方不用再邀请')
    ctx.clauses.push(inviting(t, [party]))
    return advance(ctx, t, 'invite', text, {}, { to_org_id: party.orgId, to_id: party.personId })
  },
})

export const cancel = command('tasks.cancel', {
  title: '撤销一件事',
  input: OnTask.extend({ reason: CancelReason, note: said(500, '请写明原因') }),
  output: Stepped,
  load: locked,
  may: policy.cancel,
  run: async (ctx, { version, reason, note }, t) => {
    assertCurrent(t, version)
    record(ctx, 'task.cancelled', { ...about(t), body: { reason } })
    return advance(ctx, t, 'cancel', note, { state: 'cancelled', above_org_id: null, asked_due_on: null })
  },
})
