import { createHash, randomBytes } from 'node:crypto'
import ical from 'ical-generator'
import { sql } from 'kysely'
import type { Actor } from '#kernel/actor.ts'
import { addDays, dateAt } from '#kernel/civilDate.ts'
import type { Db } from '#kernel/database.ts'
import { orgSeen } from '#modules/organisation/published.ts'
import { type Item, orgEntries, ownEntries } from './entries.ts'

/** 256 bits, as 43 characters of an address. */
export const newToken = (): string => randomBytes(32).toString('base64url')
export const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex')

const PAST_DAYS = 30
const AHEAD_DAYS = 180

interface Row {
  id: string
  personId: string
  orgId: string | null
}

/**
 * The calendar behind a secret link as iCalendar text, with its ETag; undefined for a link that never was, was revoked, or whose owner may
 * no longer sign in or see the organisation. It holds what that person may see on this very day.
 */
export async function readFeed(
  db: Db,
  token: string,
  { now, actorOf }: { now: Date; actorOf: (personId: string, day: string) => Promise<Actor> },
): Promise<{ text: string; etag: string } | undefined> {
  const { rows } = await sql<Row>`select f.id, f.person_id as "personId", f.org_id as "orgId" from calendar.feed f
    left join identity.account a on a.person_id = f.person_id
    where f.token_hash = ${hashOf(token)} and f.revoked_at is null and coalesce(a.state, 'active') = 'active'`.execute(db)
  const [feed] = rows
  if (!feed) return undefined
  const today = dateAt(now)
  const actor = await actorOf(feed.personId, today)
  const ask = { db, actor, now }
  const span = [addDays(today, -PAST_DAYS), addDays(today, AHEAD_DAYS)] as const
  const org = feed.orgId ? await orgSeen(ask, feed.orgId, 'meetings.read') : null
  if (org === undefined) return undefined
  const items = org ? await orgEntries(ask, org, ...span) : await ownEntries(ask, ...span)
  await sql`update calendar.feed set read_on = ${today} where id = ${feed.id} and read_on is distinct from ${today}::date`.execute(db)
  const text = textOf(items.filter((i) => i.kind !== 'rest'), org ? (org.shortName ?? org.name) : '我的党建日程') // biome-ignore format: one call
  return { text, etag: `"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"` }
}

/** The same items give the same text. */
export function textOf(items: readonly Item[], name: string): string {
  const calendar = ical({ name, prodId: { company: 'Rongjian', product: 'Calendar', language: 'ZH' }, ttl: 60 * 60 * 4 })
  for (const item of items) {
    const day = new Date(`${item.day}T00:00:00Z`)
    calendar.createEvent({
      id: `${item.key}@rongjian`,
      stamp: day,
      summary: `${item.plain}${{ done: '，已办', exempt: '，已豁免' }[item.state as string] ?? ''}`,
      ...(item.at ? item.at : { start: day, allDay: true }),
    })
  }
  return calendar.toString()
}
