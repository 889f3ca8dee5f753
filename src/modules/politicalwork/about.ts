import { sql } from 'kysely'
import { type AboutSource, spanText } from '#kernel/about.ts'
import { ENGAGEMENTS, type Engagement, HEADINGS, type Heading, TRAININGS, type Training } from './contract.ts'

/** What this module holds about a person. */
export const about: AboutSource = {
  title: '政工人员档案',
  why: '配备和培训政工人员；自己写的话只给本人和本单位党务干部、书记看，不打分、不排名',
  tables: ['politicalwork.service', 'politicalwork.training', 'politicalwork.word'],
  lines: async ({ db }, personId) => {
    const { rows: services } = await sql<{ org: string; engagement: Engagement; duty: string; from: string; until: string | null }>`select
        o.name as org, s.engagement, s.duty, s.from_on as "from", s.until_on as until
      from politicalwork.service s join organisation.org o on o.id = s.org_id where s.person_id = ${personId} and not s.taken_back order by s.from_on`.execute(
      db,
    )
    const { rows: trainings } = await sql<{ on: string; kind: Training; title: string }>`select on_day as "on", kind, title
      from politicalwork.training where person_id = ${personId} order by on_day limit 200`.execute(db)
    const { rows: words } = await sql<{ heading: Heading; text: string }>`select heading, text from politicalwork.word
      where person_id = ${personId} order by heading`.execute(db)
    return [
      ...services.map((s) => ({ label: spanText(s.from, s.until), value: `${s.org}，${s.duty}，${ENGAGEMENTS[s.engagement]}` })),
      ...trainings.map((t) => ({ label: t.on, value: `${TRAININGS[t.kind]}：${t.title}` })),
      ...words.map((w) => ({ label: HEADINGS[w.heading], value: w.text })),
    ]
  },
}
