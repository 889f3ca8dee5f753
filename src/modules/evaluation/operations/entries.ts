import { sql } from 'kysely'
import { z } from 'zod'
import { dateAt } from '#kernel/civilDate.ts'
import { conflict, invalid } from '#kernel/errors.ts'
import { newId } from '#kernel/id.ts'
import { type Ctx, command, query } from '#kernel/operation.ts'
import { afterCursor, cut, orderOf, Paged, pageOf } from '#kernel/paging.ts'
import { periodFromKey } from '#kernel/period.ts'
import { retract } from '#ledger/facts.ts'
import { ledgerAsOf } from '#ledger/reading.ts'
import { feeding, gather } from '../compute.ts'
import { EnteredInput, evidenceOf } from '../engine/entered.ts'
import type { Input } from '../engine/input.ts'
import { type InputKey, inputKeys } from '../engine/plan.ts'
import type { Scheme } from '../engine/scheme.ts'
import { fillerOf } from '../engine/value.ts'
import { digestOf } from '../entered.ts'
import type { Declared } from '../known.ts'
import { orgIdsUnder } from '../objects.ts'
import { assertStranger, policy, seenOrg } from '../policy.ts'
import { type Found, SchemeRef, seenScheme } from '../schemes.ts'
import { rulesByKey, shapeOf } from '../shapes.ts'
import { record, tables } from '../tables.ts'
import { lastDay } from './evaluating.ts'

export const PeriodKey = z.string().regex(/^(19|20)\d{2}(-(0[1-9]|1[0-2]|Q[1-4]|H[12]))?$/, '考核期写作 2025、2025-H1、2025-Q3 或 2025-07')

const Place = SchemeRef.extend({ orgId: z.uuid(), period: PeriodKey, inputKey: z.string().min(1).max(1000) })

/** The organisation and the scheme, both as the reader sees them. */
export async function seenBoth(ctx: Ctx, input: { orgId: string } & SchemeRef) {
  const org = await seenOrg(ctx, input)
  const found = org && (await seenScheme(ctx, input))
  return org && found ? { org, found } : undefined
}

export const enterValue = (declared: Declared) =>
  command('evaluation.enterValue', {
    title: '填报一项考核数据',
    input: Place.extend({
      /** In one of the shapes of engine/entered.ts. */
      input: z.any(),
      /** Who says so and from which document. */
      source: z.string().trim().min(2, '请写明数据来源').max(300),
    }),
    output: z.object({ id: z.uuid() }),
    load: seenBoth,
    may: (actor, { org }) => policy.enter(actor, org),
    run: async (ctx, { orgId, period, inputKey, input, source }, { found }) => {
      const key = keyFor(found, declared, inputKey)
      const parsed = EnteredInput.safeParse(input)
      if (!parsed.success) {
        const fields = Object.fromEntries(parsed.error.issues.map((i) => [['input', ...i.path].join('.'), [i.message]]))
        throw invalid('invalid-input', '填报的内容有几处需要修改', fields)
      }
      assertChoice(found.scheme, key, parsed.data)
      await assertOwnFacts(ctx, orgId, evidenceOf(parsed.data))
      if (key.source?.from === 'review') await assertStranger(ctx, orgId)
      const to = periodFromKey(period)!.to
      const row = { orgId, schemeKey: found.scheme.key, inputKey: key.key, period, input: parsed.data as Input, source }
      const [id, digest] = [newId(), digestOf(row)]
      await tables(ctx)
        .insertInto('evaluation.entry')
        .values({
          org_id: orgId,
          id,
          scheme_key: row.schemeKey,
          input_key: row.inputKey,
          period,
          input: JSON.stringify(row.input),
          source,
          entered_by: ctx.actor.personId,
          entered_at: ctx.now,
          digest,
        })
        .execute()
      const today = dateAt(ctx.now)
      record(ctx, 'value.entered', { subject: id, orgId, happenedOn: to < today ? to : today, body: { digest } })
      return { id }
    },
  })

