import { type RawBuilder, sql } from 'kysely'
import { dateAt } from '#kernel/civilDate.ts'
import type { Ctx } from '#kernel/operation.ts'
import { STAGES } from '#modules/development/contract.ts'
import { openDutiesOf } from '#modules/duties/published.ts'
import { KINDS as REQUESTS, type RequestKind } from '#modules/requests/contract.ts'
import type { Group, Line } from './contract.ts'

/** Everything that waits in an organisation on this day, by what it is and when it is due; from records, nothing is typed again. */
export async function gather(ctx: Pick<Ctx, 'db' | 'now'>, orgId: string): Promise<Line[]> {
  const day = dateAt(ctx.now)
  const duties = await openDutiesOf(ctx.db, orgId, day)
  const lines: Line[] = duties.map(({ says, dueOn }) => ({ group: 'duties', text: says, dueOn, open: `/duties?org=${orgId}` }))
  for (const [group, open, select] of sourcesOf(orgId)) {
    const { rows } = await sql<{ text: string; dueOn: string | null }>`${select} limit 200`.execute(ctx.db)
    lines.push(...rows.map(({ text, dueOn }) => ({ group, text: wordsOf(group, text), dueOn, open })))
  }
  return lines
}

const wordsOf = (group: Group, text: string): string => {
  if (group !== 'requests' && group !== 'received' && group !== 'courses') return text
  const [first, rest] = text.split('|') as [string, string]
  if (group === 'courses') return `${rest}：${STAGES[Number(first)] ?? ''}`
  return `${REQUESTS[first as RequestKind].title}：${rest}`
}

/** What waits elsewhere in the platform: its group, the page where it is gone on with, and a select of text and due day. */
const sourcesOf = (orgId: string): [Group, string, RawBuilder<unknown>][] => [
  [
    'tasks',
    `/tasks?org=${orgId}`,
    sql`select title as text, due_on as "dueOn" from tasks.task where lead_org_id = ${orgId} and closed_on is null
      and state <> 'cancelled' order by due_on nulls last, id`,
  ],
  [
    'actions',
    `/meetings?org=${orgId}`,
    sql`select a.text || coalesce('（' || coalesce(p.name, a.owner_name) || '）', '') as text, a.due_on as "dueOn"
      from meetings.action a left join organisation.person p on p.id = a.owner_id
      where a.org_id = ${orgId} and a.settled_on is null order by a.due_on nulls last, a.id`,
  ],
  [
    'unsigned',
    `/meetings?org=${orgId}`,
    sql`select held_on || ' ' || title as text, null::date as "dueOn" from meetings.meeting
      where org_id = ${orgId} and state = 'submitted' order by held_on, id`,
  ],
  [
    'requests',
    `/requests?org=${orgId}`,
    sql`select kind || '|' || title as text, due_on as "dueOn" from requests.request
      where org_id = ${orgId} and state in ('sent', 'registered', 'returned') order by due_on, id`,
  ],
  [
    'received',
    `/requests?org=${orgId}`,
    sql`select kind || '|' || title as text, due_on as "dueOn" from requests.request
      where to_org_id = ${orgId} and state in ('sent', 'registered') order by due_on, id`,
  ],
  [
    'courses',
    `/development?org=${orgId}`,
    sql`select c.stage || '|' || p.name as text, c.due_on as "dueOn" from development.course c
      join organisation.person p on p.id = c.person_id
      where c.org_id = ${orgId} and c.state = 'open' order by c.due_on nulls last, c.id`,
  ],
  [
    'transfers',
    `/transfers?org=${orgId}`,
    sql`select p.name || '：' || coalesce(a.name, t.place) || ' → ' || coalesce(b.name, t.place) as text, t.valid_until as "dueOn"
      from transfers.transfer t join organisation.person p on p.id = t.person_id
      left join organisation.org a on a.id = t.from_id left join organisation.org b on b.id = t.to_id
      where t.state = 'sent' and (t.from_id = ${orgId} or t.to_id = ${orgId}) order by t.valid_until, t.id`,
  ],
  [
    'elections',
    `/elections?org=${orgId}`,
    sql`select '换届，应选 ' || seats || ' 名' as text, planned_on as "dueOn" from elections.election
      where org_id = ${orgId} and state not in ('completed', 'cancelled') order by planned_on, id`,
  ],
  [
    'contacts',
    `/care?org=${orgId}`,
    sql`select p.name as text, greatest(q.last_on, coalesce(q.begins_on, q.since)) + q.every_days as "dueOn"
      from care.plan q join organisation.person p on p.id = q.person_id
      where q.org_id = ${orgId} and q.ended_on is null order by 2, q.id`,
  ],
]
