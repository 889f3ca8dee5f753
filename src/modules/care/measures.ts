import { sql } from 'kysely'
import { addDays } from '#kernel/civilDate.ts'
import { measure } from '#kernel/measure.ts'
import { KINDS, type Kind } from './contract.ts'

interface Planned {
  id: string
  orgId: string
  kind: Kind
  everyDays: number
  /** From when the present interval holds, and from when contact is owed at all. */
  plannedOn: string
  firstOn: string
  lastOn: string | null
  last: string | null
}

/** Of the members who are away, out of contact or retired, with how many contact was kept as often as planned, on the last day asked. */
export const contactKept = measure({
  key: 'care.contact-kept',
  title: '流动、失联和离退休党员按计划联系',
  reads: ['contact.planned', 'contact.made', 'contact.ended'],
  cases: async ({ db, facts, orgIds, from, to, asAt }) => {
    const day = to < asAt ? to : asAt
    const orgs = sql`any(${[...orgIds]}::uuid[])`
    const { rows } = await sql<Planned>`select p.id, p.org_id as "orgId", p.body ->> 'kind' as kind,
        (p.body ->> 'everyDays')::int as "everyDays", p.happened_on as "plannedOn", a.first_on as "firstOn", m.happened_on as "lastOn",
        m.id as last
      from (select distinct on (org_id, subject) * from ${facts} q
        where q.kind = 'contact.planned' and q.org_id = ${orgs} and q.happened_on <= ${day}::date
        order by org_id, subject, happened_on desc, recorded_at desc, id desc) p
      join (select org_id, subject, min(happened_on) as first_on from ${facts} q
        where q.kind = 'contact.planned' and q.org_id = ${orgs} group by org_id, subject) a
        on a.org_id = p.org_id and a.subject = p.subject
      left join (select distinct on (org_id, subject) org_id, subject, happened_on, id from ${facts} k
        where k.kind = 'contact.made' and k.org_id = ${orgs} and k.happened_on <= ${day}::date
        order by org_id, subject, happened_on desc, id) m on m.org_id = p.org_id and m.subject = p.subject
      where not exists (select from ${facts} e where e.kind = 'contact.ended' and e.org_id = p.org_id and e.subject = p.subject
          and e.happened_on <= ${day}::date)
      order by p.org_id, p.id`.execute(db)
    return rows.map((row) => {
      const { id, orgId, kind, everyDays, lastOn, firstOn, last } = row
      const due = keptUntil(row)
      const met = due >= day
      return {
        orgId,
        period: (day < from ? from : day).slice(0, 7),
        expected: 1,
        met: met ? 1 : 0,
        facts: last ? [id, last] : [id],
        note: `${KINDS[kind]}每 ${everyDays} 天联系一次，${lastOn ? `上次 ${lastOn}` : `${firstOn} 定下以后还没有联系`}，${met ? '在计划内' : `应在 ${due} 前联系`}`,
      }
    })
  },
})

/** The last day on which contact is still in time; a plan made stricter makes nobody late before its own day. */
export function keptUntil({
  everyDays,
  plannedOn,
  firstOn,
  lastOn,
}: Pick<Planned, 'everyDays' | 'plannedOn' | 'firstOn' | 'lastOn'>): string {
  const due = addDays(lastOn !== null && lastOn > firstOn ? lastOn : firstOn, everyDays)
  return due < plannedOn ? plannedOn : due
}

export const careMeasures = [contactKept]
