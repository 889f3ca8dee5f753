import { type Bar, eligibilityOf } from './eligibility.ts'
import { compare, isZero, multiply, ONE, textOf } from './exact.ts'
import { type Graded, gradeAll } from './grade.ts'
import type { Warning } from './healthCheck.ts'
import type { Case, Subject } from './input.ts'
import type { ItemScore } from './item.ts'
import { type Linked, linkageOf } from './linkage.ts'
import { canonicalJson, fingerprint } from './load.ts'
import { type Plan, plan } from './plan.ts'
import type { Scheme } from './scheme.ts'
import { type ObjectScore, openText, scoreObject, type WeighedItem } from './score.ts'
import { partText, sentenceOf } from './sentence.ts'
import { standingsOf } from './standings.ts'
import { inTurns, type Tell } from './turns.ts'
import { valueText } from './value.ts'

export interface Evaluation {
  scheme: { name: string; fingerprint: string; warnings: Warning[] }
  /** '2025', '2025H1', '2025Q3' or '2025-07'. */
  period: string
  asAt: string
  through: number
  treeHead: { size: number; root: string }
  objects: EvaluatedObject[]
}

export interface EvaluatedObject {
  org: { id: string; name: string }
  /** Sum of what is decided so far as decimal text; null where there is nothing to sum. */
  score: string | null
  /** Full marks of what is decided so far: equals the scheme's total when `open` is empty. */
  outOf: string | null
  grade: string | null
  /** The second mapping of the grade, such as 健康. */
  state: string | null
  /** One sentence on score and grade. */
  says: string
  bars: { code: string; does: string; says: string; facts: string[] }[]
  /** Paths of indicators whose marks are still open, and remarks on unpublished figures. */
  open: string[]
  linkage: Linked[]
  items: EvaluatedItem[]
}

/** How an indicator stands; 未定 is open for another reason than that nobody entered it. */
export const ITEM_STATES = ['已计算', '未填', '未定', '未到期', '不适用'] as const
export type ItemState = (typeof ITEM_STATES)[number]

export interface EvaluatedItem {
  path: string
  name: string
  source: string
  max: string | null
  state: ItemState
  /** Null unless computed; negative for a penalty outside the hundred. */
  score: string | null
  value: string | null
  sentence: string
  /** Of a composite source: what each part comes to. */
  parts?: { name: string; weight: string; source: string; value: string | null; sentence: string }[]
  cases: (Omit<Case, 'orgId' | 'applicable' | 'due'> & { due?: false })[]
}

export interface EvaluateArgs {
  scheme: Scheme
  warnings: Warning[]
  period: string
  asAt: string
  through: number
  treeHead: { size: number; root: string }
  subjects: readonly Subject[]
}

/** The four steps, one after the other, in the documented shape; objects by id. The same arguments give an equal result, whatever their order. */
export const evaluate = (args: EvaluateArgs): Evaluation => {
  const planned = plan(args.scheme)
  const standings = standingsOf(planned, args.subjects)
  const scored = args.subjects.map((subject) => {
    const score = scoreObject(planned, subject, standings)
    return { score, bars: eligibilityOf(planned, score) }
  })
  const graded = gradeAll(planned, scored)
  return headed(
    args,
    graded.map((one) => shown(planned, one, graded, args.period)),
  )
}

const headed = ({ scheme, warnings, period, asAt, through, treeHead }: EvaluateArgs, objects: EvaluatedObject[]): Evaluation => ({
  scheme: { name: scheme.name, fingerprint: fingerprint(scheme), warnings },
  period,
  asAt,
  through,
  treeHead,
  objects,
})

/** The same, a few milliseconds at a time: thousands of objects keep nobody else waiting. */
export const evaluateInTurns = async (args: EvaluateArgs, tell: Tell = () => {}): Promise<Evaluation> => {
  const planned = plan(args.scheme)
  const standings = standingsOf(planned, args.subjects)
  const total = args.subjects.length
  const scored = await inTurns(
    args.subjects,
    (subject) => {
      const score = scoreObject(planned, subject, standings)
      return { score, bars: eligibilityOf(planned, score) }
    },
    (done) => tell({ doing: '正在计分', done, total }),
  )
  const graded = gradeAll(planned, scored)
  const objects = await inTurns(
    graded,
    (one) => shown(planned, one, graded, args.period),
    (done) => tell({ doing: '正在写说明', done, total }),
  )
  return headed(args, objects)
}

