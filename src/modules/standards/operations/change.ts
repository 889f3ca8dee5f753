import { sql } from 'kysely'
import { z } from 'zod'
import { addYears, dateAt } from '#kernel/civilDate.ts'
import { conflict, invalid, stale } from '#kernel/errors.ts'
import { type Ctx, command } from '#kernel/operation.ts'
import { recorderOf } from '#ledger/facts.ts'
import { BRANCH_KINDS } from '#modules/organisation/contract.ts'
import { type OrgCard, orgSeen } from '#modules/organisation/published.ts'
import { HandItem, standardFacts } from '../contract.ts'

const record = recorderOf(standardFacts)
const load = (ctx: Ctx, { orgId }: { orgId: string }) => orgSeen(ctx, orgId, 'standards.read')
const Stored = z.object({ version: z.int() })

export const setProject = command('standards.setProject', {
  title: '登记临时、联合党支部的任务和结束日期',
  input: z.object({
    orgId: z.uuid(),
    /** 0 while none is entered. */
    version: z.int().min(0),
    name: z.string().trim().min(2, '请写是哪项任务').max(200),
    endsOn: z.iso.date(),
  }),
  output: Stored,
  load,
  may: (actor, org: OrgCard) => actor.holds('standards.manage', org.path),
  run: async (ctx, { orgId, version, name, endsOn }, org) => {
    if (org.kind !== 'provisionalBranch' && org.kind !== 'jointBranch')
      throw conflict('no-project', '只有临时党支部和联合党支部要登记任务的结束日期')
    if (endsOn < org.foundedOn) throw invalid('before-founding', '任务结束的日期早于成立的日期', { endsOn: [`应不早于 ${org.foundedOn}`] })
    const last = addYears(dateAt(ctx.now), 20)
    if (endsOn > last) throw invalid('far-date', '结束日期太远，请核对', { endsOn: [`请填 ${last} 之前`] })
    const values = sql`${name}, ${endsOn}::date, ${ctx.actor.personId}::uuid, ${ctx.now}`
    const { rows } = await sql<{ version: number }>`
      insert into standards.project as p (org_id, name, ends_on, changed_by, changed_at, version) values (${orgId}, ${values}, 1)
      on conflict (org_id) do update set (name, ends_on, changed_by, changed_at) = (${values}), version = p.version + 1
      where p.version = ${version} returning p.version`.execute(ctx.db)
    if (rows[0]?.version !== version + 1) throw stale({ name, endsOn }, { version: rows[0]?.version ?? null })
    record(ctx, 'project.set', { subject: orgId, orgId, body: { endsOn } })
    return { version: version + 1 }
  },
})

export const mark = command('standards.mark', {
  title: '登记标准化检查项目',
  input: z.object({
    orgId: z.uuid(),
    item: HandItem,
    /** 0 while nobody has marked it. */
    version: z.int().min(0),
    met: z.boolean(),
    seenOn: z.iso.date(),
    note: z.string().trim().max(300).default(''),
  }),
  output: Stored,
  load,
  may: (actor, org: OrgCard) => actor.holds('standards.mark', org.path),
  run: async (ctx, { orgId, item, version, met, seenOn, note }, org) => {
    if (!BRANCH_KINDS.includes(org.kind)) throw conflict('not-a-branch', '标准化检查针对支部，请到支部登记')
    if (seenOn > dateAt(ctx.now)) throw invalid('future-date', '检查日期不能晚于今天', { seenOn: ['不能晚于今天'] })
    if (!met && note.length < 2) throw invalid('no-reason', '没有做到的，请写明差什么', { note: ['请写明差什么'] })
    await assertNotEarlier(ctx, { orgId, item, seenOn })
    const values = sql`${met}, ${seenOn}::date, ${note}, ${ctx.actor.personId}::uuid, ${ctx.now}`
    const { rows } = await sql<{ version: number }>`
      insert into standards.mark as k (org_id, item, met, seen_on, note, marked_by, marked_at, version) values (${orgId}, ${item}, ${values}, 1)
      on conflict (org_id, item) do update set (met, seen_on, note, marked_by, marked_at) = (${values}), version = k.version + 1
      where k.version = ${version} returning k.version`.execute(ctx.db)
    if (rows[0]?.version !== version + 1) throw stale({ met, note }, { version: rows[0]?.version ?? null })
    record(ctx, 'standard.marked', { subject: orgId, orgId, happenedOn: seenOn, body: { item, met } })
    return { version: version + 1 }
  },
})

// The page shows what was entered last, the measure what was seen last: an older look entered later would make them differ.
async function assertNotEarlier(ctx: Ctx, { orgId, item, seenOn }: { orgId: string; item: string; seenOn: string }) {
  const { rows } = await sql<{ seenOn: string }>`select seen_on as "seenOn" from standards.mark
    where org_id = ${orgId} and item = ${item} for update`.execute(ctx.db)
  if (rows[0] && seenOn < rows[0].seenOn)
    throw invalid('earlier-look', `${rows[0].seenOn} 已经检查登记过，更早的检查不能盖过它`, { seenOn: [`请填 ${rows[0].seenOn} 或以后`] })
}
