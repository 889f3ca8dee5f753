import { sql } from 'kysely'
import { type Case, measure, type Question } from '#kernel/measure.ts'
import { type Course, conditionsOf, stepRule, type Taken, termsOf } from './contract.ts'

interface Read {
  orgId: string
  subject: string
  enteredThrough: number
  steps: (Taken & { fact: string })[]
  prolongedUntil: string | null
  stopped: boolean
}

/**
 * Each step taken in the system is a case, met when no condition of the rules was against it; steps from paper are left out. With
 * `per: person` a person with steps in the span is one case, met when none of them was at fault.
 */
export const withoutFault = measure({
  key: 'development.without-fault',
  title: '发展党员程序没有差错的步骤',
  reads: ['development.began', 'development.stepTaken', 'development.prolonged'],
  filters: { per: ['person'] },
  cases: async (q) => {
    const steps = await casesOf(q, ({ level }) => level === 'block' || level === 'hint', [
      'talk-late',
      'conversion-late',
      'reviews-apart',
      'leaving-soon',
    ])
    return q.filter.per === 'person' ? byPerson(steps) : steps.map(({ subject: _, ...c }) => c)
  },
})

function byPerson(steps: readonly (Case & { subject: string })[]): Case[] {
  return [...Map.groupBy(steps, (c) => c.subject).values()].map((of) => {
    const wrong = of.filter((c) => c.met === 0)
    return {
      orgId: of[0]!.orgId,
      period: of[0]!.period.slice(0, 4),
      expected: 1,
      met: wrong.length === 0 ? 1 : 0,
      facts: of.flatMap((c) => c.facts),
      note: wrong.length === 0 ? `发展对象一人，办理 ${of.length} 步，都符合规定` : `发展对象一人：${wrong.map((c) => c.note).join('；')}`,
    }
  })
}

/** Each step that has a term of the branch is a case, met when it was taken in time. */
export const onTime = measure({
  key: 'development.on-time',
  title: '发展党员按时限办理的步骤',
  reads: ['development.began', 'development.stepTaken', 'development.prolonged', 'development.stopped'],
  cases: async (q) => [
    ...(await casesOf(q, ({ code }) => TERMS.includes(code), [], [2, 6, 7, 15, 23])).map(({ subject: _, ...c }) => c),
    ...(await missedTerms(q)),
  ],
})

const TERMS = ['talk-late', 'reviews-apart', 'assembly-late', 'conversion-late']

export const developmentMeasures = [withoutFault, onTime]

/** Terms of the branch that ran out in the span without the step: not met. */
async function missedTerms(q: Question): Promise<Case[]> {
  return (await read(q)).flatMap((course) => {
    if (course.stopped) return []
    const terms = termsOf({ ...course, birth: null }).filter(({ whose, due }) => whose === 'branch' && due !== null)
    return terms
      .filter(({ due }) => due! >= q.from && due! <= q.to && due! < q.asAt)
      .map(({ no, due }) => ({
        orgId: course.orgId,
        period: due!.slice(0, 7),
        expected: 1,
        met: 0,
        facts: course.steps.slice(-1).map(({ fact }) => fact),
        note: `第 ${no} 步「${stepRule(no).title}」应在 ${due} 前办理，到期没有办（${stepRule(no).clause}）`,
      }))
  })
}

async function casesOf(
  q: Question,
  counts: (c: { level: string; code: string }) => boolean,
  leaveOut: readonly string[],
  only?: readonly number[],
): Promise<(Case & { subject: string })[]> {
  const courses = await read(q)
  return courses.flatMap((course) =>
    course.steps.flatMap((step, i) => {
      const inSpan = step.on >= q.from && step.on <= q.to && step.on <= q.asAt
      if (step.entered || !inSpan || (only && !only.includes(step.no))) return []
      const view: Course = { ...course, steps: course.steps.slice(0, i), birth: null }
      const found = conditionsOf(view, step).filter((c) => c.code !== 'birth-unknown' && !leaveOut.includes(c.code) && counts(c))
      const name = `${step.on} 第 ${step.no} 步「${stepRule(step.no).title}」`
      const note = found.length === 0 ? `${name}符合规定` : `${name}：${found.map(({ says, clause }) => `${says}（${clause}）`).join('；')}`
      const met = found.length === 0 ? 1 : 0
      return [{ subject: course.subject, orgId: course.orgId, period: step.on.slice(0, 7), expected: 1, met, facts: [step.fact], note }]
    }),
  )
}

/** Courses as facts tell them; read once for both measures. */
async function read(q: Question): Promise<Read[]> {
  const key = 'development.courses'
  const known = (q.memo.get(key) as Promise<Read[]> | undefined) ?? readCourses(q)
  q.memo.set(key, known)
  return known
}

interface Body {
  step: number
  entered: boolean
  votes: Taken['votes']
  hours: number | null
  days: number | null
  until: string
  enteredThrough: number
}

async function readCourses({ db, facts, orgIds }: Question): Promise<Read[]> {
  const { rows } = await sql<{ id: string; kind: string; orgId: string; subject: string; on: string; body: Body }>`
    select f.id, f.kind, f.org_id as "orgId", f.subject, f.happened_on as on, f.body from ${facts} f
    where f.org_id = any(${[...orgIds]}::uuid[]) and f.kind in ('development.began', 'development.stepTaken', 'development.prolonged', 'development.stopped')
    order by f.org_id, f.subject, f.recorded_at, f.id`.execute(db)
  return [...Map.groupBy(rows, (r) => r.subject)].map(([subject, of]) => {
    const began = of.find(({ kind }) => kind === 'development.began')
    const steps = of
      .filter(({ kind }) => kind === 'development.stepTaken')
      .map(({ id, on, body }) => ({
        no: body.step,
        on,
        entered: body.entered,
        votes: body.votes,
        hours: body.hours,
        days: body.days,
        fact: id,
      }))
      .sort((a, b) => a.no - b.no || (a.on < b.on ? -1 : 1))
    const prolonged = of.findLast(({ kind }) => kind === 'development.prolonged')
    return {
      orgId: of[0]!.orgId,
      subject,
      enteredThrough: began?.body.enteredThrough ?? 0,
      steps,
      prolongedUntil: prolonged?.body.until ?? null,
      stopped: of.some(({ kind }) => kind === 'development.stopped'),
    }
  })
}