/** The key of the scheme that is filled by hand; what a module feeds is never typed. */
function keyFor({ scheme }: Found, declared: Declared, inputKey: string): InputKey {
  const key = inputKeys(scheme).find((k) => k.key === inputKey)
  if (!key) throw invalid('no-such-item', '方案里没有这一项，请从列表里选', { inputKey: ['请从列表里选'] })
  if (key.source?.from === 'refused') throw conflict('red-line', `「${key.source.of}」按减负规定不作为考核来源，不填报`)
  const measure = feeding(declared, key.source)
  if (measure) throw conflict('fed-by-facts', `这一项由「${measure.title}」从工作记录里取数，不用填报；数不对请更正原记录`)
  return key
}

/** A class or grade is one that the scheme names. */
function assertChoice(scheme: Scheme, key: InputKey, input: z.output<typeof EnteredInput>) {
  const { choices } = shapeOf(key, rulesByKey(scheme).get(key.key), scheme)
  if (input.kind !== 'label' || choices.length === 0 || choices.includes(input.label)) return
  throw invalid('no-such-choice', `方案里没有「${input.label}」，请从 ${choices.join('、')} 中选`, { 'input.label': ['请从列表里选'] })
}

/** Evidence is what the ledger knows of this organisation: nothing invented, and nothing of another's is shown by naming it. */
async function assertOwnFacts(ctx: Ctx, orgId: string, ids: string[]): Promise<void> {
  if (ids.length === 0) return
  const { rows } = await sql<{ id: string }>`select id from ledger.fact where org_id = ${orgId} and id = any(${ids}::uuid[])`.execute(
    ctx.db,
  )
  const known = new Set(rows.map((r) => r.id))
  if (ids.some((id) => !known.has(id)))
    throw invalid('no-such-fact', '依据里有这个组织没有的实绩编号，请从它的实绩里选', { 'input.facts': ['请从这个组织的实绩里选'] })
}

export const takeBackValue = command('evaluation.takeBackValue', {
  title: '撤回一条填报',
  input: z.object({ orgId: z.uuid(), id: z.uuid(), reason: z.enum(['mistake', 'duplicate', 'replaced', 'ordered']) }),
  output: z.object({ id: z.uuid() }),
  load: async (ctx, { orgId, id }) => {
    const org = await seenOrg(ctx, { orgId })
    if (!org) return undefined
    // Entries are never changed, so there is no row to lock: twice at once must not take back twice.
    await sql`select pg_advisory_xact_lock(hashtextextended(${`evaluation.entry ${id}`}, 0))`.execute(ctx.db)
    const { rows } = await sql<{
      factId: string
      enteredBy: string | null
    }>`select f.id as "factId", e.entered_by as "enteredBy" from evaluation.entry e
      join ${ledgerAsOf()} f on f.org_id = e.org_id and f.subject = e.id and f.kind = 'value.entered'
      where e.org_id = ${orgId} and e.id = ${id}`.execute(ctx.db)
    return rows[0] && { org, ...rows[0] }
  },
  may: (actor, { org }) => policy.enter(actor, org),
  run: async (ctx, { id, reason }, { org, factId, enteredBy }) => {
    // Without a mark of somebody else's the one before it counts again: taking it back is judging, too.
    if (enteredBy !== ctx.actor.personId) await assertStranger(ctx, org.id)
    retract(ctx, { factId, kind: 'value.entered', reason, orgId: org.id })
    return { id }
  },
})

const EntryLine = z.object({
  id: z.uuid(),
  orgId: z.uuid(),
  orgName: z.string(),
  inputKey: z.string(),
  input: z.any(),
  source: z.string(),
  enteredBy: z.string().nullable(),
  enteredAt: z.iso.datetime(),
  factId: z.uuid(),
  /** Taken back, so that it counts no more. */
  retracted: z.boolean(),
  can: z.boolean(),
})

