import type { Case, Input, Subject } from './input.ts'
import { checkScheme } from './load.ts'
import { plan } from './plan.ts'
import type { Node, Scheme } from './scheme.ts'
import { scoreObject, type WeighedItem } from './score.ts'
import { sentenceOf } from './sentence.ts'
import { standingsOf } from './standings.ts'

/** A scheme with one sheet of these items for tests; `rest` overrides any part. */
export const schemeOf = (items: Node[], total: string, rest: Record<string, unknown> = {}): Scheme => {
  const loaded = checkScheme({
    format: 'rongjian-scheme/1',
    key: 'test',
    name: '测试方案',
    object: { kind: 'branch' },
    completeness: 'full',
    source: [{ title: '测试' }],
    period: { every: 'year' },
    rounding: { digits: '2', mode: 'half-up', at: 'total' },
    notApplicable: 'scale',
    sheets: [{ key: 'main', name: '测试表', total, items }],
    ...rest,
  })
  if ('errors' in loaded) throw new Error(loaded.errors.map((error) => `${error.place}: ${error.problem}`).join('\n'))
  return loaded.scheme
}

/** An object with its inputs; id and name are the same. */
export const subjectOf = (inputs: Record<string, Input>, id = 'a', rest: Partial<Subject> = {}): Subject => ({
  id,
  name: id,
  inputs,
  ...rest,
})

/** The four quarters of 2025, met but for the given ones. */
export const quarters = (...missing: number[]): Input => ({
  kind: 'cases',
  cases: [1, 2, 3, 4].map((n) => caseOf(`2025-Q${n}`, missing.includes(n) ? 0 : 1)),
})

export const caseOf = (period: string, met: number, expected = 1): Case => ({
  orgId: 'a',
  period,
  expected,
  met,
  facts: met ? [`fact-${period}`] : [],
  note: '',
})

/** The one item of a scheme, scored for one input. */
export const scored = (item: Node, input: Input | undefined, others: { subject?: Subject[] } = {}): WeighedItem & { sentence: string } => {
  const planned = plan(schemeOf([item], item.max ?? '100', { completeness: 'partial' }))
  const subject = subjectOf(input ? { [item.name]: input } : {})
  const weighed = scoreObject(planned, subject, standingsOf(planned, [subject, ...(others.subject ?? [])])).sheets[0]!.items[0]!
  return { ...weighed, sentence: sentenceOf(weighed) }
}
