import { sql } from 'kysely'
import { dateAt } from '#kernel/civilDate.ts'
import type { Db } from '#kernel/database.ts'
import { newId } from '#kernel/id.ts'
import { isWorkingDay } from '#modules/workdays/contract.ts'
import { workdaysOf } from '#modules/workdays/published.ts'

interface Waiting {
  personId: string
  name: string
  lines: { text: string; at: string }[]
  more: number
}

/** So many lines of one digest; the rest is counted. */
const LINES = 20

/**
 * Puts one mail a person in the queue: what they were told since the last digest and have not read. Nothing on a day of rest, nothing to
 * whom nothing is new, and nobody twice. Returns for how many.
 */
export async function makeDigests(db: Db, now: Date = new Date()): Promise<number> {
  const today = dateAt(now)
  if (!isWorkingDay(await workdaysOf(db), today)) return 0
  return db.transaction().execute(async (tx) => {
    const { rows } = await sql<Waiting>`
      with told as (update notifications.notice n set told_at = ${now} from notifications.mailbox m
        where m.person_id = n.person_id and m.confirmed_at is not null and m.digest and n.read_at is null and n.told_at is null
        returning n.person_id, n.text, n.at)
      select t.person_id as "personId", p.name, greatest(count(*) - ${LINES}, 0)::int as more,
        (array_agg(jsonb_build_object('text', t.text, 'at', t.at) order by t.at desc))[1:${sql.lit(LINES)}] as lines
      from told t join organisation.person p on p.id = t.person_id group by 1, 2`.execute(tx)
    if (rows.length === 0) return 0
    const mails = rows.map((row) => ({ id: newId(), personId: row.personId, ...wordsOf(row) }))
    await sql`insert into notifications.delivery (id, person_id, channel, subject, body, made_at, due_at)
      select r.id, r."personId", 'mail', r.subject, r.body, ${now}, ${now}
      from jsonb_to_recordset(${JSON.stringify(mails)}::text::jsonb) as r(id uuid, "personId" uuid, subject text, body text)`.execute(tx)
    return rows.length
  })
}

function wordsOf({ name, lines, more }: Waiting): { subject: string; body: string } {
  const count = lines.length + more
  const list = lines.map(({ text }, i) => `${i + 1}. ${text}`).join('\n')
  const rest = more > 0 ? `\n……还有 ${more} 件，请登录系统查看` : ''
  return {
    subject: `党建工作：有 ${count} 件事请你看一下`,
    body: `${name}：\n\n${list}${rest}\n\n每个工作日最多一封；办完的不再提醒。不想收可以在「我的」里关掉。`,
  }
}
