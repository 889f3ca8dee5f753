import { sql } from 'kysely'
import { type Case, measure, type Question } from '#kernel/measure.ts'
import { OWN_AT_LEAST, SOURCES, type TaskSource } from './contract.ts'

const READS = [
  'task.given',
  'task.submitted',
  'task.returned',
  'task.extended',
  'task.handedOff',
  'task.passedUp',
  'task.closed',
  'task.cancelled',
] as const

const filters = { source: Object.keys(SOURCES) }

/** Of the tasks whose term ended in the span, how many were reported done in time and then verified. Handed on or cancelled: not expected. */
export const tasksOnTime = measure({
  key: 'tasks.on-time',
  title: '按时办结的任务',
  filters,
  reads: READS,
  cases: async (q) => (await terms(q)).filter((t) => !q.filter.source || t.source === q.filter.source).map(caseOf),
})

/** Of the superior's deployments whose term ended in the span, how many were answered in time. */
export const deploymentsAnswered = measure({
  key: 'tasks.deployments-answered',
  title: '按时答复的上级部署',
  reads: READS,
  cases: async (q) => (await terms(q)).filter((t) => t.source === 'deployment').map(caseOf),
})

/** How often the organisation handed a task on: each is one case met, for schemes that count them. */
export const handOffs = measure({
  key: 'tasks.hand-offs',
  title: '转办次数',
  reads: ['task.handedOff'],
  cases: async (q) => {
    const { rows } = await sql<{ orgId: string; id: string; on: string; count: number }>`
      select f.org_id as "orgId", f.id, f.happened_on as on, (f.body ->> 'count')::int as count from ${q.facts} f
      where f.kind = 'task.handedOff' and f.org_id = any(${[...q.orgIds]}::uuid[])
        and f.happened_on between ${q.from}::date and least(${q.to}::date, ${q.asAt}::date) order by f.org_id, f.happened_on, f.id`.execute(
      q.db,
    )
    return rows.map(({ orgId, id, on, count }) => ({
      orgId,
      period: on.slice(0, 7),
      expected: 1,
      met: 1,
      facts: [id],
      note: `${on} 转出，是这件事的第 ${count} 次转办`,
    }))
  },
})

/** Of the deployments from above that were split down, how many with something of one's own. */
export const splitWithOwn = measure({
  key: 'tasks.deployments-split',
  title: '分解上级部署有本级措施',
  reads: ['deployment.given'],
  cases: async (q) => {
    const { rows } = await sql<{ orgId: string; id: string; on: string; added: number }>`
      select f.org_id as "orgId", f.id, f.happened_on as on, (f.body ->> 'added')::int as added from ${q.facts} f
      where f.kind = 'deployment.given' and f.body ->> 'fromId' is not null and f.org_id = any(${[...q.orgIds]}::uuid[])
        and f.happened_on between ${q.from}::date and least(${q.to}::date, ${q.asAt}::date) order by f.org_id, f.happened_on, f.id`.execute(
      q.db,
    )
    return rows.map(({ orgId, id, on, added }) => ({
      orgId,
      period: on.slice(0, 7),
      expected: 1,
      met: added >= OWN_AT_LEAST ? 1 : 0,
      facts: [id],
      note: `${on} 分解上级部署，本级自己写的 ${added} 个字`,
    }))
  },
})

export const taskMeasures = [tasksOnTime, deploymentsAnswered, handOffs, splitWithOwn]

interface TermOfTask {
  orgId: string
  source: TaskSource
  dueOn: string
  asAt: string
  /** The last submission that was not returned, and the verification. */
  submittedOn: string | null
  closed: boolean
  facts: string[]
}

const caseOf = ({ orgId, dueOn, asAt, submittedOn, closed, facts, source }: TermOfTask): Case => {
  const inTime = submittedOn !== null && submittedOn <= dueOn
  const says = closed
    ? `${submittedOn} 报结果，${inTime ? '按时办结' : '晚于时限'}`
    : inTime
      ? `${submittedOn} 报结果，等验收`
      : submittedOn
        ? `${submittedOn} 才报结果`
        : dueOn < asAt
          ? '没有报结果'
          : '时限未到'
  return {
    orgId,
    period: dueOn.slice(0, 7),
    expected: 1,
    met: closed && inTime ? 1 : 0,
    facts,
    note: `${SOURCES[source]}，${dueOn} 到期：${says}`,
    ...((inTime && !closed) || (dueOn >= asAt && !closed) ? { due: false } : {}),
  }
}

interface Row {
  orgId: string
  subject: string
  id: string
  kind: (typeof READS)[number]
  on: string
  body: { source?: TaskSource; dueOn?: string | null; submittedOn?: string }
}

/** Each stretch in which an organisation had a task with a term, folded from its own facts; read once for all measures. */
async function terms(q: Question): Promise<TermOfTask[]> {
  const key = `tasks.terms ${q.from} ${q.to} ${q.asAt}`
  const known = (q.memo.get(key) as Promise<TermOfTask[]> | undefined) ?? readTerms(q)
  q.memo.set(key, known)
  return known
}

async function readTerms(q: Question): Promise<TermOfTask[]> {
  const { rows } = await sql<Row>`select f.org_id as "orgId", f.subject, f.id, f.kind, f.happened_on as on, f.body from ${q.facts} f
    where f.kind = any(${[...READS]}::text[]) and f.org_id = any(${[...q.orgIds]}::uuid[]) and f.happened_on <= ${q.asAt}::date
    order by f.recorded_at, f.id`.execute(q.db)
  const found: TermOfTask[] = []
  for (const [, facts] of Map.groupBy(rows, (r) => `${r.orgId} ${r.subject}`)) found.push(...stretchesOf(facts, q.asAt))
  return found.filter((t) => t.dueOn >= q.from && t.dueOn <= q.to)
}

/** From being given it until it is closed, handed on, passed up or cancelled. */
function stretchesOf(rows: readonly Row[], asAt: string): TermOfTask[] {
  const found: TermOfTask[] = []
  let open: { source: TaskSource; dueOn: string | null; submittedOn: string | null; facts: string[] } | undefined
  const end = (closed: boolean) => {
    if (open?.dueOn) found.push({ ...open, dueOn: open.dueOn, orgId: rows[0]!.orgId, asAt, closed })
    open = undefined
  }
  for (const { kind, id, on, body } of rows) {
    if (kind === 'task.given') open = { source: body.source!, dueOn: body.dueOn ?? null, submittedOn: null, facts: [id] }
    if (!open) continue
    if (kind !== 'task.given') open.facts.push(id)
    if (kind === 'task.extended') open.dueOn = body.dueOn ?? null
    if (kind === 'task.submitted') open.submittedOn = on
    if (kind === 'task.returned') open.submittedOn = null
    if (kind === 'task.closed') {
      open.submittedOn = body.submittedOn!
      end(true)
    }
    if (kind === 'task.handedOff' || kind === 'task.passedUp' || kind === 'task.cancelled') open = undefined
  }
  end(false)
  return found
}
