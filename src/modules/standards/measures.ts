import { sql } from 'kysely'
import { addDays } from '#kernel/civilDate.ts'
import { measure } from '#kernel/measure.ts'
import { BY_HAND, type HandItem } from './contract.ts'

/** The procedure of dissolving takes its time: so many days after the task has ended. */
const GRACE = 30

interface Row {
  orgId: string
  id: string
  kind: string
  on: string
  endsOn: string | null
  item: HandItem | null
  met: boolean | null
}

const read = async (q: Parameters<Parameters<typeof measure>[0]['cases']>[0], kinds: readonly string[]): Promise<Map<string, Row[]>> => {
  const { rows } = await sql<Row>`select f.org_id as "orgId", f.id, f.kind, f.happened_on as on, f.body ->> 'endsOn' as "endsOn",
      f.body ->> 'item' as item, (f.body ->> 'met')::boolean as met
    from ${q.facts} f where f.kind = any(${[...kinds]}::text[]) and f.org_id = any(${[...q.orgIds]}::uuid[])
      and f.happened_on <= ${q.asAt}::date order by f.happened_on, f.recorded_at, f.id`.execute(q.db)
  return Map.groupBy(rows, (r) => r.orgId)
}

const PROJECT = ['project.set', 'org.dissolved', 'org.merged']

/** Of the branches whose task ended in the span, those dissolved within thirty days after it. */
export const projectsEnded = measure({
  key: 'standards.projects-ended',
  title: '任务结束的临时支部按期撤销',
  reads: PROJECT,
  cases: async (q) =>
    [...(await read(q, PROJECT)).values()].flatMap((rows) => {
      const set = rows.findLast((r) => r.kind === 'project.set')
      const end = set?.endsOn
      if (!set || !end || end < q.from || end > q.to) return []
      const gone = rows.find((r) => r.kind !== 'project.set')
      const last = addDays(end, GRACE)
      const met = gone !== undefined && gone.on <= last
      return [
        {
          orgId: set.orgId,
          period: end.slice(0, 7),
          expected: 1,
          met: met ? 1 : 0,
          facts: gone ? [set.id, gone.id] : [set.id],
          note: `任务 ${end} 结束，${gone ? `${gone.on} 撤销` : `还没有撤销，应在 ${last} 前`}`,
          ...(!met && last >= q.asAt ? { due: false } : {}),
        },
      ]
    }),
})

const MARKED = ['standard.marked']

/** Items of the check-list that no record answers, as last seen in the span; what nobody has looked at is no case. */
export const itemsMet = measure({
  key: 'standards.items',
  title: '标准化检查项目（现场看的）',
  filters: { item: Object.keys(BY_HAND) },
  reads: MARKED,
  cases: async (q) =>
    [...(await read(q, MARKED)).values()].flatMap((rows) => {
      const inSpan = rows.filter((r) => r.on >= q.from && r.on <= q.to && (!q.filter.item || r.item === q.filter.item))
      return [...Map.groupBy(inSpan, (r) => r.item!)].map(([item, of]) => {
        const { orgId, id, on, met } = of.at(-1)!
        return {
          orgId,
          period: on.slice(0, 4),
          expected: 1,
          met: met ? 1 : 0,
          facts: [id],
          note: `${on} 看过：${BY_HAND[item]}，${met ? '做到了' : '没有做到'}`,
        }
      })
    }),
})

const OVERHAUL = ['overhaul.begun', 'overhaul.extended', 'overhaul.ended']

interface Step {
  orgId: string
  id: string
  subject: string
  kind: string
  on: string
  until: string | null
}

/** Branches being put in order whose term ends in the span; met when it was passed by then. What was withdrawn is no case. */
export const overhaulsDone = measure({
  key: 'standards.overhauls',
  title: '软弱涣散支部按期整顿验收',
  reads: OVERHAUL,
  cases: async (q) => {
    const { rows } = await sql<Step>`select f.org_id as "orgId", f.id, f.subject, f.kind, f.happened_on as on, f.body ->> 'until' as until
      from ${q.facts} f where f.kind = any(${OVERHAUL}::text[]) and f.org_id = any(${[...q.orgIds]}::uuid[])
        and f.happened_on <= ${q.asAt}::date order by f.recorded_at, f.id`.execute(q.db)
    return [...Map.groupBy(rows, (r) => r.subject).values()].flatMap((steps) => {
      const begun = steps.find((s) => s.kind === 'overhaul.begun')
      const until = steps.findLast((s) => s.until !== null)?.until
      if (!begun || !until || until < q.from || until > q.to) return []
      const ended = steps.find((s) => s.kind === 'overhaul.ended')
      const met = ended !== undefined && ended.on <= until
      return [
        {
          orgId: begun.orgId,
          period: until.slice(0, 7),
          expected: 1,
          met: met ? 1 : 0,
          facts: steps.map((s) => s.id),
          note: `${begun.on} 列入整顿，应到 ${until} 前验收，${ended ? `${ended.on} 验收合格` : '还没有验收'}`,
          ...(!met && until >= q.asAt ? { due: false } : {}),
        },
      ]
    })
  },
})
