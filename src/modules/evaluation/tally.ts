import { sql } from 'kysely'
import { addDays, type CivilDate } from '#kernel/civilDate.ts'
import { type Db, json } from '#kernel/database.ts'
import { NOWHERE, newId } from '#kernel/id.ts'
import type { Assessable, Case } from '#kernel/measure.ts'
import { periodFromKey, periodOf } from '#kernel/period.ts'
import { headNow, sizeNow } from '#ledger/reading.ts'
import { asksBelow, PLACES } from './below.ts'
import { type Asked, feeding, gather, measuredCases, questionOf, subjectOf } from './compute.ts'
import { eligibilityOf } from './engine/eligibility.ts'
import { type EvaluatedHead, headOf } from './engine/evaluate.ts'
import { type Graded, gradeAll } from './engine/grade.ts'
import { countedOf, type Input, type Subject } from './engine/input.ts'
import { inputKeys, plan } from './engine/plan.ts'
import { isPersonal, type Scheme } from './engine/scheme.ts'
import { scoreObject } from './engine/score.ts'
import { standingsOf } from './engine/standings.ts'
import { inTurns } from './engine/turns.ts'
import { UNKNOWN } from './engine/vocabulary.ts'
import { enteredInputs } from './entered.ts'
import type { Declared } from './known.ts'

/** Of one question: expected and met, summed over the cases of an organisation; null where the question cannot apply to it. */
type Sums = ([number, number] | null)[]

/** A yearly run of a large group must not read its facts: at most so many organisations are worked out from facts at a time. */
const AT_ONCE = 250

/**
 * Brings the kept sums of a scheme and a period that is over up to the ledger as it is numbered now: only organisations that facts
 * since the last time touch are computed again. Answers how many were; the run at that number then reads the sums alone.
 */
export async function keepTallies(db: Db, declared: Declared, asked: Omit<Asked, 'through'>): Promise<number> {
  const through = await sizeNow(db)
  const questions = questionsOf(declared, asked.scheme)
  if (!isOver(asked) || questions.length === 0) return 0
  const { objects } = await gather(db, declared, { ...asked, through })
  return db.transaction().execute(async (trx) => {
    const kept = await lockedSet(trx, asked, questions)
    const stale = await staleOf(trx, declared, asked, kept, through, objects)
    for (let i = 0; i < stale.length; i += AT_ONCE) {
      const sums = await sumsFromFacts(trx, declared, { ...asked, through }, stale.slice(i, i + AT_ONCE))
      const rows = [...sums].map(([org, of]) => ({ org, sums: of }))
      await sql`insert into evaluation.tally (org_id, set_id, sums)
        select org, ${kept.id}::uuid, sums from jsonb_to_recordset(${json(rows)}) as t(org uuid, sums jsonb)
        on conflict (org_id, set_id) do update set sums = excluded.sums`.execute(trx)
    }
    await sql`update evaluation.tally_set set through = ${through} where id = ${kept.id}`.execute(trx)
    return stale.length
  })
}

/** Brings up the sums of every published scheme for its last period that is over, so that a trial of it need not read the facts. */
export async function keepPublished(db: Db, declared: Declared, today: CivilDate): Promise<void> {
  const { rows } = await sql<{ content: Scheme }>`select content from evaluation.scheme where state = 'published' order by id`.execute(db)
  for (const { content: scheme } of rows) {
    if (isPersonal(scheme)) continue
    const every = scheme.period.every === UNKNOWN ? 'year' : scheme.period.every
    const last = periodOf(every, addDays(periodOf(every, today).from, -1))
    await keepTallies(db, declared, { scheme, period: last.key, asAt: addDays(last.to, 1) })
  }
}

