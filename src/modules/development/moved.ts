import { sql } from 'kysely'
import { newId } from '#kernel/id.ts'
import type { Ctx } from '#kernel/operation.ts'
import type { FactCtx } from '#ledger/facts.ts'
import { type CourseRow, record, settle, stepsOf, takenOf, writeStep } from './store.ts'

interface Move {
  personId: string
  fromOrgId: string
  toOrgId: string
  on: string
}

/**
 * The way into the Party goes on where the person now stands: closed in the branch that was left, which keeps what it did, and open in
 * the new one with the same days, entered as from its papers. Whatever counts against a branch counts where it happened.
 */
export async function followMove(given: FactCtx, { personId, fromOrgId, toOrgId, on }: Move): Promise<void> {
  const ctx = given as Ctx
  const { rows } = await sql<CourseRow & { to: string }>`select c.*, (select name from organisation.org where id = ${toOrgId}) as to
    from development.course c where c.org_id = ${fromOrgId} and c.person_id = ${personId} and c.state = 'open' for update`.execute(ctx.db)
  const [old] = rows
  if (!old) return
  const steps = (await stepsOf(ctx, fromOrgId, [old.id])).get(old.id) ?? []
  const began = steps[0]?.taken_on ?? on
  const enteredThrough = steps.reduce((last, { no }) => Math.max(last, no), old.entered_through)
  record(ctx, 'development.stopped', { subject: old.id, orgId: fromOrgId, personId, happenedOn: on, body: { reason: 'left' } })
  await sql`update development.course set state = 'stopped', stop_reason = 'left', stop_note = ${`组织关系转到${old.to}，在那里接着办`},
      stopped_on = ${on}, due_on = null, due_no = null, from_on = null, version = version + 1
    where org_id = ${fromOrgId} and id = ${old.id}`.execute(ctx.db)
  const id = newId()
  const fact = record(ctx, 'development.began', { subject: id, orgId: toOrgId, personId, happenedOn: began, body: { enteredThrough } })
  await sql`insert into development.course (org_id, id, person_id, state, stage, entered_through, prolong_months, prolong_on,
      prolonged_until, began_fact, version)
    values (${toOrgId}, ${id}, ${personId}, 'open', 0, ${enteredThrough}, ${old.prolong_months}, ${old.prolong_on},
      ${old.prolonged_until}, ${fact}, 0)`.execute(ctx.db)
  const row = { ...old, org_id: toOrgId, id, version: 0, entered_through: enteredThrough }
  for (const s of steps)
    await writeStep(ctx, row, { ...takenOf(s), entered: true, people: s.people, papers: s.papers, place: s.place, note: s.note })
  if (old.prolonged_until && old.prolong_months) {
    const body = { until: old.prolonged_until, months: old.prolong_months }
    record(ctx, 'development.prolonged', { subject: id, orgId: toOrgId, personId, happenedOn: old.prolong_on ?? on, body })
  }
  await settle(ctx, row)
}
