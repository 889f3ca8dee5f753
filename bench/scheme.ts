import { readSchemeText } from '#modules/evaluation/published.ts'

const DUTIES = [
  'memberAssembly',
  'branchCommittee',
  'groupMeeting',
  'partyLecture',
  'themePartyDay',
  'orgLifeMeeting',
  'democraticAppraisal',
]
const MEASURES = ['attendance', 'signed-in-time', 'recorded-in-time', 'late-entries', 'held']

/** A scheme of up to sixty indicators, every one computed from facts: duties, and five measures of each kind of meeting. */
export function schemeOf(indicators: number) {
  const questions = [
    ...DUTIES.map((duty) => `from: duty, measure: duties.met, filter: { duty: ${duty} }`),
    ...DUTIES.map((duty) => `from: duty, measure: duties.met, filter: { duty: ${duty}, quorate: required }`),
    'from: duty, measure: duties.met, filter: { duty: committeeSetUp }',
    ...MEASURES.flatMap((measure) => DUTIES.map((kind) => `from: fact, measure: meetings.${measure}, filter: { kind: ${kind} }`)),
    ...MEASURES.map((measure) => `from: fact, measure: meetings.${measure}`),
    ...DUTIES.map((kind) => `from: fact, measure: meetings.attendance, filter: { kind: ${kind}, excuse: all }`),
  ].slice(0, indicators)
  const items = questions.map(
    (source, i) =>
      `      - { code: "${i + 1}", name: 指标${i + 1}, max: 10, looksAt: process, source: { ${source} }, rules: [{ kind: share }] }`,
  )
  return readSchemeText(`format: rongjian-scheme/1
key: bench-${questions.length}
name: 测量用方案
object: { kind: branch, as: 党支部 }
completeness: full
source: [{ title: 测量 }]
period: { every: year }
rounding: { digits: 2, mode: half-up, at: total }
notApplicable: scale
sheets:
  - key: main
    name: 测量
    total: ${questions.length * 10}
    items:
${items.join('\n')}
grades:
  by: rate
  bands:
    - { name: 优秀, atLeast: 96 }
    - { name: 良好, atLeast: 85, below: 96 }
    - { name: 一般, below: 85 }
  quotas: [{ grade: 优秀, share: 1/3 }]
  ties: in
`)
}
