import { sql } from 'kysely'
import type { Finder } from '#kernel/module.ts'
import { ORG_KINDS, type OrgKind } from './contract.ts'

/** Organisations by the first characters of their name or short name. */
export const orgFinder: Finder = {
  kind: 'organisation',
  find: async (ctx, text, limit) => {
    const start = `${text.replace(/[\\%_]/g, '\\$&')}%`
    const { rows } = await sql<{ id: string; name: string; kind: OrgKind; dissolved: boolean }>`
      select o.id, o.name, o.kind, o.dissolved_on is not null as dissolved from organisation.org o
      where (o.name like ${start} or o.short_name like ${start}) and ${ctx.actor.within('organisation.read', 'o.path')}
      order by o.dissolved_on is not null, o.name collate "zh-x-icu", o.id limit ${limit}`.execute(ctx.db)
    return rows.map(({ id, name, kind, dissolved }) => ({
      kind: 'organisation',
      id,
      title: name,
      note: dissolved ? `${ORG_KINDS[kind]}（已不存在）` : ORG_KINDS[kind],
      open: `/organisation?open=${id}`,
    }))
  },
}
