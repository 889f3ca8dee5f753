import { sql } from 'kysely'
import type { TextSource } from '#kernel/module.ts'
import { wordsOfFiles } from '#modules/files/published.ts'

interface Row {
  id: string
  orgId: string
  orgName: string
  name: string
  letterNo: string
  source: string
  note: string
  day: string
  last: string
}

/** Regulations of the unit by name, 文号, source and the words of their files; the newest edition stands for all. */
export const regulationTexts: TextSource = {
  kind: '制度',
  follows: ['regulation.enacted', 'regulation.repealed'],
  read: async (db, ids, orgIds) => {
    const { rows } = await sql<Row>`
      select distinct on (e.root_id) e.root_id as id, e.id as last, e.org_id as "orgId", coalesce(o.short_name, o.name) as "orgName", e.name,
        e.letter_no as "letterNo", e.source, e.note, e.valid_from as day
      from rulebook.edition e join organisation.org o on o.id = e.org_id
      where e.root_id = any(${[...ids]}::uuid[]) and e.org_id = any(${[...orgIds]}::uuid[]) order by e.root_id, e.number desc`.execute(db)
    const words = await wordsOfFiles(db, rows.map((r) => r.last)) // biome-ignore format: one call
    return rows.map((r) => ({
      id: r.id,
      orgId: r.orgId,
      readWith: 'rulebook.read',
      title: r.name,
      note: `${r.letterNo || '制度'} · ${r.orgName}`,
      open: `/rulebook?org=${r.orgId}&open=${r.last}`,
      day: r.day,
      body: [r.letterNo, r.source, r.note, words.get(r.last)].filter(Boolean).join('\n'),
    }))
  },
}
