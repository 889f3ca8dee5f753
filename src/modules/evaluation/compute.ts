import type { Db } from '#kernel/database.ts'
import { invalid } from '#kernel/errors.ts'
import type { Assessable, Case, Measure, Question } from '#kernel/measure.ts'
import { periodFromKey } from '#kernel/period.ts'
import { headNow, ledgerAsOf, rootAt, sizeNow } from '#ledger/reading.ts'
import { casesBelow } from './below.ts'
import { type Evaluation, evaluateInTurns } from './engine/evaluate.ts'
import { check } from './engine/healthCheck.ts'
import type { Input, Subject } from './engine/input.ts'
import { CLASS_KEY, inputKeys } from './engine/plan.ts'
import type { Scheme } from './engine/scheme.ts'
import type { SimpleSource, Source } from './engine/source.ts'
import { rest, type Tell } from './engine/turns.ts'
import { enteredInputs } from './entered.ts'
import { type Declared, knownMeasures } from './known.ts'

export interface Asked {
  scheme: Scheme
  /** A key of kernel/period.ts. */
  period: string
  /** The day on which open periods are judged. */
  asAt: string
  /** Ledger number; left out: everything committed, at the last signed head. */
  through?: number | undefined
  /** Only these organisations; left out: all of the scheme's kind. */
  orgIds?: readonly string[] | undefined
  /** Is told how far it is. */
  tell?: Tell | undefined
}

/** Scores, bars, grades and linkage of a scheme for a period, from facts through a ledger number. Reads only; records nothing. */
export async function computeEvaluation(db: Db, declared: Declared, asked: Asked): Promise<Evaluation> {
  return (await computeWithObjects(db, declared, asked)).evaluation
}

/** The same, with the group each object is like. */
export async function computeWithObjects(
  db: Db,
  declared: Declared,
  asked: Asked,
): Promise<{ evaluation: Evaluation; objects: Assessable[] }> {
  const { scheme, period, asAt, through } = asked
  const gathered = await gather(db, declared, asked)
  const subjects = await subjectsOf(db, gathered, scheme, asked.tell)
  const size = through ?? (await headNow(db))?.size ?? 0
  const treeHead = { size, root: await rootAt(db, size) }
  const warnings = check(scheme, knownMeasures(declared))
  const evaluation = await evaluateInTurns({ scheme, warnings, period, asAt, through: size, treeHead, subjects }, asked.tell)
  return { evaluation, objects: subjects.map(({ id, name, group }) => ({ orgId: id, name, group: group ?? '' })) }
}

/** The objects of one evaluation and the cases read for them so far; one scheme after another may be tried on it. */
export interface Gathered {
  declared: Declared
  period: string
  through: number | undefined
  objects: Assessable[]
  question: Omit<Question, 'filter' | 'db' | 'memo'>
  /** What questions share, for each part of the organisations. */
  memos: Map<string, Promise<unknown>>[]
  cases: Map<string, Promise<Map<string, Case[]>> | undefined>
}

/** Finds the objects that a scheme of this kind is about, in that period. */
export async function gather(db: Db, declared: Declared, { scheme, period: key, asAt, through, orgIds }: Asked): Promise<Gathered> {
  const period = periodFromKey(key)
  if (!period) throw invalid('bad-period', '考核期写法不对', { period: ['写作 2025、2025-H1、2025-Q3 或 2025-07'] })
  await assertNumbered(db, through)
  const facts = ledgerAsOf(through)
  const day = asAt < period.to ? asAt : period.to
  const source = declared.objects.find((o) => o.kinds.includes(scheme.object.kind))
  const objects = source ? await source.list(db, facts, scheme.object.kind, day, orgIds) : []
  const question = { facts, orgIds: objects.map((o) => o.orgId), from: period.from, to: period.to, asAt }
  return { declared, period: key, through, objects, question, memos: [], cases: new Map() }
}

/** A number that the ledger has not reached has no root yet: what is computed through it could not be shown to anyone. */
async function assertNumbered(db: Db, through: number | undefined): Promise<void> {
  const size = through === undefined ? 0 : await sizeNow(db)
  if (through !== undefined && through > size)
    throw invalid('through-ahead', `账本现在到第 ${size} 号，还没有第 ${through} 号`, { through: [`请填 0 到 ${size}`] })
}

