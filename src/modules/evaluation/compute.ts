import type { Db } from '#kernel/database.ts'
import { invalid } from '#kernel/errors.ts'
import type { Case, Question } from '#kernel/measure.ts'
import { periodFromKey } from '#kernel/period.ts'
import { headNow, ledgerAsOf, rootAt } from '#ledger/reading.ts'
import { type Evaluation, evaluate } from './engine/evaluate.ts'
import { check } from './engine/healthCheck.ts'
import type { Input, Subject } from './engine/input.ts'
import { inputKeys } from './engine/plan.ts'
import type { Scheme } from './engine/scheme.ts'
import type { SimpleSource, Source } from './engine/source.ts'
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
}

/** Scores, bars, grades and linkage of a scheme for a period, from facts through a ledger number. Reads only; records nothing. */
export async function computeEvaluation(db: Db, declared: Declared, asked: Asked): Promise<Evaluation> {
  const { scheme, period: key, asAt, through } = asked
  const period = periodFromKey(key)
  if (!period) throw invalid('bad-period', '考核期写法不对', { period: ['写作 2025、2025-H1、2025-Q3 或 2025-07'] })
  const facts = ledgerAsOf(through)
  const day = asAt < period.to ? asAt : period.to
  const source = declared.objects.find((o) => o.kinds.includes(scheme.object.kind))
  const all = source ? await source.list(db, facts, scheme.object.kind, day) : []
  const objects = asked.orgIds ? all.filter((o) => asked.orgIds!.includes(o.orgId)) : all
  const ids = objects.map((o) => o.orgId)
  const question = { db, facts, orgIds: ids, from: period.from, to: period.to, asAt, memo: new Map<string, Promise<unknown>>() }
  const [measured, entered] = await Promise.all([measuredInputs(declared, scheme, question), enteredInputs(db, scheme, key, ids, through)])
  const subjects = objects.map(
    ({ orgId, name, group }): Subject => ({ id: orgId, name, group, inputs: { ...entered.get(orgId), ...measured.get(orgId) } }),
  )
  const size = through ?? (await headNow(db))?.size ?? 0
  const treeHead = { size, root: await rootAt(db, size) }
  const warnings = check(scheme, knownMeasures(declared))
  return evaluate({ scheme, warnings, period: key, asAt, through: size, treeHead, subjects })
}

type Inputs = Map<string, Record<string, Input>>

/** The cases of every item that some module's facts feed; an item that none feeds is left to hand-entered values. */
async function measuredInputs(declared: Declared, scheme: Scheme, question: Omit<Question, 'filter'>): Promise<Inputs> {
  const inputs: Inputs = new Map(question.orgIds.map((id) => [id, {}]))
  for (const { key, source } of inputKeys(scheme)) {
    if (source?.from === 'composite') continue
    const cases = await casesOf(declared, source, question)
    if (!cases) continue
    const byOrg = Map.groupBy(cases, (c) => c.orgId)
    for (const id of question.orgIds) inputs.get(id)![key] = inputOf(byOrg.get(id) ?? [])
  }
  return inputs
}

const inputOf = (cases: Case[]): Input =>
  cases.length > 0 && cases.some((c) => c.applicable !== false)
    ? { kind: 'cases', cases }
    : { kind: 'notApplicable', reason: cases[0]?.note || '按规则不承担这一项' }

async function casesOf(declared: Declared, source: Source | SimpleSource | null, question: Omit<Question, 'filter'>) {
  if (source?.from !== 'fact' && source?.from !== 'duty') return undefined
  const found = declared.measures.find((m) => m.key === source.measure)
  return found?.cases({ ...question, filter: source.filter ?? {} })
}
