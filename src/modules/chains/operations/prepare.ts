import { sql } from 'kysely'
import { z } from 'zod'
import { dateAt } from '#kernel/civilDate.ts'
import { json } from '#kernel/database.ts'
import { conflict, type Fields, invalid, stale } from '#kernel/errors.ts'
import { newId } from '#kernel/id.ts'
import { type Ctx, command } from '#kernel/operation.ts'
import { retract } from '#ledger/facts.ts'
import { rosterOn } from '#modules/members/published.ts'
import { BRANCH_KINDS, COMMITTEE_POSTS } from '#modules/organisation/contract.ts'
import { type OrgCard, orgSeen, postsOn } from '#modules/organisation/published.ts'
import { CHAIN_KINDS, ChainKind, Source } from '../contract.ts'
import { lockedChain, type SeenChain } from '../find.ts'
import { policy } from '../policy.ts'
import { type Chain, type Opinion, record, tables } from '../tables.ts'

export const OnChain = z.object({ id: z.uuid(), version: z.int() })
export const Stepped = z.object({ id: z.uuid(), version: z.int() })

export function assertCurrent(c: SeenChain, version: number) {
  if (version !== c.version) throw stale({ version }, { version: c.version, title: c.title })
}

/** Takes the step: what changes with it, and the version. */
export async function step(ctx: Ctx, c: SeenChain, changes: Partial<Chain>) {
  const version = c.version + 1
  await tables(ctx)
    .updateTable('chains.chain')
    .set({ ...changes, version })
    .where('org_id', '=', c.org_id)
    .where('id', '=', c.id)
    .execute()
  return { id: c.id, version }
}

export const openChain = command('chains.open', {
  title: '开始筹备组织生活会或民主生活会',
  input: z.object({
    orgId: z.uuid(),
    kind: ChainKind,
    year: z.int().min(2000).max(2100),
    title: z.string().trim().max(200).default(''),
  }),
  output: Stepped,
  load: (ctx, { orgId }) => orgSeen(ctx, orgId, 'chains.read'),
  may: (actor, org) => actor.holds('chains.lead', org.path),
  run: async (ctx, { orgId, kind, year, title }, org) => {
    if (year > Number(dateAt(ctx.now).slice(0, 4))) throw invalid('too-early', '这一年还没有到', { year: ['这一年还没有到'] })
    const people = await takingPart(ctx, org, kind)
    const { rows: open } = await sql`select 1 from chains.chain
      where org_id = ${orgId} and kind = ${kind} and year = ${year} and meeting_id is null and dropped_reason is null`.execute(ctx.db)
    if (open.length > 0) throw conflict('already-open', `${year} 年的${CHAIN_KINDS[kind]}已经在筹备，请在列表里打开`)
    const id = newId()
    const row: Chain = {
      org_id: orgId, id, kind, year, title: title || `${org.name} ${year} 年度${CHAIN_KINDS[kind]}`, opened_by: ctx.actor.personId,
      opened_at: ctx.now, meeting_id: null, held_fact: null, held_on: null, reported_on: null, reported_fact: null, dropped_reason: null,
      version: 1,
    } // biome-ignore format: one row
    record(ctx, 'lifeChain.opened', { subject: id, orgId, body: { kind, year, people: people.length } })
    await tables(ctx).insertInto('chains.chain').values(row).execute()
    await sql`insert into chains.person (org_id, chain_id, person_id) select ${orgId}::uuid, ${id}::uuid, p
      from unnest(${people}::uuid[]) p`.execute(ctx.db)
    return { id, version: 1 }
  },
})

/** A branch's 组织生活会 is everybody's; a 民主生活会 is the committee's. */
async function takingPart(ctx: Ctx, org: OrgCard, kind: ChainKind): Promise<string[]> {
  const branch = BRANCH_KINDS.includes(org.kind)
  if (branch !== (kind === 'orgLifeMeeting'))
    throw invalid('wrong-kind', branch ? '支部开组织生活会；民主生活会由党委、党总支的班子开' : '班子开民主生活会；组织生活会在支部开', {
      kind: [branch ? '支部请选组织生活会' : '班子请选民主生活会'],
    })
  const day = dateAt(ctx.now)
  const people = branch
    ? (await rosterOn(ctx.db, org.id, day)).map((p) => p.personId)
    : (await postsOn(ctx.db, org.id, day)).filter((p) => COMMITTEE_POSTS.includes(p.role)).map((p) => p.personId)
  if (people.length === 0) throw invalid('nobody', '今天的名册上没有人，不能开始筹备', { orgId: ['名册上没有人'] })
  return [...new Set(people)]
}

