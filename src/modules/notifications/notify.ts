import { sql } from 'kysely'
import { dateAt } from '#kernel/civilDate.ts'
import type { Db } from '#kernel/database.ts'
import { newId } from '#kernel/id.ts'
import { OFFICE_WORKERS, SECRETARIES } from '#modules/organisation/contract.ts'
import { wake } from './listeners.ts'

export interface News {
  personId: string
  /** `module.thing`, as 'tasks.assigned'. */
  kind: string
  /** What it is about: told once for each, however often it is said. */
  key: string
  /** One sentence, without anything that only some may read. */
  text: string
  /** The page that shows it. */
  open: string
}

interface Where {
  db: Db
  now: Date
  /** Of a command: pages are told once it has committed. */
  afterCommit?: (() => void)[]
}

/** Tells persons something, in the transaction of what happened; who was told already is not told again. */
export async function notify({ db, now, afterCommit }: Where, news: readonly News[]): Promise<void> {
  if (news.length === 0) return
  const rows = news.map((n) => ({ id: newId(), ...n }))
  await sql`insert into notifications.notice (id, person_id, kind, key, text, open, at)
    select r.id, r."personId", r.kind, r.key, left(r.text, 300), r.open, ${now}
    from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as r(id uuid, "personId" uuid, kind text, key text, text text, open text)
    on conflict (person_id, kind, key) do nothing`.execute(db)
  const woken = () => wake(new Set(news.map((n) => n.personId)))
  if (afterCommit) afterCommit.push(woken)
  else woken()
}

/** Who looks after what comes to an organisation: its secretaries, 组织委员 and 党务干部. */
const DESK = [...SECRETARIES, 'organizationCommissioner', ...OFFICE_WORKERS]

type DeskNews = Omit<News, 'personId'> & { orgId: string }

/** Tells those who look after these organisations' affairs that day, but not `but`, who did it. */
export async function tellDesks(where: Where, news: readonly DeskNews[], but: string | null = null): Promise<void> {
  const { rows } = await sql<{ orgId: string; personId: string }>`select distinct org_id as "orgId", person_id as "personId"
    from organisation.post where org_id = any(${[...new Set(news.map((n) => n.orgId))]}::uuid[])
      and valid @> ${dateAt(where.now)}::date and role = any(${DESK}) and person_id is distinct from ${but}::uuid`.execute(where.db)
  const desks = Map.groupBy(rows, (r) => r.orgId)
  await notify(
    where,
    news.flatMap(({ orgId, ...said }) => (desks.get(orgId) ?? []).map(({ personId }) => ({ ...said, personId }))),
  )
}

export const tellDesk = (where: Where, orgId: string, news: Omit<News, 'personId'>, but: string | null = null): Promise<void> =>
  tellDesks(where, [{ ...news, orgId }], but)

/** Marks as read what is over: notices of a kind whose key is none of `still`, or those of `gone` alone. */
export async function overWith({ db, now }: Where, kind: string, which: { still: readonly string[] } | { gone: readonly string[] }) {
  const keys = 'still' in which ? sql`key <> all(${[...which.still]}::text[])` : sql`key = any(${[...which.gone]}::text[])`
  await sql`update notifications.notice set read_at = ${now} where kind = ${kind} and read_at is null and ${keys}`.execute(db)
}

/** Puts a message in the queue for every robot of these organisations' groups; the same key is told a group once. */
export async function tellGroups(
  { db, now }: Where,
  news: readonly { orgId: string; key: string; subject: string; body: string }[],
): Promise<void> {
  if (news.length === 0) return
  const rows = news.map((n) => ({ ...n, id: newId() }))
  await sql`insert into notifications.delivery (id, org_id, channel, subject, body, key, made_at, due_at)
    select r.id, r."orgId", b.service, r.subject, left(r.body, 1500), r.key, ${now}, ${now}
    from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as r(id uuid, "orgId" uuid, key text, subject text, body text)
    join notifications.robot b on b.org_id = r."orgId"
    on conflict (org_id, channel, key) where key is not null do nothing`.execute(db)
}
