import { sql } from 'kysely'
import { measure } from '#kernel/measure.ts'
import { KINDS, kindOf, type RequestKind } from './contract.ts'

interface Received {
  orgId: string
  kind: RequestKind
  sentOn: string
  dueOn: string
  answeredOn: string | null
  facts: string[]
}

/** Of the requests that were due for an answer, how many the superior answered in time; each is one case of the superior, never of the sender. */
export const answeredInTime = measure({
  key: 'requests.answered-in-time',
  title: '按时答复下级请示（上级的责任）',
  filters: { kind: Object.keys(KINDS) },
  reads: ['request.received', 'request.answered'],
  cases: async ({ db, facts, orgIds, from, to, asAt, filter }) => {
    const ids = sql`any(${[...orgIds]}::uuid[])`
    const { rows } = await sql<Received>`
      select r.org_id as "orgId", r.body ->> 'kind' as kind, r.happened_on as "sentOn", r.body ->> 'dueOn' as "dueOn",
        a.happened_on as "answeredOn", array_remove(array[r.id, a.id], null) as facts
      from ${facts} r left join ${facts} a on a.org_id = r.org_id and a.subject = r.subject and a.kind = 'request.answered'
        and a.org_id = ${ids} and a.body ->> 'round' = r.body ->> 'round'
      where r.kind = 'request.received' and r.org_id = ${ids} and r.body ->> 'dueOn' between ${from} and ${to}
        and r.happened_on <= ${asAt}::date ${filter.kind ? sql`and r.body ->> 'kind' = ${filter.kind}` : sql``}
      order by r.org_id, 4, r.id`.execute(db)
    return rows.map((r) => {
      const met = r.answeredOn !== null && r.answeredOn <= r.dueOn
      const open = r.answeredOn === null && r.dueOn >= asAt
      const says = r.answeredOn === null ? (open ? '，还没有到期' : '，到期没有答复') : `，${r.answeredOn} 答复${met ? '' : '，晚于时限'}`
      return {
        orgId: r.orgId,
        period: r.dueOn.slice(0, 7),
        expected: 1,
        met: met ? 1 : 0,
        facts: r.facts,
        note: `${r.sentOn} 收到的${kindOf(r.kind).title}请示，${r.dueOn} 前应答复${says}`,
        ...(open ? { due: false } : {}),
      }
    })
  },
})
