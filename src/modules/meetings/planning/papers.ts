import { sql } from 'kysely'
import type { Fields } from '#kernel/errors.ts'
import { invalid } from '#kernel/errors.ts'
import type { Ctx } from '#kernel/operation.ts'
import type { FileCard } from '#modules/files/contract.ts'
import { attachFiles, filesOf, type Held, removeFile } from '#modules/files/published.ts'
import type { AgendaItem } from '../contract.ts'
import type { Plan, PlanItem } from '../tables.ts'
import { plansWhere, seesAgenda, seesPlan } from './find.ts'

const SUBJECT = 'meetings.plan'
type Key = Pick<Plan, 'org_id' | 'id'>
type Items = readonly Pick<AgendaItem, 'fileIds' | 'back'>[]

/**
 * Makes the files of an agenda part of the plan: new ones are taken, those left out are removed, and what came back with an item of an
 * earlier plan stays with that one and is shown here too.
 */
export async function keepPapers(ctx: Ctx, plan: Key, items: Items): Promise<void> {
  const backs = await openTo(ctx, plan, items)
  const held = await filesOf(ctx.db, SUBJECT, [plan.id, ...backs])
  const known = new Set([...held.values()].flat().map((f) => f.id))
  const wanted = new Set<string>()
  const wrong: Fields = {}
  for (const [i, { fileIds }] of items.entries()) {
    for (const id of fileIds)
      if (wanted.has(id)) wrong[`items.${i}.fileIds`] = ['同一份材料列了两次，请只留一处']
      else wanted.add(id)
    const fresh = fileIds.filter((id) => !known.has(id))
    const holder = { orgId: plan.org_id, subject: SUBJECT, subjectId: plan.id, readWith: 'meetings.readCommittee' }
    if (Object.keys(wrong).length === 0) await attachFiles(ctx, fresh, holder, `items.${i}.fileIds`)
  }
  if (Object.keys(wrong).length > 0) throw invalid('invalid-input', Object.values(wrong)[0]![0]!, wrong)
  for (const { id } of held.get(plan.id) ?? [])
    if (!wanted.has(id) && !(await shownElsewhere(ctx, plan, id)))
      await removeFile(ctx, id, { orgId: plan.org_id, subject: SUBJECT, subjectId: plan.id }, '变更议程时去掉')
}

/** Earlier plans whose items come back, as far as the actor sees their agendas: nobody passes on a paper they may not open. */
async function openTo(ctx: Ctx, { org_id }: Key, items: Items): Promise<string[]> {
  const ids = items.flatMap((i) => (i.fileIds.length > 0 && i.back ? [i.back.planId] : []))
  if (ids.length === 0) return []
  const plans = await plansWhere(ctx, sql`p.org_id = ${org_id} and p.id = any(${ids}::uuid[])`)
  return plans.filter((p) => seesPlan(ctx.actor, p) && seesAgenda(ctx.actor, p)).map((p) => p.id)
}

async function shownElsewhere(ctx: Ctx, plan: Key, fileId: string): Promise<boolean> {
  const { rows } = await sql`select 1 from meetings.plan_item where org_id = ${plan.org_id} and plan_id <> ${plan.id}
    and ${fileId}::uuid = any(file_ids) limit 1`.execute(ctx.db)
  return rows.length > 0
}

/** The files of each item of an agenda, in its order. */
export async function papersOf(ctx: Pick<Ctx, 'db'>, plan: Key, items: readonly PlanItem[]): Promise<Map<number, FileCard[]>> {
  if (items.every((i) => i.file_ids.length === 0)) return new Map()
  const held = await filesOf(ctx.db, SUBJECT, [plan.id, ...items.flatMap((i) => i.back_from ?? [])])
  const cards = new Map([...held.values()].flat().map((f) => [f.id, f]))
  return new Map(items.map((i) => [i.position, i.file_ids.flatMap((id) => cards.get(id) ?? [])]))
}

/** The files that came back with items of earlier plans. */
export async function papersBack(ctx: Pick<Ctx, 'db'>, items: Items): Promise<FileCard[]> {
  const wanted = new Set(items.flatMap((i) => i.fileIds))
  if (wanted.size === 0) return []
  const held = await filesOf(
    ctx.db,
    SUBJECT,
    items.flatMap((i) => i.back?.planId ?? []),
  )
  return [...held.values()].flat().filter((f) => wanted.has(f.id))
}

/** Who sees the agenda of a plan on which the file stands reads it: those called, those leading, those who read that organisation. */
export async function calledRead(ctx: Ctx, { fileId, orgId }: Held): Promise<boolean> {
  const plans = await plansWhere(
    ctx,
    sql`p.org_id = ${orgId} and p.id in (select plan_id from meetings.plan_item where org_id = ${orgId} and ${fileId}::uuid = any(file_ids))`,
    undefined,
    20,
  )
  return plans.some((p) => seesPlan(ctx.actor, p) && seesAgenda(ctx.actor, p))
}
