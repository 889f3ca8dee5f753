import { sql } from 'kysely'
import { newId } from '#kernel/id.ts'
import type { Ctx } from '#kernel/operation.ts'
import type { FactCtx } from '#ledger/facts.ts'
import type { Leaving } from '#modules/members/contract.ts'
import { onDoor } from '#modules/members/published.ts'
import { tellDesk } from '#modules/notifications/published.ts'
import type { Ending } from './contract.ts'
import { mark } from './marks.ts'
import { NO_KEEPER, record } from './store.ts'

/** Who moves takes the plan along: it ends where they were, and runs on where they stand now. Who leaves the unit has none any more. */
export function followDoors(): void {
  onDoor({
    moved: async (given, { personId, fromOrgId, toOrgId, on }) => {
      const ctx = given as Ctx
      for (const plan of await openPlans(ctx, personId)) {
        if (plan.org_id !== fromOrgId) continue
        await close(ctx, plan, on, 'transferred')
        await runOn(ctx, plan, toOrgId, on)
      }
    },
    left: async (given, { personId, on, reason }) => {
      const ctx = given as Ctx
      for (const plan of await openPlans(ctx, personId)) {
        await close(ctx, plan, on, WHY[reason] ?? 'removed')
        await mark(ctx, personId, plan.kind, false, '')
      }
      await keepsNoMore(ctx, personId)
    },
  })
}

const WHY: Partial<Record<Leaving, Ending>> = { transferredOut: 'transferred', died: 'died', correction: 'mistake' }

interface Open {
  org_id: string
  id: string
  person_id: string
  kind: 'floating' | 'lost' | 'retired'
  since: string
  place: string
  settled: boolean
  abroad: boolean
  contact_id: string | null
  every_days: number
  arrangement: string | null
}

async function openPlans({ db }: FactCtx, personId: string): Promise<Open[]> {
  const { rows: found } = await sql<{ org_id: string; id: string }>`select org_id, id from care.plan
    where person_id = ${personId} and ended_on is null order by id`.execute(db)
  const held: Open[] = []
  for (const { org_id, id } of found) {
    const { rows } = await sql<Open>`select org_id, id, person_id, kind, since, place, settled, abroad, contact_id, every_days, arrangement
      from care.plan where org_id = ${org_id} and id = ${id} and ended_on is null for update`.execute(db)
    held.push(...rows)
  }
  return held
}

/** The branches whose members this person kept contact with have to name somebody else. */
async function keepsNoMore(ctx: Ctx, personId: string): Promise<void> {
  const { rows } = await sql<{ org_id: string; id: string }>`select org_id, id from care.plan
    where contact_id = ${personId} and ended_on is null order by id`.execute(ctx.db)
  for (const { org_id: orgId, id } of rows) {
    await sql`update care.plan set contact_id = null, version = version + 1 where org_id = ${orgId} and id = ${id}`.execute(ctx.db)
    await tellDesk(ctx, orgId, { kind: NO_KEEPER, key: id, text: '联系人已经离开，请另定由谁联系', open: `/care?org=${orgId}` })
  }
}

async function close(ctx: Ctx, { org_id: orgId, id, person_id: personId, kind }: Open, on: string, why: Ending): Promise<void> {
  record(ctx, 'contact.ended', { subject: id, orgId, personId, happenedOn: on, body: { kind, why } })
  await sql`update care.plan set ended_on = ${on}, ended_why = ${why}, version = version + 1
    where org_id = ${orgId} and id = ${id}`.execute(ctx.db)
}

/** Whoever kept contact keeps it if they stand on the new roster; otherwise the new branch is asked to name somebody. */
async function runOn(ctx: Ctx, plan: Open, orgId: string, on: string): Promise<void> {
  const { person_id: personId, kind, every_days: everyDays } = plan
  const { rows } = await sql`select from members.membership where person_id = ${plan.contact_id} and org_id = ${orgId}
    and valid @> ${on}::date`.execute(ctx.db)
  const contactId = rows.length > 0 ? plan.contact_id : null
  const id = newId()
  const fact = record(ctx, 'contact.planned', { subject: id, orgId, personId, happenedOn: on, body: { kind, everyDays } })
  await sql`insert into care.plan (org_id, id, person_id, kind, since, begins_on, place, settled, abroad, contact_id, every_days, arrangement,
      planned_fact, version)
    values (${orgId}, ${id}, ${personId}, ${kind}, ${plan.since}, ${on}, ${plan.place}, ${plan.settled}, ${plan.abroad}, ${contactId},
      ${everyDays}, ${plan.arrangement}, ${fact}, 1)`.execute(ctx.db)
  if (contactId === null)
    await tellDesk(ctx, orgId, { kind: NO_KEEPER, key: id, text: '转入的党员有联系计划，请定由谁联系', open: `/care?org=${orgId}` })
}
