import { sql } from 'kysely'
import type { Finder } from '#kernel/module.ts'
import { kindsName } from './contract.ts'
import { meetingsPlaced, type Seen, seenColumns } from './find.ts'
import { seesText } from './policy.ts'

/** Meetings by the first characters of their title; those whose text the reader may not see are not found by it. */
export const meetingFinder: Finder = {
  kind: '会议',
  find: async (ctx, text, limit) => {
    const { rows } = await sql<Seen>`select ${seenColumns} from ${meetingsPlaced}
      where m.title like ${`${text.replaceAll(/[\\%_]/g, '\\$&')}%`} and m.state <> 'cancelled'
        and ${ctx.actor.within('meetings.read', 'o.path')}
      order by m.held_on desc, m.id desc limit ${limit * 2}`.execute(ctx.db)
    return rows
      .filter((m) => seesText(ctx.actor, m))
      .slice(0, limit)
      .map((m) => ({
        kind: '会议',
        id: m.id,
        title: m.title,
        note: `${m.held_on} ${kindsName(m.kinds, m.own_kind)} · ${m.org_name}`,
        open: `/meetings/${m.id}`,
      }))
  },
}