/** A result as bytes that are always the same: sorted keys, no white space, one line feed at the end. */
export const evaluationText = (evaluation: Evaluation): string => `${canonicalJson(evaluation)}\n`

/** The first place where two results differ (path of keys and positions), or null when they are equal. */
export const firstDifference = (a: unknown, b: unknown, place = ''): string | null => {
  if (a === b) return null
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return place || '全文'
  for (const key of [...new Set([...Object.keys(a), ...Object.keys(b)])].sort()) {
    const found = firstDifference((a as any)[key], (b as any)[key], place ? `${place}.${key}` : key)
    if (found) return found
  }
  return null
}

const shown = (planned: Plan, one: Graded, all: readonly Graded[], period: string): EvaluatedObject => ({
  ...headOf(one),
  linkage: linkageOf(planned, one, all, period),
  items: one.score.sheets.flatMap((sheet) => sheet.items).map(shownItem),
})

/** An object's result without its indicators and what follows from it. */
export type EvaluatedHead = Omit<EvaluatedObject, 'linkage' | 'items'>

/** Score, grade and bars of one object in the documented shape. */
export const headOf = (one: Graded): EvaluatedHead => {
  const { score } = one
  const decided = score.sheets.at(-1)
  return {
    org: { id: score.subject.id, name: score.subject.name },
    score: score.score && textOf(score.score),
    outOf: score.open.length === 0 ? score.total && textOf(score.total) : decided ? textOf(multiply(decided.decided, decided.scale)) : null,
    grade: one.grade,
    state: one.state,
    says: summaryOf(score, one),
    bars: one.bars.map(shownBar),
    open: score.open,
  }
}

const shownBar = ({ code, effect, says, facts }: Bar): EvaluatedObject['bars'][number] => ({ code, does: effect.does, says, facts })

const shownItem = (weighed: WeighedItem): EvaluatedItem => {
  const { score, marks, max } = weighed
  const { item } = score
  const outside = isZero(score.penalty) ? textOf(score.bonus) : `-${textOf(score.penalty)}`
  return {
    path: item.path,
    name: item.name,
    source: item.source?.from ?? 'unknown',
    max: item.outside || !max ? null : textOf(max),
    state: stateOf(score),
    score: marks === null ? null : item.outside ? outside : textOf(marks),
    value: score.rules.map(({ value }) => valueText(value)).find((text) => text !== null) ?? null,
    sentence: sentenceOf(weighed),
    ...partsOf(weighed),
    cases: casesOf(weighed),
  }
}

const stateOf = ({ state, rules }: ItemScore): ItemState => {
  if (state === 'known') return '已计算'
  if (state === 'notDue') return '未到期'
  if (state === 'notApplicable') return '不适用'
  return rules.some(({ value }) => value.state === 'open' && value.missing) ? '未填' : '未定'
}

const partsOf = ({ score }: WeighedItem): Pick<EvaluatedItem, 'parts'> => {
  const parts = score.rules.flatMap(({ value }) => (value.state === 'known' ? (value.parts ?? []) : []))
  if (parts.length === 0) return {}
  return {
    parts: parts.map((part) => ({
      name: part.name,
      weight: part.weight,
      source: part.source.from,
      value: valueText(part.value),
      sentence: partText(part),
    })),
  }
}

const casesOf = ({ score }: WeighedItem): EvaluatedItem['cases'] => {
  const seen = new Set<Case>()
  for (const { value } of score.rules) if ('cases' in value) for (const one of value.cases) seen.add(one)
  return [...seen].map(({ period, expected, met, facts, note, due, part }) => ({
    period,
    expected,
    met,
    facts: [...facts].sort(),
    note,
    ...(due === false && { due }),
    ...(part !== undefined && { part }),
  }))
}

const summaryOf = (score: ObjectScore, { grade, state, says }: Graded): string => {
  const absent = score.sheets.flatMap((sheet) => sheet.notApplicable)
  const scaled = score.sheets.find((sheet) => sheet.notApplicable.length > 0)
  const parts = [
    score.open.length > 0 && !says.startsWith(openText(score)) && openText(score),
    absent.length > 0 &&
      `「${absent.join('」「')}」不适用，${scaled && compare(scaled.scale, ONE) !== 0 ? `其余得分乘 ${textOf(scaled.scale)} 折算` : '分值并入同一维度'}`,
    says,
    grade && `等次「${grade}」${state ? `（${state}）` : ''}`,
  ]
  return parts.filter(Boolean).join('；')
}
