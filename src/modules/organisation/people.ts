import { sql } from 'kysely'
import { json } from '#kernel/database.ts'
import { conflict } from '#kernel/errors.ts'
import { newId } from '#kernel/id.ts'
import type { Ctx } from '#kernel/operation.ts'

/** The person with this 工号, made when there is none yet; without a 工号 always a new one. Refuses when the 工号 is another name's. */
export async function personFor(ctx: Pick<Ctx, 'db'>, { name, staffNo }: { name: string; staffNo: string | null }): Promise<string> {
  const { rows } = await sql<{ id: string; name: string }>`select id, name from organisation.person where staff_no = ${staffNo}`.execute(
    ctx.db,
  )
  const known = rows[0]
  // Whose it is stays untold: the person may stand where the actor sees nobody.
  if (known && known.name !== name) throw conflict('staff-no-taken', `工号 ${staffNo} 已经登记给另一个姓名，请核对工号和姓名`)
  if (known) return known.id
  const id = newId()
  await sql`insert into organisation.person (id, name, staff_no) values (${id}, ${name}, ${staffNo})`.execute(ctx.db)
  return id
}

/** Says whether the actor may see the person through what a higher module keeps, e.g. a roster; null when it keeps nothing of them. */
export type WhoSees = (ctx: Pick<Ctx, 'db' | 'actor'>, personId: string) => Promise<boolean | null>
const whoSees: WhoSees[] = []

/** Called by a higher module when it is loaded. */
export const onSeeingPerson = (sees: WhoSees): void => void whoSees.push(sees)

/** May the actor name this person in a step? Through a post where the actor reads, or through a higher module; somebody without any tie yet, too. */
export async function personSeen(ctx: Pick<Ctx, 'db' | 'actor'>, personId: string): Promise<boolean> {
  const { rows } = await sql<{ seen: boolean | null }>`select bool_or(${ctx.actor.within('organisation.read', 'o.path')}) as seen
    from organisation.person p
    left join organisation.post t on t.person_id = p.id
    left join organisation.org o on o.id = t.org_id
    where p.id = ${personId} group by p.id`.execute(ctx.db)
  if (!rows[0]) return false
  const answers = [rows[0].seen, ...(await Promise.all(whoSees.map((sees) => sees(ctx, personId))))]
  return answers.includes(true) || answers.every((answer) => answer === null)
}

/** Corrects name and 工号. */
export async function mendPerson(db: Ctx['db'], id: string, { name, staffNo }: { name: string; staffNo: string | null }): Promise<void> {
  await sql`update organisation.person set name = ${name}, staff_no = ${staffNo}, version = version + 1 where id = ${id}`.execute(db)
}

/** Registers people, or corrects name and 工号 of those who are registered, in one statement. */
export async function storePersons(db: Ctx['db'], people: readonly { id: string; name: string; staffNo: string | null }[]): Promise<void> {
  await sql`insert into organisation.person (id, name, staff_no)
    select id, name, "staffNo" from jsonb_to_recordset(${json(people)}) as t(id uuid, name text, "staffNo" text)
    on conflict (id) do update set name = excluded.name, staff_no = excluded.staff_no, version = organisation.person.version + 1
      where (organisation.person.name, organisation.person.staff_no) is distinct from (excluded.name, excluded.staff_no)`.execute(db)
}
