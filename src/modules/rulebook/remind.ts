import { sql } from 'kysely'
import { dateAt } from '#kernel/civilDate.ts'
import type { Db } from '#kernel/database.ts'
import { overWith, tellDesks } from '#modules/notifications/published.ts'
import { REVIEW_AHEAD } from './contract.ts'

export const REVIEW = 'rulebook.review'

/** Tells those who look after an organisation's affairs which of its regulations are to be looked through. For a job, every morning. */
export async function remindReviews(db: Db, now: Date = new Date()): Promise<number> {
  const day = dateAt(now)
  const { rows } = await sql<{ id: string; orgId: string; name: string; on: string }>`
    select id, org_id as "orgId", name, review_on as on from rulebook.edition
    where ended_on is null and review_on <= ${day}::date + ${REVIEW_AHEAD}::int order by review_on, id`.execute(db)
  await tellDesks(
    { db, now },
    rows.map(({ id, orgId, name, on }) => ({
      orgId,
      kind: REVIEW,
      key: id,
      text: `《${name}》${on} 前要复审：继续执行、修订还是废止`,
      open: `/rulebook?org=${orgId}&open=${id}`,
    })),
  )
  await overWith({ db, now }, REVIEW, { still: rows.map((r) => r.id) })
  return rows.length
}