/** What a run would give, without its indicators: from kept sums where there are any. What is published is computed from the facts. */
export async function trialOf(db: Db, declared: Declared, asked: Asked): Promise<{ through: number; objects: EvaluatedHead[] }> {
  const through = asked.through ?? (await headNow(db))?.size ?? 0
  const { graded } = await gradesFromTallies(db, declared, asked)
  return { through, objects: graded.map(headOf) }
}

/** Scores, bars and grades of all objects from kept sums; what they lack, or facts have touched since, is computed from the facts. */
export async function gradesFromTallies(db: Db, declared: Declared, asked: Asked): Promise<{ graded: Graded[]; objects: Assessable[] }> {
  const { scheme, period, tell = () => {} } = asked
  const { objects, through, question } = await gather(db, declared, asked)
  const [sums, entered] = await Promise.all([
    talliedSums(db, declared, asked, objects),
    enteredInputs(db, scheme, period, question.orgIds, through),
  ])
  const questions = questionsOf(declared, scheme)
  const keys = inputKeys(scheme).flatMap(({ key, source }) => {
    const at = questions.indexOf(questionOf(source))
    return at < 0 || !feeding(declared, source) ? [] : [{ key, at, isDuty: source?.from === 'duty' }]
  })
  const subjects = objects.map((object): Subject => {
    const inputs: Record<string, Input> = { ...entered.get(object.orgId) }
    const own = sums.get(object.orgId) ?? []
    for (const { key, at, isDuty } of keys) inputs[key] = inputOf(own[at] ?? (isDuty ? null : [0, 0]))
    return subjectOf(object, inputs)
  })
  const planned = plan(scheme)
  const standings = standingsOf(planned, subjects)
  const scored = await inTurns(
    subjects,
    (subject) => {
      const score = scoreObject(planned, subject, standings)
      return { score, bars: eligibilityOf(planned, score) }
    },
    (done) => tell({ doing: '正在计分', done, total: subjects.length }),
  )
  return { graded: gradeAll(planned, scored), objects }
}

const NOT_APPLICABLE: Input = { kind: 'notApplicable', reason: '按规则不承担这一项' }
const inputOf = (sums: Sums[number]): Input => (sums ? { kind: 'sums', expected: sums[0], met: sums[1] } : NOT_APPLICABLE)

/** What is asked of the measures, each once, in an order of its own. */
const questionsOf = (declared: Declared, scheme: Scheme): string[] =>
  [...new Set(inputKeys(scheme).flatMap(({ source }) => (feeding(declared, source) ? [questionOf(source)] : [])))].sort()

// What is still running changes with the day; it is computed from the facts.
const isOver = ({ period, asAt }: Pick<Asked, 'period' | 'asAt'>) => (periodFromKey(period)?.to ?? asAt) < asAt

interface Kept {
  id: string
  through: number
}

async function lockedSet(db: Db, { scheme, period, asAt }: Omit<Asked, 'through'>, questions: string[]): Promise<Kept> {
  await sql`insert into evaluation.tally_set (id, object_kind, period, as_at, questions, through)
    values (${newId()}, ${scheme.object.kind}, ${period}, ${asAt}, ${JSON.stringify(questions)}, 0) on conflict do nothing`.execute(db)
  return (await keptSet(db, { scheme, period, asAt }, questions, true))!
}

async function keptSet(
  db: Db,
  { scheme, period, asAt }: Omit<Asked, 'through'>,
  questions: string[],
  lock = false,
): Promise<Kept | undefined> {
  const { rows } = await sql<Kept>`select id, through from evaluation.tally_set where object_kind = ${scheme.object.kind}
    and period = ${period} and as_at = ${asAt} and questions = ${JSON.stringify(questions)} ${lock ? sql`for update` : sql``}`.execute(db)
  return rows[0]
}

