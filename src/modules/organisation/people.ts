import { sql } from 'kysely'
import { conflict } from '#kernel/errors.ts'
import { newId } from '#kernel/id.ts'
import type { Ctx } from '#kernel/operation.ts'

/** The person with this 工号, made when there is none yet; without a 工号 always a new one. Refuses when the 工号 is another name's. */
export async function personFor(ctx: Pick<Ctx, 'db'>, { name, staffNo }: { name: string; staffNo: string | null }): Promise<string> {
  const { rows } = await sql<{ id: string; name: string }>`select id, name from organisation.person where staff_no = ${staffNo}`.execute(ctx.db)
  const known = rows[0]
  if (known && known.name !== name) throw conflict('staff-no-taken', `工号 ${staffNo} 已经是「${known.name}」，请核对工号和姓名`)
  if (known) return known.id
  const id = newId()
  await sql`insert into organisation.person (id, name, staff_no) values (${id}, ${name}, ${staffNo})`.execute(ctx.db)
  return id
}
