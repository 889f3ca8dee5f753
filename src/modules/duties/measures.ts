import { type Case, measure, type Question } from '#kernel/measure.ts'
import { DUTY_KINDS } from './contract.ts'
import { knownFrom } from './load.ts'
import { dutiesOf, type Known } from './owed.ts'

const reads = [
  'org.founded', 'org.placed', 'org.dissolved', 'org.merged', 'membership.began', 'membership.ended', 'standing.changed', 'post.began', 'post.ended',
  'rule.adopted', 'rule.ended', 'exemption.granted', 'exemption.withdrawn', 'meeting.held', 'meeting.corrected', 'meeting.cancelled',
] // biome-ignore format: one list

/** Of what was owed in the span, what was done: one case per duty and calendar period. Exempt periods are not expected. */
export const dutiesMet = measure({
  key: 'duties.met',
  title: '应办事项完成',
  filters: { duty: Object.keys(DUTY_KINDS), quorate: ['required', 'any'] },
  reads,
  cases: async (question) => {
    const { orgIds, filter } = question
    const known = await read(question)
    return orgIds.flatMap((orgId) => casesOf(known, orgId, question).filter((c) => !filter.duty || c.duty === filter.duty))
  },
})

/** Each duty of a scheme is a question of its own; what they are all computed from is read once. */
function read({ db, facts, orgIds, from, to, memo }: Question): Promise<Known> {
  const key = `duties.known ${from} ${to}`
  const known = (memo.get(key) as Promise<Known> | undefined) ?? knownFrom(db, facts, orgIds, from, to)
  memo.set(key, known)
  return known
}

function casesOf(known: Known, orgId: string, { from, to, asAt, filter }: Question): (Case & { duty: string })[] {
  return dutiesOf(known, orgId, { from, to, asAt, quorate: filter.quorate === 'required' })
    .filter((c) => c.period.from >= from && c.period.to <= to)
    .filter((c) => c.state !== 'exempt' && (c.state !== 'open' || c.met > 0))
    .map((c) => ({ duty: c.duty, orgId, period: c.period.key, expected: c.expected, met: c.met, facts: c.facts, note: c.note }))
}
