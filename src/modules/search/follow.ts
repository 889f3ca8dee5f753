import { sql } from 'kysely'
import type { Db } from '#kernel/database.ts'
import type { RecordText, TextSource } from '#kernel/module.ts'
import type { NumberedFact, Reaction } from '#ledger/reactions.ts'
import { wordsOfFiles } from '#modules/files/published.ts'
import { TEXT_LIMIT, tokensOf } from './words.ts'

/** What keeps the texts up with the records: one reaction for each kind. */
export const textReactions = (sources: readonly TextSource[]): Reaction[] =>
  sources.map((source) => ({
    name: `search ${source.kind}`,
    kinds: source.follows,
    run: (db, facts) => renew(db, source, facts),
  }))

async function renew(db: Db, { kind, read }: TextSource, facts: readonly NumberedFact[]): Promise<void> {
  const [ids, orgIds] = [new Set(facts.map((f) => f.subject)), new Set(facts.map((f) => f.orgId))]
  const records = await read(db, [...ids], [...orgIds])
  const attached = await wordsOfFiles(
    db,
    records.map((r) => r.id),
  )
  await sql`delete from search.text where kind = ${kind} and id = any(${[...ids]}::uuid[])`.execute(db)
  if (records.length === 0) return
  const rows = records.map((r) => rowOf(r, kind, attached.get(r.id) ?? ''))
  await sql`insert into search.text (org_id, kind, id, read_with, title, note, open, day, body, words)
    select r.org_id, r.kind, r.id, r.read_with, r.title, r.note, r.open, r.day, r.body, array_to_tsvector(r.words)
    from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as r(org_id uuid, kind text, id uuid, read_with text, title text,
      note text, open text, day date, body text, words text[])`.execute(db)
}

function rowOf({ id, orgId, readWith, title, note, open, day, body }: RecordText, kind: string, attached: string) {
  const whole = [body, attached].filter(Boolean).join('\n').replaceAll('\0', '').slice(0, TEXT_LIMIT)
  return { org_id: orgId, kind, id, read_with: readWith, title, note, open, day, body: whole, words: tokensOf(`${title}\n${whole}`) }
}
