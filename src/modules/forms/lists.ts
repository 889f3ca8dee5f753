import { sql } from 'kysely'
import { beyond } from '#kernel/actor.ts'
import { plannedAnew } from '#kernel/database.ts'
import { holdsOn } from '#kernel/dated.ts'
import type { Ctx } from '#kernel/operation.ts'
import type { Period } from '#kernel/period.ts'
import { MEETING_KINDS, type MeetingKind } from '#modules/meetings/contract.ts'
import { takeRoster } from '#modules/members/published.ts'
import { BRANCH_KINDS } from '#modules/organisation/contract.ts'
import type { OrgCard } from '#modules/organisation/published.ts'
import type { ListKey } from './contract.ts'
import { lastDay, type Value } from './values.ts'

/** More lines than any form has; one more is read to know that there are too many. */
const MOST = 601

export type Line = Record<string, Value>

/** How many lines a list has; without naming anybody. */
export async function countOf(ctx: Ctx, list: ListKey, org: OrgCard, span: Period): Promise<number> {
  if (list !== 'roster') return (await linesFor(ctx, list, org, span)).length
  const on = sql`${lastDay(ctx, span)}::date`
  const { rows } = await sql<{ n: number }>`${plannedAnew} select count(*)::int as n
    from organisation.org o join members.membership m on m.org_id = o.id and ${holdsOn('m.valid', on)}
    join members.standing s on s.person_id = m.person_id and ${holdsOn('s.valid', on)}
    where ${below(org)} and s.standing in ('fullMember', 'probationaryMember')`.execute(ctx.db)
  return rows[0]!.n
}

/** The lines of a list, numbered; at most 601. */
export async function linesFor(ctx: Ctx, list: ListKey, org: OrgCard, span: Period): Promise<Line[]> {
  const lines = await LINES[list](ctx, org, span)
  return lines.slice(0, MOST).map((line, i) => ({ ...line, no: i + 1 }))
}

const below = ({ path }: OrgCard) => sql`o.path >= ${path} and o.path < ${beyond(path)}`

const LINES: Record<ListKey, (ctx: Ctx, org: OrgCard, span: Period) => Promise<Line[]>> = {
  roster: async (ctx, org, span) => (await takeRoster(ctx, org, lastDay(ctx, span))).map((p) => ({ ...p })),

  meetings: async (ctx, org, { from, to }) => {
    const { rows } = await sql<
      Omit<Line, 'kinds'> & { kinds: MeetingKind[] }
    >`${plannedAnew} select m.held_on::text as date, m.kinds, m.title,
        m.place, m.expected, m.present, o.name as "orgName"
      from organisation.org o join meetings.meeting m on m.org_id = o.id
      where ${below(org)} and m.state <> 'cancelled' and m.held_on between ${from}::date and ${to}::date
      order by m.held_on, m.id limit ${MOST}`.execute(ctx.db)
    return rows.map(({ kinds, ...row }): Line => ({ ...(row as Line), kind: kinds.map((k) => MEETING_KINDS[k]).join('、') }))
  },

  orgs: async (ctx, org, span) => {
    const on = sql`${lastDay(ctx, span)}::date`
    const kinds = ['memberAssembly', 'branchCommittee', 'groupMeeting', 'partyLecture', 'themePartyDay'] as const
    const { rows } = await sql<Line>`${plannedAnew} with b as (select o.id, o.name, o.path from organisation.org o where ${below(org)}
        and o.kind = any(${[...BRANCH_KINDS]}) and o.founded_on <= ${on} and (o.dissolved_on is null or o.dissolved_on > ${on}) limit ${MOST}),
      p as (select m.org_id, count(*)::int as members, count(*) filter (where s.standing = 'fullMember')::int as full,
          count(*) filter (where s.standing = 'probationaryMember')::int as probationary
        from b join members.membership m on m.org_id = b.id and ${holdsOn('m.valid', on)}
        join members.standing s on s.person_id = m.person_id and ${holdsOn('s.valid', on)}
        where s.standing in ('fullMember', 'probationaryMember') group by m.org_id),
      h as (select m.org_id, count(*)::int as meetings, ${sql.join(
        kinds.map((kind) => sql`count(*) filter (where ${kind} = any(m.kinds))::int as ${sql.ref(kind)}`),
      )}
        from b join meetings.meeting m on m.org_id = b.id and m.state <> 'cancelled'
          and m.held_on between ${span.from}::date and ${span.to}::date group by m.org_id),
      t as (select distinct on (x.org_id) x.org_id, n.name from b join organisation.post x on x.org_id = b.id and ${holdsOn('x.valid', on)}
        join organisation.person n on n.id = x.person_id where x.role = 'partySecretary' order by x.org_id, x.id)
      select b.name as "orgName", coalesce(t.name, '') as secretary, coalesce(p.members, 0) as members, coalesce(p.full, 0) as full,
        coalesce(p.probationary, 0) as probationary, coalesce(h.meetings, 0) as meetings,
        ${sql.join(kinds.map((kind) => sql`coalesce(${sql.ref(`h.${kind}`)}, 0) as ${sql.ref(kind)}`))}
      from b left join p on p.org_id = b.id left join h on h.org_id = b.id left join t on t.org_id = b.id
      order by b.name collate "zh-x-icu", b.id`.execute(ctx.db)
    return rows
  },
}
