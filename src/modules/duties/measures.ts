import { type Case, measure, type Question } from '#kernel/measure.ts'
import { DUTY_KINDS, type DutyKind } from './contract.ts'
import { knownFrom } from './load.ts'
import { dutiesOf, type Known } from './owed.ts'

const reads = [
  'org.founded', 'org.placed', 'org.dissolved', 'org.merged', 'membership.began', 'membership.ended', 'standing.changed', 'post.began', 'post.ended',
  'rule.adopted', 'rule.ended', 'exemption.granted', 'exemption.withdrawn', 'meeting.held', 'meeting.corrected', 'meeting.cancelled',
] // biome-ignore format: one list

/** Of what was owed in the span, what was done: one case per duty and calendar period; exempt periods are not expected, open ones not due. */
export const dutiesMet = measure({
  key: 'duties.met',
  title: '应办事项完成',
  filters: { duty: Object.keys(DUTY_KINDS), quorate: ['required', 'any'] },
  reads,
  cases: async (question) => {
    const { orgIds } = question
    const known = await read(question)
    return orgIds.flatMap((orgId) => casesOf(known, orgId, question))
  },
})

/** Each duty of a scheme is a question of its own; what they are all computed from is read once. */
const read = (question: Question): Promise<Known> => {
  const { db, facts, orgIds, from, to } = question
  return once(question, 'duties.known', () => knownFrom(db, facts, orgIds, from, to))
}

function once<T>({ memo, from, to }: Question, what: string, make: () => Promise<T>): Promise<T> {
  const key = `${what} ${from} ${to}`
  const known = (memo.get(key) as Promise<T> | undefined) ?? make()
  memo.set(key, known)
  return known
}

function casesOf(known: Known, orgId: string, { from, to, asAt, filter }: Question): (Case & { duty: DutyKind })[] {
  return dutiesOf(known, orgId, { from, to, asAt, quorate: filter.quorate === 'required', duty: filter.duty as DutyKind | undefined })
    .filter((c) => c.period.from >= from && c.period.to <= to)
    .filter((c) => c.state !== 'exempt')
    .map(({ duty, period, expected, met, facts, note, state }) => ({
      duty, orgId, period: period.key, expected, met, facts, note, ...(state === 'open' && { due: false }),
    })) // biome-ignore format: one case
}
