import { sql } from 'kysely'
import type { AboutSource } from '#kernel/about.ts'
import { GRADES, type Grade } from './contract.ts'

/** What this module holds about a person. */
export const about: AboutSource = {
  title: '民主评议',
  why: '每年民主评议党员；你写的自评只有你和支委会看得到',
  tables: ['appraisals.member'],
  lines: async ({ db }, personId) => {
    const { rows } = await sql<{ year: number; review: string | null; grade: Grade | null }>`select r.year, m.self_review as review,
        case when m.told_on is not null then m.grade end as grade
      from appraisals.member m join appraisals.round r on r.org_id = m.org_id and r.id = m.round_id
      where m.person_id = ${personId} and r.state <> 'dropped' order by r.year desc limit 30`.execute(db)
    return rows.map(({ year, review, grade }) => ({
      label: `${year} 年`,
      value: `${grade ? `等次：${GRADES[grade]}` : '等次还没有向你反馈'}；${review ? `自评：${review}` : '没有写自评'}`,
    }))
  },
}
