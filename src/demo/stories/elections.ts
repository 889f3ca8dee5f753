import type { Stage } from '../stage.ts'
import type { Problem } from '../story.ts'
import { BEGAN, COMMITTEE } from '../unit.ts'

const BRANCH = '地质测量'
const TERM = { from: '2023-05-10', until: '2026-05-10' }
const EXTENDED = '2027-05-10'

const org = (stage: Stage) => stage.orgs.get(BRANCH)!

/** The branch was elected earlier than the rest, as its papers say. */
const correctTerm = (stage: Stage) =>
  stage.owner('organisation.correctTerm', {
    orgId: org(stage),
    reason: 'mistake',
    term: { from: '2024-03-15', until: '2027-03-15' },
    as: TERM,
  })

/** The branch asks before its term ends, and the superior agrees. */
async function extend(stage: Stage): Promise<void> {
  const orgId = org(stage)
  const secretary = stage.people.get(`${BRANCH} 书记`)!
  await stage.as(secretary, 'elections.askExtension', { orgId, until: EXTENDED, reason: '矿井接续，党员分散在三处施工' })
  const { title, body } = await stage.as(secretary, 'requests.compose', { orgId, kind: 'termExtension' })
  const { id, version } = await stage.as(secretary, 'requests.send', { orgId, kind: 'termExtension', title, body })
  await stage.as(stage.people.get('党务干部')!, 'requests.answer', { id, version, decision: 'agreed', docNo: '示例矿党〔2026〕7号' })
}

/** A committee past its term, no extension approved. */
const termExpired: Problem = {
  key: 'term-expired',
  events: (faulty) => [
    { on: BEGAN, time: '08:55', run: correctTerm },
    ...(faulty ? [] : [{ on: '2026-04-15', time: '10:00', run: extend }]),
  ],
  look: async (stage) => {
    const { items, source } = await stage.owner('elections.terms', { orgId: stage.orgs.get(COMMITTEE.key)!, limit: 100 })
    const found = items.find(({ level }) => level === 'over')
    return (
      found && {
        by: 'elections.terms',
        says: `${found.says}。依据：${source}`,
        facts: found.facts,
        open: `/elections?org=${found.orgId}&view=own`,
      }
    )
  },
}

export const electionProblems = [termExpired]
