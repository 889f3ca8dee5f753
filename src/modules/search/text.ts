import { sql } from 'kysely'
import { z } from 'zod'
import { anyone, type Ctx, query } from '#kernel/operation.ts'
import { afterCursor, cut, orderOf, Paged, pageOf } from '#kernel/paging.ts'
import { Hit } from './contract.ts'
import { excerptOf, marked } from './excerpt.ts'
import { queryOf, wordsOf } from './words.ts'

interface Row {
  kind: string
  id: string
  title: string
  note: string
  open: string
  day: string
  body: string
}

/** Looks for words anywhere in records and their attachments; only texts all of which the reader may see are looked through. */
export const textOf = (capabilities: readonly string[]) =>
  query('search.text', {
    title: '在记录和附件的全文里找',
    input: Paged.extend({ text: z.string().trim().min(1).max(60) }),
    output: pageOf(Hit),
    may: anyone,
    run: async (ctx, { text, after, limit }) => {
      const wanted = queryOf(text)
      if (!wanted) return { items: [], next: null }
      const order = [
        { by: sql`t.day`, desc: true },
        { by: sql`t.id`, desc: true },
      ]
      const { rows } = await sql<Row>`
        select t.kind, t.id, t.title, t.note, t.open, t.day, t.body from search.text t join organisation.org o on o.id = t.org_id
        where t.words @@ ${wanted}::tsquery and ${readable(ctx, capabilities)} and ${holdingAll(text)} and ${afterCursor(order, after)}
        order by ${orderOf(order)} limit ${limit + 1}`.execute(ctx.db)
      const { items, next } = cut(rows, limit, (r) => [r.day, r.id])
      return {
        items: items.map(({ body, title, ...row }) => ({ ...row, title: marked(title, text), excerpt: excerptOf(body, text) })),
        next,
      }
    },
  })

function readable({ actor }: Ctx, capabilities: readonly string[]) {
  const held = capabilities.filter((c) => actor.grantsOf(c).length > 0)
  if (held.length === 0) return sql`false`
  return sql`(${sql.join(
    held.map((c) => sql`(t.read_with = ${c} and ${actor.within(c, 'o.path')})`),
    sql` or `,
  )})`
}

/** The index knows pairs of characters; whether longer words stand together is seen in the text. */
const holdingAll = (text: string) => {
  const long = wordsOf(text).filter((word) => word.length > 2)
  if (long.length === 0) return sql`true`
  return sql`(${sql.join(
    long.map((word) => {
      const like = `%${word.replaceAll(/[\\%_]/g, '\\$&')}%`
      return sql`(t.body ilike ${like} or t.title ilike ${like})`
    }),
    sql` and `,
  )})`
}
