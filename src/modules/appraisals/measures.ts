import { sql } from 'kysely'
import { type Case, measure, type Question } from '#kernel/measure.ts'

const READS = ['appraisal.opened', 'appraisal.mutualHeld', 'appraisal.graded', 'appraisal.told', 'appraisal.dropped']

/** Of the four steps of a year's 民主评议 (互评, 测评定等, 逐人反馈, and that it was begun), how many were taken. */
export const appraisalSteps = measure({
  key: 'appraisals.steps',
  title: '民主评议党员程序完整',
  reads: READS,
  cases: async (q) =>
    (await rounds(q)).map((r) => {
      const told = r.graded > 0 && r.told >= r.graded
      const steps = { 开始评议: true, 党员互评: r.mutual, 测评并提出意见: r.cap !== null, 向本人反馈: told }
      const lacks = Object.entries(steps).filter(([, done]) => !done)
      return {
        ...caseOf(r),
        expected: 4,
        met: 4 - lacks.length,
        note: `${r.year} 年民主评议${lacks.length === 0 ? '各步都已办' : `缺：${lacks.map(([name]) => name).join('、')}`}`,
      }
    }),
})

/** Whether no more than a third were found 优秀; a year in which nobody was graded yet is left out. */
export const withinCap = measure({
  key: 'appraisals.within-cap',
  title: '民主评议优秀比例不超过三分之一',
  reads: READS,
  cases: async (q) =>
    (await rounds(q)).flatMap((r) =>
      r.cap === null
        ? []
        : [
            {
              ...caseOf(r),
              expected: 1,
              met: r.excellent <= r.cap ? 1 : 0,
              note: `${r.year} 年优秀 ${r.excellent} 人，参加定等 ${r.graded} 人，三分之一为 ${r.cap} 人（基数核对原文）`,
            },
          ],
    ),
})

/** Of those graded in a year, how many were found 合格 or better; 基本合格 is not (核对原文). Never who. */
export const qualified = measure({
  key: 'appraisals.qualified',
  title: '民主评议合格以上的党员',
  reads: READS,
  cases: async (q) =>
    (await rounds(q)).flatMap((r) =>
      r.cap === null
        ? []
        : [{ ...caseOf(r), expected: r.graded, met: r.good, note: `${r.year} 年参加定等 ${r.graded} 人，合格以上 ${r.good} 人` }],
    ),
})

export const appraisalMeasures = [appraisalSteps, withinCap, qualified]

interface RoundFacts {
  orgId: string
  year: number
  graded: number
  mutual: boolean
  cap: number | null
  excellent: number
  good: number
  told: number
  facts: string[]
}

const caseOf = (r: RoundFacts): Pick<Case, 'orgId' | 'period' | 'facts'> => ({ orgId: r.orgId, period: String(r.year), facts: r.facts })

/** The rounds of the years asked for, from their facts; the last grading counts, and who was told since. */
async function rounds({ db, facts, orgIds, from, to, asAt }: Question): Promise<RoundFacts[]> {
  const ids = sql`${[...orgIds]}::uuid[]`
  const { rows } = await sql<RoundFacts>`
    select a.org_id as "orgId", (a.body ->> 'year')::int as year, coalesce(jsonb_array_length(g.body -> 'grades'), (a.body ->> 'graded')::int) as graded,
      m.id is not null as mutual, (g.body ->> 'cap')::int as cap, coalesce((g.body ->> 'excellent')::int, 0) as excellent,
      (select count(*) from jsonb_array_elements(g.body -> 'grades') e where e ->> 'grade' in ('excellent', 'qualified'))::int as good,
      coalesce(t.n, 0)::int as told, array_remove(array[a.id, m.id, g.id], null) as facts
    from ${facts} a
    left join (select distinct on (org_id, subject) * from ${facts} k where k.kind = 'appraisal.graded' and k.org_id = any(${ids})
      order by org_id, subject, recorded_at desc, id desc) g on g.org_id = a.org_id and g.subject = a.subject
    left join (select distinct on (org_id, subject) * from ${facts} k where k.kind = 'appraisal.mutualHeld' and k.org_id = any(${ids})
      order by org_id, subject, id) m on m.org_id = a.org_id and m.subject = a.subject
    left join (select org_id, subject, count(distinct person_id) as n from ${facts} k where k.kind = 'appraisal.told'
      and k.org_id = any(${ids}) group by org_id, subject) t on t.org_id = a.org_id and t.subject = a.subject
    left join ${facts} x on x.org_id = any(${ids}) and x.org_id = a.org_id and x.subject = a.subject and x.kind = 'appraisal.dropped'
    where a.kind = 'appraisal.opened' and a.org_id = any(${ids}) and x.id is null
      and (a.body ->> 'year')::int between ${Number(from.slice(0, 4))} and ${Number(to.slice(0, 4))} and a.happened_on <= ${asAt}::date
    order by a.org_id, 2`.execute(db)
  return rows
}