/** What is known about each object under the keys of this scheme: cases of measures, and values entered by hand. */
export async function subjectsOf(db: Db, gathered: Gathered, scheme: Scheme, tell: Tell = () => {}): Promise<Subject[]> {
  const { objects, question, period, through } = gathered
  const [measured, entered] = await Promise.all([
    measuredInputs(db, gathered, scheme, tell),
    enteredInputs(db, scheme, period, question.orgIds, through),
  ])
  return objects.map((object) => subjectOf(object, { ...entered.get(object.orgId), ...measured.get(object.orgId) }))
}

/** An object with its inputs. Where the scheme tells classes apart, like objects are those of the same class too. */
export function subjectOf({ orgId, name, group }: Assessable, inputs: Record<string, Input>): Subject {
  const assigned = inputs[CLASS_KEY]
  if (assigned?.kind !== 'label') return { id: orgId, name, group, inputs }
  return { id: orgId, name, class: assigned.label, group: `${group}（${assigned.label}）`, inputs }
}

type Inputs = Map<string, Record<string, Input>>

/** The cases of every item that some module's facts feed; an item that none feeds is left to hand-entered values. */
async function measuredInputs(db: Db, gathered: Gathered, scheme: Scheme, tell: Tell): Promise<Inputs> {
  const { orgIds, asAt, to } = gathered.question
  const running = asAt < to
  const inputs: Inputs = new Map(orgIds.map((id) => [id, {}]))
  const keys = inputKeys(scheme)
  for (const [done, { key, source }] of keys.entries()) {
    tell({ doing: '正在读实绩', done, total: keys.length })
    const byOrg = await measuredCases(db, gathered, source)
    if (byOrg) for (const id of orgIds) inputs.get(id)![key] = inputOf(byOrg.get(id) ?? [], source, running)
  }
  return inputs
}

/** No case of a duty means that it is not owed; no case of another measure, that there was nothing to count, or nothing yet. */
function inputOf(cases: Case[], source: Source | null, running: boolean): Input {
  if (cases.some((c) => c.applicable !== false)) return { kind: 'cases', cases }
  if (cases.length > 0 || source?.from === 'duty') return { kind: 'notApplicable', reason: cases[0]?.note || '按规则不承担这一项' }
  return running ? { kind: 'notDue', reason: '到这一天还没有可算的记录' } : { kind: 'cases', cases }
}

/** Cases by organisation; read once for all items, and all schemes, that ask for the same. */
export function measuredCases(db: Db, gathered: Gathered, source: Source | null): Promise<Map<string, Case[]>> | undefined {
  const measure = feeding(gathered.declared, source)
  if (!measure || !isMeasured(source)) return undefined
  const filter = source.filter ?? {}
  const key = questionOf(source)
  const known = gathered.cases.get(key)
  if (known) return known
  const { of, ...own } = filter
  const asked =
    of === 'below'
      ? grouped(casesBelow({ db, ...gathered.question }, (orgIds) => inParts(db, { ...gathered.question, orgIds }, [], measure, own)))
      : grouped(inParts(db, gathered.question, gathered.memos, measure, filter))
  gathered.cases.set(key, asked)
  asked.catch(() => gathered.cases.delete(key)) // a read that failed is tried again by the next who asks
  return asked
}

/** So many organisations are worked out before others have their turn. */
const AT_ONCE = 500

const grouped = async (cases: Promise<Case[]>): Promise<Map<string, Case[]>> => Map.groupBy(await cases, (c) => c.orgId)

async function inParts(
  db: Db,
  question: Gathered['question'],
  memos: Gathered['memos'],
  measure: Measure,
  filter: Record<string, string>,
): Promise<Case[]> {
  const found: Case[] = []
  for (let at = 0; at < question.orgIds.length; at += AT_ONCE) {
    const memo = memos[at / AT_ONCE] ?? new Map()
    memos[at / AT_ONCE] = memo
    const cases = await measure.cases({ ...question, db, memo, filter, orgIds: question.orgIds.slice(at, at + AT_ONCE) })
    for (const one of cases) found.push(one)
    await rest()
  }
  return found
}

/** A measure with its filter as text: the same for items that ask the same; empty for what no measure feeds. */
export const questionOf = (source: Source | null): string =>
  isMeasured(source) ? JSON.stringify([source.measure, Object.entries(source.filter ?? {}).sort()]) : ''

const isMeasured = (source: Source | SimpleSource | null): source is Extract<Source, { from: 'fact' | 'duty' }> =>
  source?.from === 'fact' || source?.from === 'duty'

/** The measure that feeds a source, if a module of this installation declares it. */
export const feeding = (declared: Declared, source: Source | null) =>
  isMeasured(source) ? declared.measures.find((m) => m.key === source.measure) : undefined
