import { sql } from 'kysely'
import { z } from 'zod'
import { dateAt } from '#kernel/civilDate.ts'
import { conflict, invalid } from '#kernel/errors.ts'
import { type Ctx, command } from '#kernel/operation.ts'
import { about, advance, assertCurrent, OnTask, recordGiven, Stepped, said } from '../advance.ts'
import { HAND_OFFS, Label } from '../contract.ts'
import { assertParty, Party } from '../coOwners.ts'
import { Term, termOf } from '../create.ts'
import { locked, type Seen } from '../find.ts'
import { tellGiven } from '../news.ts'
import { policy } from '../policy.ts'
import { record } from '../tables.ts'

export const handOff = command('tasks.handOff', {
  title: '转办',
  input: OnTask.extend({ to: Party, reason: said(1_000, '请写明为什么转') }),
  output: Stepped.extend({ handOffs: z.int() }),
  load: locked,
  may: policy.handOff,
  run: async (ctx, { version, to, reason }, t) => {
    assertCurrent(t, version)
    await assertParty(ctx, to, 'to')
    if (to.orgId === t.lead_org_id)
      throw invalid('same-org', '本组织内换人办不算转办，请用“指定谁来办”', { 'to.orgId': ['请选另一个组织'] })
    const count = t.hand_offs + 1
    const told = { from_org_id: t.lead_org_id, to_org_id: to.orgId, to_id: to.personId }
    record(ctx, 'task.handedOff', { ...about(t), body: { toOrgId: to.orgId, toId: to.personId, count } })
    const moved = { hand_offs: count, lead_org_id: to.orgId, lead_id: to.personId, asked_due_on: null, plan: null }
    if (count >= HAND_OFFS) {
      const above = await aboveAll(ctx, t, to.orgId)
      record(ctx, 'task.passedUp', { subject: t.id, orgId: to.orgId, personId: to.personId, body: { toOrgId: above, count } })
      return { ...(await advance(ctx, t, 'handOff', reason, { ...moved, state: 'above', above_org_id: above }, told)), handOffs: count }
    }
    recordGiven(ctx, { ...t, ...moved })
    await tellGiven(ctx, [{ ...t, ...moved }])
    return { ...(await advance(ctx, t, 'handOff', reason, { ...moved, state: 'given' }, told)), handOffs: count }
  },
})

/** The lowest organisation above everybody a task went through; the top one where nothing stands above. */
async function aboveAll(ctx: Ctx, t: Seen, last: string): Promise<string> {
  const { rows: went } = await sql<{ id: string }>`select s.from_org_id as id from tasks.step s
    where s.org_id = ${t.org_id} and s.task_id = ${t.id} and s.step = 'handOff'`.execute(ctx.db)
  const ids = [...new Set([...went.map((r) => r.id), t.lead_org_id, last])]
  const { rows } = await sql<{ id: string }>`select o.id from organisation.org o
    join organisation.org x on x.id = any(${ids}::uuid[]) and starts_with(x.path, o.path)
    where o.dissolved_on is null group by o.id, o.path having count(*) = ${ids.length}
    order by o.id = any(${ids}::uuid[]), length(o.path) desc limit 1`.execute(ctx.db)
  if (!rows[0]) throw conflict('nothing-above', '这几个组织没有共同的上级，不能再转，请找交办方商定')
  return rows[0].id
}

export const settle = command('tasks.settle', {
  title: '定责任方',
  input: OnTask.extend({ lead: Party, text: said(1_000, '请写明为什么由它办'), ...Term.shape }),
  output: Stepped,
  load: locked,
  may: policy.settle,
  run: async (ctx, { version, lead, text, ...term }, t) => {
    assertCurrent(t, version)
    await assertParty(ctx, lead, 'lead')
    const due_on = (await termOf(ctx, term)) ?? t.due_on
    const changes = { lead_org_id: lead.orgId, lead_id: lead.personId, due_on }
    recordGiven(ctx, { ...t, ...changes })
    const told = { from_org_id: t.above_org_id, to_org_id: lead.orgId, to_id: lead.personId, due_on }
    return advance(ctx, t, 'settle', text, { ...changes, state: 'given', above_org_id: null }, told)
  },
})

export const label = command('tasks.label', {
  title: '认定作风问题',
  input: OnTask.extend({ label: Label, basis: said(1_000, '请写明调查的情况和依据') }),
  output: Stepped,
  load: locked,
  may: policy.label,
  run: async (ctx, { version, label, basis }, t) => {
    assertCurrent(t, version)
    record(ctx, 'task.labelled', { ...about(t), body: { label } })
    const changes = { label, label_on: dateAt(ctx.now), label_by: ctx.actor.personId, label_basis: basis }
    return advance(ctx, t, 'label', basis, changes)
  },
})

export const withdrawLabel = command('tasks.withdrawLabel', {
  title: '撤回作风问题认定',
  input: OnTask.extend({ reason: said(1_000, '请写明为什么撤回') }),
  output: Stepped,
  load: locked,
  may: policy.withdrawLabel,
  run: async (ctx, { version, reason }, t) => {
    assertCurrent(t, version)
    record(ctx, 'task.labelWithdrawn', { ...about(t), body: { label: t.label! } })
    return advance(ctx, t, 'withdrawLabel', reason, { label: null, label_on: null, label_by: null, label_basis: null })
  },
})
