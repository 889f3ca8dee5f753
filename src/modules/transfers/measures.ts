import { sql } from 'kysely'
import { measure } from '#kernel/measure.ts'

interface Awaited {
  id: string
  orgId: string
  sentOn: string
  validUntil: string
  answer: string | null
  answeredOn: string | null
  kind: string | null
}

/** Of the transfers that a branch had to receive or return, how many it answered while the letter held. */
export const answeredInTime = measure({
  key: 'transfers.answered-in-time',
  title: '组织关系按期接收或退回',
  reads: ['transfer.awaited', 'transfer.received', 'transfer.returned'],
  cases: async ({ db, facts, orgIds, from, to, asAt }) => {
    const { rows } =
      await sql<Awaited>`select w.id, w.org_id as "orgId", w.happened_on as "sentOn", w.body ->> 'validUntil' as "validUntil",
        a.id as answer, a.answered as "answeredOn", a.kind
      from ${facts} w
      left join (select org_id, subject, id, kind, to_char(recorded_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as answered from ${facts} r
        where r.kind in ('transfer.received', 'transfer.returned') and r.org_id = any(${[...orgIds]}::uuid[])) a
        on a.org_id = w.org_id and a.subject = w.subject
      where w.kind = 'transfer.awaited' and w.org_id = any(${[...orgIds]}::uuid[])
        and (w.body ->> 'validUntil')::date between ${from}::date and ${to}::date and w.happened_on <= ${asAt}::date
      order by w.org_id, w.happened_on, w.id`.execute(db)
    return rows.map(({ id, orgId, sentOn, validUntil, answer, answeredOn, kind }) => {
      const inTime = answeredOn !== null && answeredOn <= validUntil
      const open = !inTime && validUntil >= asAt
      const what = kind === 'transfer.returned' ? '退回' : '接收'
      const says = inTime ? `${answeredOn} ${what}` : open ? '还在期限内' : answeredOn ? `到 ${answeredOn} 才${what}` : '到期没有接收或退回'
      return {
        orgId,
        period: validUntil.slice(0, 7),
        expected: 1,
        met: inTime ? 1 : 0,
        facts: answer ? [id, answer] : [id],
        note: `${sentOn} 转来的组织关系应在介绍信有效期 ${validUntil} 前办理，${says}`,
        ...(open ? { due: false } : {}),
      }
    })
  },
})

export const transferMeasures = [answeredInTime]
