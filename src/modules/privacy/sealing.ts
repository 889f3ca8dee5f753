import { sql } from 'kysely'
import type { Db } from '#kernel/database.ts'
import { openText, sealText } from '#modules/members/published.ts'

type Column = 'says_sealed' | 'answer_sealed'

const placeOf = (id: string, column: Column) => ({ table: 'privacy.correction', column, row: id })

export const sealWords = (id: string, column: Column, plain: string): string => sealText(placeOf(id, column), plain)

/** The words of a request or its answer; `clear` is what an older program kept unsealed. */
export const openWords = (id: string, column: Column, sealed: string | null, clear: string | null): string | null =>
  sealed === null ? clear : openText(placeOf(id, column), sealed)

/** Seals what an older program kept in clear. */
export async function sealOld({ db }: { db: Db }): Promise<void> {
  const { rows } = await sql<{ id: string; says: string; answer: string | null }>`select id, says, answer from privacy.correction
    where says is not null`.execute(db)
  for (const { id, says, answer } of rows)
    await sql`update privacy.correction set says = null, says_sealed = ${sealWords(id, 'says_sealed', says)}, answer = null,
      answer_sealed = ${answer && sealWords(id, 'answer_sealed', answer)} where id = ${id} and says is not null`.execute(db)
}
