import { add, divide, type Exact, exact, isZero, multiply, sum, textOf, ZERO } from './exact.ts'
import { type Case, countedOf, type Event, type Input } from './input.ts'
import type { SimpleSource, Source } from './source.ts'
import { UNKNOWN } from './vocabulary.ts'

/** An input brought to one shape: still open (and who owes it; `missing` where nobody entered it), not applicable, not due, or known. */
export type Value =
  | { state: 'open'; why: string; missing?: true }
  | { state: 'notApplicable'; why: string }
  /** Nothing of it is due on the day asked. */
  | { state: 'notDue'; why: string; cases: Case[] }
  | {
      state: 'known'
      /** What was met or how much it is. */
      met: Exact
      /** What it is measured against; null for a bare quantity. */
      expected: Exact | null
      cases: Case[]
      /** Of a composite: each part with what it comes to. */
      parts?: Part[]
      done?: string[]
      label?: string
      events?: Event[]
      happened?: boolean
      note?: string
    }
export interface Part {
  name: string
  weight: string
  source: SimpleSource
  value: Value
}
export type Known = Extract<Value, { state: 'known' }>

/** Reads what is known under one key; nothing there is 未填, with the name of who fills it in. */
export const readValue = (input: Input | undefined, source: Source | null, by: string | null): Value => {
  if (source?.from === 'refused') return { state: 'open', why: `「${source.of}」按减负规定不作为考核来源，不取数` }
  if (!input) return { state: 'open', why: `未填：由${fillerOf(source, by)}`, missing: true }
  if (input.kind === 'notApplicable') return { state: 'notApplicable', why: input.reason }
  if (input.kind === 'notDue') return { state: 'notDue', why: `未到期：${input.reason}`, cases: [] }
  return READERS[input.kind](input as never, source, by)
}

/** Who owes a value that is not there, and what they do: 纪检监察部填报. */
export const fillerOf = (source: Source | null, by: string | null): string => {
  if (source?.from === 'review' || source?.from === 'import') return `${source.by}填报`
  if (source?.from === 'external') return `${source.by ?? source.of}提供结果`
  if (source?.from === 'survey') return `${by ?? '组织部门'}组织测评后得出`
  if (source?.from === 'fact' || source?.from === 'duty') return `系统从工作记录取数，但「${source.measure}」还没有模块提供`
  return `${by ?? '考核组'}填报`
}

const known = (met: Exact, expected: Exact | null, rest: Partial<Known> = {}): Value => ({
  state: 'known',
  met,
  expected,
  cases: [],
  ...rest,
})
const open = (why: string): Value => ({ state: 'open', why })

type Reader<K extends Input['kind']> = (input: Extract<Input, { kind: K }>, source: Source | null, by: string | null) => Value

const READERS: { [K in Exclude<Input['kind'], 'notApplicable' | 'notDue'>]: Reader<K> } = {
  cases: ({ cases }, source) => {
    const applying = sorted(cases.filter((one) => one.applicable !== false))
    const { expected, met } = countedOf(applying)
    if (expected > 0) return known(exact(met), exact(expected), { cases: applying })
    if (applying.some((one) => one.due === false)) return { state: 'notDue', why: notDueText(applying), cases: applying }
    return {
      state: 'notApplicable',
      why: cases.find((one) => one.note)?.note || (source?.from === 'fact' ? '本期没有可算的记录' : '本期没有应做的事项'),
    }
  },
  sums: ({ expected, met }) =>
    expected === 0 ? { state: 'notApplicable', why: '本期没有应做的事项' } : known(exact(Math.min(met, expected)), exact(expected)),
  figure: ({ quantity, outOf, note }) => known(exact(quantity), outOf === undefined ? null : exact(outOf), note ? { note } : {}),
  steps: ({ done, note }) => known(exact(done.length), null, { done, ...(note && { note }) }),
  label: ({ label, note }) => known(ZERO, null, { label, ...(note && { note }) }),
  told: ({ happened, note }) => known(exact(happened ? 1 : 0), null, { happened, ...(note && { note }) }),
  events: ({ events }) => known(exact(events.reduce((total, event) => total + (event.times ?? 1), 0)), null, { events }),
  reviews: ({ reviews }, source, by) => {
    const scale = source?.from === 'review' && source.outOf ? exact(source.outOf) : null
    const marks = reviews.map((review) => ({ who: review.who, worth: exact(review.marks), weight: 1 }))
    const note = reviews
      .map((review) => review.text)
      .filter(Boolean)
      .join(';')
    return weighted(marks, source?.from === 'review' ? source.raters : undefined, scale, by, note)
  },
  ballots: ({ ballots }, source, by) => {
    if (source?.from !== 'survey') return open('收到票数，但这一项不是测评')
    const worths = new Map(source.answers.map((each) => [each.answer, exact(each.worth)]))
    const votes = ballots.flatMap((ballot) =>
      Object.entries(ballot.counts).flatMap(([answer, count]) => {
        const worth = worths.get(answer)
        return worth && count > 0 ? [{ who: ballot.who ?? '', worth, weight: count }] : []
      }),
    )
    return weighted(votes, source.raters, exact(source.outOf), by, `有效票 ${votes.reduce((total, vote) => total + vote.weight, 0)} 张`)
  },
  results: ({ results }, source) => {
    const absent = source?.from === 'external' ? source.absent : undefined
    const present = results.filter((result) => result.score !== null)
    const missing = results.filter((result) => result.score === null).map((result) => result.period)
    if (missing.length && (absent === undefined || absent === 'open')) return open(`缺 ${missing.join('、')} 的结果，方案规定补齐后再算`)
    if (!present.length) return open('各期都没有结果')
    const counted = absent === 'zero' ? results : present
    const points = counted.reduce((total, result) => add(total, exact(result.score ?? '0')), ZERO)
    const outOf = counted.reduce((total, result) => add(total, exact(result.outOf)), ZERO)
    const rule = absent === 'zero' ? '按 0 分计' : '按其余各期平均'
    return known(points, outOf, missing.length ? { note: `缺 ${missing.join('、')},方案规定${rule}` } : {})
  },
  parts: ({ parts }, source, by) => {
    if (source?.from !== 'composite') return open('收到分项数据，但这一项不是合成项')
    return composed(source.parts.map((part): Part => ({ ...part, value: readValue(parts[part.name], part.source, by) })))
  },
}