export const entries = query('evaluation.entries', {
  title: '看填报的考核数据',
  input: Paged.extend({ ...SchemeRef.shape, orgId: z.uuid(), period: PeriodKey, inputKey: z.string().min(1).max(1000).optional() }),
  output: pageOf(EntryLine),
  load: seenBoth,
  may: (actor, { org }) => policy.read(actor, org),
  run: async (ctx, { period, inputKey, after, limit }, { org, found }) => {
    const order = [{ by: sql`e.id`, desc: true }]
    const { rows } = await sql<Omit<z.output<typeof EntryLine>, 'can' | 'enteredAt'> & { enteredAt: Date; path: string }>`
      select e.id, e.org_id as "orgId", o.name as "orgName", e.input_key as "inputKey", e.input, e.source, p.name as "enteredBy",
        e.entered_at as "enteredAt", f.id as "factId", o.path,
        exists (select from ledger.fact r where r.kind = 'fact.retracted' and r.org_id = f.org_id and r.subject = f.id) as retracted
      from evaluation.entry e
      join ledger.fact f on f.org_id = e.org_id and f.subject = e.id and f.kind = 'value.entered'
      join organisation.org o on o.id = e.org_id
      left join organisation.person p on p.id = e.entered_by
      where starts_with(o.path, ${org.path}) and ${ctx.actor.within('evaluation.read', 'o.path')} and e.scheme_key = ${found.scheme.key}
        and e.period = ${period} and ${inputKey ? sql`e.input_key = ${inputKey}` : sql`true`} and ${afterCursor(order, after)}
      order by ${orderOf(order)} limit ${limit + 1}`.execute(ctx.db)
    const page = cut(rows, limit, (r) => [r.id])
    const items = page.items.map(({ path, enteredAt, ...r }) => ({
      ...r,
      enteredAt: enteredAt.toISOString(),
      can: !r.retracted && policy.enter(ctx.actor, { path }) === true,
    }))
    return { ...page, items }
  },
})

const MissingKey = z.object({
  key: z.string(),
  path: z.string(),
  name: z.string(),
  kind: z.string(),
  when: z.string().nullable(),
  by: z.string(),
  /** How it is entered (shapes.ts). */
  shape: z.object({ kinds: z.array(z.string()), choices: z.array(z.string()), raters: z.array(z.string()) }),
  /** Nothing entered means that nothing happened (bonus, penalty, veto …), not that it is open. */
  optional: z.boolean(),
  filled: z.int(),
  missing: z.array(z.object({ orgId: z.uuid(), orgName: z.string() })),
})

const OPTIONAL = new Set(['bonus', 'penalty', 'zero', 'veto', 'eligibility', 'linkage'])

export const missingEntries = (declared: Declared) =>
  query('evaluation.missingEntries', {
    title: '看还没有填报的考核数据',
    input: SchemeRef.extend({ orgId: z.uuid(), period: PeriodKey }),
    output: z.object({ items: z.array(MissingKey), objects: z.int(), can: z.object({ enter: z.boolean() }) }),
    load: seenBoth,
    may: (actor, { org }) => policy.read(actor, org),
    run: async (ctx, { period }, { org, found }) => {
      const { scheme } = found
      const orgIds = await orgIdsUnder(ctx, org.path)
      const { objects } = await gather(ctx.db, declared, { scheme, period, asAt: lastDay(ctx, period), orgIds })
      const byHand = inputKeys(scheme).filter((k) => k.source?.from !== 'refused' && !feeding(declared, k.source))
      const { rows } = await sql<{ orgId: string; key: string }>`
        select distinct e.org_id as "orgId", e.input_key as key from evaluation.entry e
        join ${ledgerAsOf()} f on f.org_id = e.org_id and f.subject = e.id and f.kind = 'value.entered'
        where e.org_id = any(${objects.map((o) => o.orgId)}::uuid[]) and e.scheme_key = ${scheme.key} and e.period = ${period}`.execute(
        ctx.db,
      )
      const filled = new Set(rows.map((r) => `${r.key} ${r.orgId}`))
      const rules = rulesByKey(scheme)
      const items = byHand.map((k) => {
        const { key, path, name, kind, when, source, assessedBy } = k
        const missing = objects.filter((o) => !filled.has(`${key} ${o.orgId}`)).map((o) => ({ orgId: o.orgId, orgName: o.name }))
        const by = fillerOf(source, assessedBy)
        return {
          key, path, name, kind, when, by, shape: shapeOf(k, rules.get(key), scheme), optional: OPTIONAL.has(kind),
          filled: objects.length - missing.length, missing,
        } // biome-ignore format: one line of a list
      })
      return { items, objects: objects.length, can: { enter: policy.enter(ctx.actor, org) === true } }
    },
  })
