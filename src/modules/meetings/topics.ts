import { sql } from 'kysely'
import type { Db } from '#kernel/database.ts'
import type { Fields } from '#kernel/errors.ts'
import type { Ctx } from '#kernel/operation.ts'
import type { TopicView } from './topicShapes.ts'

export interface Topic {
  org_id: string
  id: string
  year: number
  month: number
  title: string
  speaker_id: string | null
  speaker: string
  papers: string[]
  dropped_on: string | null
  version: number
}

type Session = TopicView['held'][number]
interface Row extends Topic {
  speaker_name: string | null
  held: Session[] | null
  planned: Session[] | null
  measures: number
  done: number
}

/** The topics of an organisation's year in order of month, each with the sessions that took it up and what was drawn from it. */
export async function topicsOf(db: Db, orgId: string, year: number): Promise<TopicView[]> {
  const { rows } =
    await sql<Row>`select t.*, s.name as speaker_name, h.held, p.planned, coalesce(a.measures, 0) as measures, coalesce(a.done, 0) as done
    from meetings.topic t left join organisation.person s on s.id = t.speaker_id
    left join (select i.topic_id, jsonb_agg(jsonb_build_object('id', m.id, 'on', m.held_on, 'open', '/meetings/' || m.id) order by m.held_on, m.id) as held
      from meetings.item i join meetings.meeting m on m.org_id = i.org_id and m.id = i.meeting_id
      where i.org_id = ${orgId} and i.topic_id is not null and m.state <> 'cancelled' group by 1) h on h.topic_id = t.id
    left join (select i.topic_id, jsonb_agg(jsonb_build_object('id', p.id, 'on', p.held_on, 'open', '/meetings/plans/' || p.id) order by p.held_on, p.id) as planned
      from meetings.plan_item i join meetings.plan p on p.org_id = i.org_id and p.id = i.plan_id
      where i.org_id = ${orgId} and i.topic_id is not null and p.state = 'announced' group by 1) p on p.topic_id = t.id
    left join (select i.topic_id, count(*)::int as measures, count(a.settled_on)::int as done
      from meetings.item i join meetings.action a on a.org_id = i.org_id and a.meeting_id = i.meeting_id and a.position = i.position
      join meetings.meeting m on m.org_id = i.org_id and m.id = i.meeting_id
      where i.org_id = ${orgId} and i.topic_id is not null and m.state <> 'cancelled' group by 1) a on a.topic_id = t.id
    where t.org_id = ${orgId} and t.year = ${year} order by t.month, t.id limit 200`.execute(db)
  return rows.map((t) => ({
    id: t.id,
    year: t.year,
    month: t.month,
    title: t.title,
    speakerId: t.speaker_id,
    speaker: t.speaker,
    speakerName: t.speaker_name ?? t.speaker,
    papers: t.papers,
    held: t.held ?? [],
    planned: t.planned ?? [],
    measures: t.measures,
    done: t.done,
    droppedOn: t.dropped_on,
    version: t.version,
  }))
}

/** Those of a year that no session has taken up yet. */
export const notYetHeld = (topics: readonly TopicView[]): TopicView[] => topics.filter((t) => t.held.length === 0 && t.droppedOn === null)

/** Notes in `wrong`, at its item, a topic that does not stand on a list of that organisation. */
export async function checkTopics(
  ctx: Pick<Ctx, 'db'>,
  orgId: string,
  items: readonly { topicId: string | null }[],
  wrong: Fields,
): Promise<void> {
  const ids = items.flatMap((i) => i.topicId ?? [])
  if (ids.length === 0) return
  const { rows } = await sql<{ id: string }>`select id from meetings.topic where org_id = ${orgId} and id = any(${ids}::uuid[])
    and dropped_on is null`.execute(ctx.db)
  for (const [i, { topicId }] of items.entries())
    if (topicId !== null && !rows.some((r) => r.id === topicId)) wrong[`items.${i}.topicId`] = ['这个专题不在本组织的清单里，或已取消']
}