/** Weighted parts make one value out of the sum of the weights; a part that does not apply, or is not due, leaves its weight out. */
const composed = (parts: Part[]): Value => {
  const lacking = parts.flatMap((part) => whyLacking(part) ?? [])
  const missing = parts.some(({ value }) => value.state === 'open' && value.missing)
  if (lacking.length > 0) return { state: 'open', why: lacking.join('；'), ...(missing && { missing }) }
  const counted = parts.flatMap((part) => (part.value.state === 'known' ? [{ ...part, value: part.value }] : []))
  if (counted.length === 0) {
    const waiting = parts.map(({ value }) => value).filter((value) => value.state === 'notDue')
    return waiting[0] ? { ...waiting[0], cases: waiting.flatMap((one) => one.cases) } : { state: 'notApplicable', why: '各分项都不适用' }
  }
  const shares = counted.map(({ weight, value }) => multiply(exact(weight), divide(value.met, value.expected!)))
  const cases = counted.flatMap(({ name, value }) => value.cases.map((one) => ({ ...one, part: name })))
  return known(sum(shares), sum(counted.map(({ weight }) => exact(weight))), { cases, parts })
}

const whyLacking = ({ name, weight, value }: Part): string | undefined => {
  if (weight === UNKNOWN) return `「${name}」的权重没有公布`
  if (value.state === 'open') return `${name}：${value.why}`
  return value.state === 'known' && (!value.expected || isZero(value.expected)) ? `「${name}」没有满分，不能折算` : undefined
}

const notDueText = (cases: readonly Case[]): string => `未到期：${cases.at(-1)!.note || '考核期没有过完'}`

interface Vote {
  who: string
  worth: Exact
  weight: number
}

/** The mean of the votes; with raters, the mean of each rater's mean by weight, all of them needed. */
const weighted = (
  votes: Vote[],
  raters: { who: string; weight: string }[] | undefined,
  scale: Exact | null,
  by: string | null,
  note: string,
): Value => {
  const rest = note ? { note } : {}
  if (!votes.length) return open(`未填：由${by ?? '评分人'}评分`)
  if (!raters) return known(mean(votes), scale, rest)
  let total = ZERO
  let weights = ZERO
  for (const rater of raters) {
    if (rater.weight === UNKNOWN) return open(`「${rater.who}」的权重没有公布`)
    const own = votes.filter((vote) => vote.who === rater.who)
    if (!own.length) return open(`未填：由${rater.who}评分`)
    total = add(total, multiply(exact(rater.weight), mean(own)))
    weights = add(weights, exact(rater.weight))
  }
  return known(divide(total, weights), scale, rest)
}

const mean = (votes: Vote[]): Exact =>
  divide(
    votes.reduce((total, vote) => add(total, multiply(vote.worth, exact(vote.weight))), ZERO),
    exact(votes.reduce((total, vote) => total + vote.weight, 0)),
  )

const sorted = (cases: Case[]): Case[] => [...cases].sort((a, b) => (a.period < b.period ? -1 : a.period > b.period ? 1 : 0))

/** The value in short: 3/4, 92/100, or the bare quantity. */
export const valueText = (value: Value): string | null => {
  if (value.state !== 'known') return null
  if (value.label !== undefined) return value.label
  if (value.happened !== undefined) return value.happened ? '是' : '否'
  return value.expected ? `${textOf(value.met)}/${textOf(value.expected)}` : textOf(value.met)
}
