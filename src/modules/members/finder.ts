import { sql } from 'kysely'
import { dateAt } from '#kernel/civilDate.ts'
import type { Finder } from '#kernel/module.ts'

/** People on today's rosters by the first characters of name or 工号. */
export const findMembers: Finder = {
  kind: 'person',
  find: async (ctx, text, limit) => {
    const start = `${text.replace(/[\\%_]/g, '\\$&')}%`
    const { rows } = await sql<{ id: string; name: string; staffNo: string | null; orgName: string }>`
      select p.id, p.name, p.staff_no as "staffNo", o.name as "orgName" from organisation.person p
      join members.membership m on m.person_id = p.id and m.valid @> ${dateAt(ctx.now)}::date
      join organisation.org o on o.id = m.org_id
      where (p.name like ${start} or p.staff_no like ${start}) and ${ctx.actor.within('members.read', 'o.path')}
      order by p.name collate "zh-x-icu", p.id limit ${limit}`.execute(ctx.db)
    return rows.map(({ id, name, staffNo, orgName }) => ({
      kind: 'person',
      id,
      title: name,
      note: staffNo ? `${orgName} · ${staffNo}` : orgName,
      open: `/members?open=${id}`,
    }))
  },
}
