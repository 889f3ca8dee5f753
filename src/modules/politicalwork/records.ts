import { sql } from 'kysely'
import type { Db } from '#kernel/database.ts'
import { STUDY_KINDS } from '#modules/meetings/contract.ts'
import type { Heading, Line } from './contract.ts'

/** A line; `inOffice` for what only the person and those who work there read. */
export type Recorded = Line & { inOffice: boolean }

interface Counted {
  deployments: number
  closed: number
  inTime: number
  late: number
  coOwned: number
  contacts: number
  condolences: number
  talks: number
  study: number
  life: number
  hours: number
  pledges: number
  told: number
  integrity: number
  brands: number
}

/**
 * What records tell of somebody's work in a span, each figure under the heading it speaks to and with the page where the records stand.
 * Counts of what was done, never a mark; a heading to which nothing was recorded has no line.
 */
export async function recordsOf(db: Db, personId: string, from: string, to: string): Promise<Map<Heading, Recorded[]>> {
  const within = (column: string) => sql`${sql.ref(column)} between ${from}::date and ${to}::date`
  const { rows } = await sql<Counted>`select t.*, c.*, k.contacts, d.condolences, g.talks, m.study, m.life, h.hours, q.*, b.brands
    from (select (count(*) filter (where source = 'deployment' and ${within('closed_on')}))::int as deployments,
        (count(*) filter (where ${within('closed_on')}))::int as closed,
        (count(*) filter (where ${within('closed_on')} and (due_on is null or submitted_at is null
          or (submitted_at at time zone 'Asia/Shanghai')::date <= due_on)))::int as "inTime",
        (count(*) filter (where state not in ('closed', 'cancelled', 'submitted') and due_on < ${to}::date))::int as late
      from tasks.task where lead_id = ${personId}) t,
    (select (count(*) filter (where (o.answered_at at time zone 'Asia/Shanghai')::date between ${from}::date and ${to}::date))::int as "coOwned"
      from tasks.co_owner o where o.co_id = ${personId} and o.state = 'accepted') c,
    (select count(*)::int as contacts from care.contact where by_person_id = ${personId} and ${within('on_day')}) k,
    (select count(*)::int as condolences from care.condolence where recorded_by = ${personId} and ${within('on_day')}) d,
    (select count(*)::int as talks from talks.talk where (a_id = ${personId} or b_id = ${personId}) and withdrawn_at is null
      and ${within('held_on')}) g,
    (select (count(*) filter (where x.kinds && ${[...STUDY_KINDS]}::text[]))::int as study,
        (count(*) filter (where x.kinds && array['orgLifeMeeting', 'democraticAppraisal']))::int as life
      from meetings.attendance a join meetings.meeting x on x.org_id = a.org_id and x.id = a.meeting_id
      where a.person_id = ${personId} and a.present and x.state <> 'cancelled' and ${within('x.held_on')}) m,
    (select count(*)::int as pledges, (count(*) filter (where account is not null))::int as told,
        (count(*) filter (where kind = 'integrity'))::int as integrity
      from pledges.pledge where person_id = ${personId} and withdrawn_on is null and published_on <= ${to}::date
        and until_on >= ${from}::date) q,
    (select count(*)::int as brands from brands.brand where lead_id = ${personId} and state = 'active') b,
    (select coalesce(sum(hours), 0)::int as hours from politicalwork.training where person_id = ${personId} and ${within('on_day')}) h`.execute(
    db,
  )
  return linesOf(rows[0]!)
}

function linesOf(n: Counted): Map<Heading, Recorded[]> {
  const lines = new Map<Heading, Recorded[]>()
  const say = (heading: Heading, count: number, says: string, open: string | null, inOffice = false) =>
    count > 0 && lines.set(heading, [...(lines.get(heading) ?? []), { says, open, inOffice }])
  say('political', n.deployments, `牵头办结上级部署 ${n.deployments} 件`, '/tasks')
  say('learning', n.study, `参加党课、主题党日和集体学习 ${n.study} 次`, '/meetings')
  say('learning', n.hours, `培训 ${n.hours} 学时`, null)
  say('service', n.contacts, `联系流动、失联、离退休党员 ${n.contacts} 次`, '/care')
  say('service', n.condolences, `慰问 ${n.condolences} 次`, '/care')
  say('example', n.pledges, `公开承诺 ${n.pledges} 项，本人已说明 ${n.told} 项`, '/pledges')
  say('responsibility', n.closed, `牵头办结 ${n.closed} 件，其中按期 ${n.inTime} 件`, '/tasks')
  say('responsibility', n.late, `到期还没有办结 ${n.late} 件`, '/tasks', true)
  say('cooperation', n.coOwned, `接受协办 ${n.coOwned} 件`, '/tasks')
  say('democracy', n.life, `参加组织生活会、民主评议 ${n.life} 次`, '/meetings')
  say('democracy', n.talks, `谈心谈话 ${n.talks} 次`, '/talks', true)
  say('innovation', n.brands, `负责支部品牌 ${n.brands} 个`, '/brands')
  say('integrity', n.integrity, `公开廉洁承诺 ${n.integrity} 项`, '/pledges')
  return lines
}