async function talliedSums(db: Db, declared: Declared, asked: Asked, objects: readonly Assessable[]): Promise<Map<string, Sums>> {
  const questions = questionsOf(declared, asked.scheme)
  const kept = isOver(asked) ? await keptSet(db, asked, questions) : undefined
  const through = asked.through ?? (await sizeNow(db))
  const sums = new Map<string, Sums>()
  let stale = objects.map((o) => o.orgId)
  if (kept && kept.through <= through) {
    const { rows } = await sql<{ org_id: string; sums: Sums }>`
      select org_id, sums from evaluation.tally where set_id = ${kept.id}`.execute(db)
    for (const { org_id, sums: own } of rows) sums.set(org_id, own)
    stale = await staleOf(db, declared, asked, kept, through, objects, sums)
  }
  for (let i = 0; i < stale.length; i += AT_ONCE) {
    asked.tell?.({ doing: '正在读实绩', done: i, total: stale.length })
    for (const [id, own] of await sumsFromFacts(db, declared, asked, stale.slice(i, i + AT_ONCE))) sums.set(id, own)
  }
  return sums
}

/**
 * Objects without sums, and those that a fact after the kept number touches: its own organisation, all that ever stood below it, and all
 * that ever stood above it.
 */
async function staleOf(
  db: Db,
  declared: Declared,
  { scheme, through }: Asked,
  kept: Kept,
  until: number,
  objects: readonly Assessable[],
  known?: ReadonlyMap<string, unknown>,
): Promise<string[]> {
  const reads = [...new Set([...readsOf(declared, scheme), 'fact.retracted'])]
  const { rows } = await sql<{ org_id: string }>`
    with fresh as (
      select distinct f.org_id from ledger.entry e join ledger.fact f on f.org_id = e.org_id and f.id = e.fact_id
      where e.n > ${kept.through} and e.n <= ${until} and f.kind = any(${reads})
      ${through === undefined ? sql`union select org_id from ledger.pending` : sql``}
    )
    select org_id from fresh
    union select o.org_id from fresh f join organisation.placement a on a.org_id = f.org_id
      join organisation.placement o on o.path > a.path and o.path < a.path || '~'
    union select o.id from fresh f join organisation.placement a on a.org_id = f.org_id
      cross join unnest(string_to_array(a.path, '/')) as k (key) join organisation.org o on o.key = k.key`.execute(db)
  const touched = new Set(rows.map((r) => r.org_id))
  const has = known ?? new Map((await tallied(db, kept)).map((id) => [id, true]))
  return objects.map((o) => o.orgId).filter((id) => touched.has(NOWHERE) || touched.has(id) || !has.has(id))
}

const tallied = async (db: Db, { id }: Kept): Promise<string[]> =>
  (await sql<{ org_id: string }>`select org_id from evaluation.tally where set_id = ${id}`.execute(db)).rows.map((r) => r.org_id)

const readsOf = (declared: Declared, scheme: Scheme): string[] =>
  inputKeys(scheme).flatMap(({ source }) => {
    const reads = feeding(declared, source)?.reads ?? []
    return asksBelow(source) ? [...reads, ...PLACES] : [...reads]
  })

/** The same sums from the cases themselves. */
async function sumsFromFacts(db: Db, declared: Declared, asked: Asked, orgIds: readonly string[]): Promise<Map<string, Sums>> {
  const gathered = await gather(db, declared, { ...asked, orgIds })
  const questions = questionsOf(declared, asked.scheme)
  const sums = new Map<string, Sums>(orgIds.map((id) => [id, questions.map(() => null)]))
  for (const { source } of inputKeys(asked.scheme)) {
    const byOrg = await measuredCases(db, gathered, source)
    if (!byOrg) continue
    const at = questions.indexOf(questionOf(source))
    for (const id of orgIds) sums.get(id)![at] = sumOf(byOrg.get(id) ?? [])
  }
  return sums
}

function sumOf(cases: readonly Case[]): Sums[number] {
  const counted = cases.filter((c) => c.applicable !== false)
  if (counted.length === 0) return null
  const { expected, met } = countedOf(counted)
  return [expected, met]
}
