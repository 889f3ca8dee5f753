import { sql } from 'kysely'
import type { Ctx } from '#kernel/operation.ts'
import { type AgendaItem, type MeetingKind, OWN_KINDS, type TemplateItem } from '../contract.ts'
import type { OwnKindRow } from '../ownKinds.ts'
import type { Template } from '../tables.ts'
import { notYetHeld, topicsOf } from '../topics.ts'
import { SHIPPED } from './shipped.ts'

export interface TemplateOf {
  items: TemplateItem[]
  /** Whose it is: the organisation's own, one above, or what was shipped. */
  from: 'own' | 'above' | 'shipped'
  version: number
}

/** The agenda that a plan of this kind begins with: the organisation's own, else the nearest above, else the shipped one. */
export async function templateOf(ctx: Pick<Ctx, 'db'>, org: { id: string; path: string }, kind: MeetingKind): Promise<TemplateOf> {
  const { rows } = await sql<Template>`select t.* from meetings.template t join organisation.org o on o.id = t.org_id
    where t.kind = ${kind} and starts_with(${org.path}, o.path) order by length(o.path) desc limit 1`.execute(ctx.db)
  const [row] = rows
  if (!row) return { items: SHIPPED[kind], from: 'shipped', version: 0 }
  return { items: row.items, from: row.org_id === org.id ? 'own' : 'above', version: row.org_id === org.id ? row.version : 0 }
}

interface Left {
  plan_id: string
  position: number
  topic: string
  presenter_id: string | null
  papers: string[]
  file_ids: string[]
  topic_id: string | null
  held_on: string
}

/** Items of earlier meetings of these kinds that were not dealt with and have not come back yet, oldest first. */
export async function leftOver(ctx: Pick<Ctx, 'db'>, orgId: string, kinds: readonly string[], exceptPlan: string | null): Promise<Left[]> {
  const { rows } = await sql<Left>`select i.plan_id, i.position, i.topic, i.presenter_id, i.papers, i.file_ids, i.topic_id, p.held_on
    from meetings.plan_item i join meetings.plan p on p.org_id = i.org_id and p.id = i.plan_id
    left join (meetings.plan_item b join meetings.plan q on q.org_id = b.org_id and q.id = b.plan_id)
      on b.org_id = i.org_id and b.back_from = i.plan_id and b.back_position = i.position and q.state <> 'cancelled'
        and q.id is distinct from ${exceptPlan}::uuid
    where i.org_id = ${orgId} and i.dealt = false and b.org_id is null and p.kinds && ${[...kinds]}::text[]
    order by p.held_on, i.position limit 20`.execute(ctx.db)
  return rows
}

/** The agenda to begin with: what was left over, then what is still open from resolutions, then the template of each kind. */
export async function firstAgenda(
  ctx: Ctx,
  org: { id: string; path: string },
  kinds: readonly MeetingKind[],
  own: OwnKindRow | undefined,
  day: string,
  openActions: number,
): Promise<(AgendaItem & { because: string })[]> {
  const left = await leftOver(ctx, org.id, kinds, null)
  const shipped: TemplateItem[] = []
  for (const kind of kinds)
    shipped.push(...(own && own.agenda.length > 0 && OWN_KINDS.includes(kind) ? own.agenda : (await templateOf(ctx, org, kind)).items))
  const due = kinds.includes('centerGroupStudy') ? await dueTopics(ctx, org.id, day) : []
  const topics = new Set<string>()
  const back = left.map((l) => ({
    topic: l.topic,
    presenterId: l.presenter_id,
    papers: l.papers,
    fileIds: l.file_ids,
    topicId: l.topic_id,
    back: { planId: l.plan_id, position: l.position },
    because: `${monthDay(l.held_on)}的会没有议完`,
  }))
  const checking = openActions > 0 ? [{ topic: `检查上次会议 ${openActions} 件未办结事项的落实情况`, papers: [] }] : []
  const fresh = [...checking, ...shipped].map((t) => ({
    ...t,
    presenterId: null,
    fileIds: [],
    topicId: null,
    back: null,
    because: '',
  }))
  return [...back, ...due, ...fresh].filter((i) => !topics.has(i.topic) && topics.add(i.topic)).slice(0, 30)
}

/** Topics of the year that should have been studied by now and are not planned either. */
async function dueTopics(ctx: Ctx, orgId: string, day: string) {
  const open = notYetHeld(await topicsOf(ctx.db, orgId, Number(day.slice(0, 4))))
  return open
    .filter((t) => t.planned.length === 0 && t.month <= Number(day.slice(5, 7)))
    .map((t) => ({
      ...{ topic: t.title, presenterId: t.speakerId, papers: t.papers, fileIds: [], topicId: t.id, back: null },
      because: `年度专题，列在 ${t.month} 月`,
    }))
}

const monthDay = (date: string) => `${Number(date.slice(5, 7))}月${Number(date.slice(8, 10))}日`