export const addOpinions = command('chains.addOpinions', {
  title: '记征求到的意见',
  input: z.object({
    id: z.uuid(),
    opinions: z
      .array(
        z.strictObject({
          source: Source,
          fromWhom: z.string().trim().max(100).default(''),
          text: z.string().trim().min(2, '请写明意见').max(2_000),
          on: z.iso.date(),
        }),
      )
      .min(1)
      .max(50),
  }),
  output: z.object({ id: z.uuid(), opinions: z.int() }),
  load: lockedChain,
  may: policy.addOpinions,
  run: async (ctx, { id, opinions }, c) => {
    const [today, wrong]: [string, Fields] = [dateAt(ctx.now), {}]
    opinions.forEach(({ on }, i) => {
      if (on > today) wrong[`opinions.${i}.on`] = ['还没有到这一天']
      else if (Math.abs(Number(on.slice(0, 4)) - c.year) > 1) wrong[`opinions.${i}.on`] = ['请核对年份']
    })
    const [first] = Object.values(wrong)
    if (first) throw invalid('wrong-day', first[0]!, wrong)
    const rows = opinions.map((o): Opinion => ({
      org_id: c.org_id, id: newId(), chain_id: id, source: o.source, from_whom: o.fromWhom, text: o.text,
      collected_by: ctx.actor.personId, collected_on: o.on, recorded_at: ctx.now, withdrawn_at: null,
      fact_id: record(ctx, 'lifeChain.opinionSought', { subject: id, orgId: c.org_id, happenedOn: o.on, body: { source: o.source } }),
    })) // biome-ignore format: one row
    await sql`insert into chains.opinion select r.* from jsonb_populate_recordset(null::chains.opinion, ${json(rows)}) r`.execute(ctx.db)
    return { id, opinions: c.opinions + rows.length }
  },
})

export const withdrawOpinion = command('chains.withdrawOpinion', {
  title: '撤回一条意见',
  input: z.object({ id: z.uuid() }),
  output: z.object({ id: z.uuid() }),
  load: async (ctx, { id }) => {
    const { rows } = await sql<Opinion>`select * from chains.opinion where id = ${id}`.execute(ctx.db)
    const chain = rows[0] && (await lockedChain(ctx, { id: rows[0].chain_id }))
    if (!chain) return undefined
    const { rows: now } = await sql<Opinion>`select * from chains.opinion where org_id = ${chain.org_id} and id = ${id} for update`.execute(
      ctx.db,
    )
    return { chain, opinion: now[0]! }
  },
  may: (actor, { chain }) => policy.withdrawOpinion(actor, chain),
  run: async (ctx, { id }, { chain, opinion }) => {
    if (opinion.withdrawn_at) throw conflict('withdrawn', '这条意见已经撤回')
    retract(ctx, { orgId: chain.org_id, factId: opinion.fact_id, kind: 'lifeChain.opinionSought', reason: 'mistake' })
    await sql`update chains.opinion set withdrawn_at = ${ctx.now} where org_id = ${chain.org_id} and id = ${id}`.execute(ctx.db)
    return { id }
  },
})

export const writeComparison = command('chains.write', {
  title: '写对照检查',
  input: z.object({ id: z.uuid(), text: z.string().trim().min(10, '请写几句实在的话，至少 10 个字').max(8_000) }),
  output: z.object({ id: z.uuid() }),
  load: lockedChain,
  may: policy.write,
  run: async (ctx, { id, text }, c) => {
    await writing(ctx, c, [ctx.actor.personId!], { text, onPaper: false })
    return { id }
  },
})

export const handIn = command('chains.handIn', {
  title: '登记交了纸质对照检查的人',
  input: z.object({ id: z.uuid(), personIds: z.array(z.uuid()).min(1, '请至少选一个人').max(2_000) }),
  output: z.object({ id: z.uuid(), marked: z.int() }),
  load: lockedChain,
  may: policy.handIn,
  run: async (ctx, { id, personIds }, c) => {
    const { rows } = await sql<{ person_id: string; written_at: Date | null }>`select person_id, written_at from chains.person
      where org_id = ${c.org_id} and chain_id = ${id} and person_id = any(${personIds}::uuid[])`.execute(ctx.db)
    if (rows.length < new Set(personIds).size)
      throw invalid('not-in-chain', '有人不在这次会的名单里，请从名单里选', { personIds: ['请从名单里选'] })
    const missing = rows.filter((r) => r.written_at === null).map((r) => r.person_id)
    await writing(ctx, c, missing, { text: null, onPaper: true })
    return { id, marked: missing.length }
  },
})

/** Who wrote for the first time leaves a fact; writing again only changes the text. */
async function writing(ctx: Ctx, c: SeenChain, personIds: readonly string[], { text, onPaper }: { text: string | null; onPaper: boolean }) {
  const { rows } = await sql<{ person_id: string; again: boolean }>`update chains.person p
    set text = ${text}, on_paper = ${onPaper}, written_at = ${ctx.now}
    from (select person_id, written_at is not null as again from chains.person where org_id = ${c.org_id} and chain_id = ${c.id}) b
    where p.org_id = ${c.org_id} and p.chain_id = ${c.id} and p.person_id = b.person_id and p.person_id = any(${[...personIds]}::uuid[])
    returning p.person_id, b.again`.execute(ctx.db)
  for (const { person_id, again } of rows)
    if (!again) record(ctx, 'lifeChain.comparisonWritten', { subject: c.id, orgId: c.org_id, personId: person_id, body: { onPaper } })
}
