import { sql } from 'kysely'
import { type AboutSource, spanText } from '#kernel/about.ts'
import { POSTS, type PostRole } from './contract.ts'

/** What this module holds about a person. */
export const about: AboutSource = {
  title: '姓名、任职和工作单位',
  why: '登记谁担任什么职务、有什么权限',
  tables: ['organisation.person', 'organisation.post', 'organisation.employment', 'organisation.assignment'],
  lines: async ({ db }, personId) => {
    const { rows: who } = await sql<{ name: string; staffNo: string | null }>`select name, staff_no as "staffNo"
      from organisation.person where id = ${personId}`.execute(db)
    const { rows: posts } = await sql<{ role: PostRole; org: string; from: string; until: string | null }>`select t.role, o.name as org,
        lower(t.valid) as "from", upper(t.valid) as until
      from organisation.post t join organisation.org o on o.id = t.org_id where t.person_id = ${personId} order by t.valid`.execute(db)
    const { rows: work } = await sql<{ unit: string; from: string; until: string | null }>`select n.name as unit, lower(e.valid) as "from",
        upper(e.valid) as until
      from organisation.employment e join organisation.unit n on n.id = e.unit_id where e.person_id = ${personId} order by e.valid`.execute(
      db,
    )
    return [
      ...who.flatMap(({ name, staffNo }) => [
        { label: '姓名', value: name },
        { label: '工号', value: staffNo ?? '未填' },
      ]),
      ...posts.map(({ role, org, from, until }) => ({ label: spanText(from, until), value: `${org} ${POSTS[role]}` })),
      ...work.map(({ unit, from, until }) => ({ label: spanText(from, until), value: `在${unit}工作` })),
    ]
  },
}
