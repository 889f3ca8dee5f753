import { sql } from 'kysely'
import { addDays } from '#kernel/civilDate.ts'
import { measure } from '#kernel/measure.ts'
import { KINDS, type Kind } from './contract.ts'

interface Planned {
  id: string
  orgId: string
  kind: Kind
  everyDays: number
  plannedOn: string
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
        (p.body ->> 'everyDays')::int as "everyDays", p.happened_on as "plannedOn", m.happened_on as "lastOn", m.id as last
      from ${facts} p
      left join (select distinct on (org_id, subject) org_id, subject, happened_on, id from ${facts} k
        where k.kind = 'contact.made' and k.org_id = ${orgs} and k.happened_on <= ${day}::date
        order by org_id, subject, happened_on desc, id) m on m.org_id = p.org_id and m.subject = p.subject
      where p.kind = 'contact.planned' and p.org_id = ${orgs} and p.happened_on <= ${day}::date
        and not exists (select from ${facts} e where e.kind = 'contact.ended' and e.org_id = p.org_id and e.subject = p.subject
          and e.happened_on <= ${day}::date)
      order by p.org_id, p.id`.execute(db)
    return rows.map(({ id, orgId, kind, everyDays, plannedOn, lastOn, last }) => {
      const begin = lastOn !== null && lastOn > plannedOn ? lastOn : plannedOn
      const due = addDays(begin, everyDays)
      const met = due >= day
      return {
        orgId,
        period: (day < from ? from : day).slice(0, 7),
        expected: 1,
        met: met ? 1 : 0,
        facts: last ? [id, last] : [id],
        note: `${KINDS[kind]}每 ${everyDays} 天联系一次，${lastOn ? `上次 ${lastOn}` : `${plannedOn} 定下以后还没有联系`}，${met ? '在计划内' : `应在 ${due} 前联系`}`,
      }
    })
  },
})

export const careMeasures = [contactKept]
