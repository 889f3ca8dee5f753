import { sql } from 'kysely'
import type { Ctx } from '#kernel/operation.ts'
import type { Clash } from '../contract.ts'
import { clockOf } from '../operations/card.ts'

interface Asked {
  /** The plan that is being changed; it cannot clash with itself. */
  planId: string | null
  startsAt: Date
  endsAt: Date
  place: string
  chairId: string | null
  recorderId: string | null
  expectedIds: readonly string[]
}

interface Other {
  org_name: string
  place: string
  starts_at: Date
  ends_at: Date
  chair_id: string
  recorder_id: string
  people: string[] | null
}

/**
 * Meetings planned at the same time in the same place, or to which the same people are called. Of a meeting elsewhere only its
 * organisation and time are told, never what it is about.
 */
export async function clashesOf(ctx: Pick<Ctx, 'db'>, asked: Asked, names: ReadonlyMap<string, string>): Promise<Clash[]> {
  const ids = [...new Set([...asked.expectedIds, asked.chairId, asked.recorderId].filter((id) => id !== null))]
  const { rows } = await sql<Other>`
    select coalesce(n.name, '') as org_name, p.place, p.starts_at, p.ends_at, p.chair_id, p.recorder_id, x.people
    from meetings.plan p
    left join organisation.naming n on n.org_id = p.org_id and n.valid @> p.held_on
    left join (select org_id, plan_id, array_agg(person_id) as people from meetings.invited
      where person_id = any(${ids}::uuid[]) and answer is distinct from 'leave' group by org_id, plan_id) x
      on x.org_id = p.org_id and x.plan_id = p.id
    where p.state = 'announced' and p.starts_at < ${asked.endsAt} and p.ends_at > ${asked.startsAt}
      and p.id is distinct from ${asked.planId}::uuid
      and (x.people is not null or p.chair_id = any(${ids}::uuid[]) or p.recorder_id = any(${ids}::uuid[])
        or (p.place = ${asked.place.trim()} and p.place <> ''))
    order by p.starts_at, p.id limit 20`.execute(ctx.db)
  return rows.flatMap((other) => against(asked, other, names))
}

function against(asked: Asked, other: Other, names: ReadonlyMap<string, string>): Clash[] {
  const when = `${other.org_name} ${clockOf(other.starts_at)}–${clockOf(other.ends_at)} 的会`
  const taken = new Set([...(other.people ?? []), other.chair_id, other.recorder_id])
  const found: Clash[] = []
  if (asked.place.trim() !== '' && other.place === asked.place.trim())
    found.push({ what: 'place', says: `${other.place}这个时间已安排${when}，请换地点或换时间` })
  if (asked.chairId && taken.has(asked.chairId))
    found.push({ what: 'chair', says: `主持人${names.get(asked.chairId) ?? ''}这个时间要参加${when}` })
  if (asked.recorderId && taken.has(asked.recorderId))
    found.push({ what: 'recorder', says: `记录人${names.get(asked.recorderId) ?? ''}这个时间要参加${when}` })
  const others = asked.expectedIds.filter((id) => taken.has(id) && id !== asked.chairId && id !== asked.recorderId)
  if (others.length > 0) {
    const some = others.slice(0, 3).flatMap((id) => names.get(id) ?? [])
    const says = `${some.join('、')}${others.length > some.length ? `等 ${others.length} 人` : ''}这个时间要参加${when}`
    found.push({ what: 'person', says })
  }
  return found
}
