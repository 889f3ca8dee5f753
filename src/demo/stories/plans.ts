import { chairOf } from '../acts.ts'
import { adoptPair } from '../planning.ts'
import type { Problem } from '../story.ts'
import { COMMITTEE } from '../unit.ts'

const BRANCH = '综采二队'

/** A key production task with no Party measure beside it; without the fault the branch put one there. */
const oneSidedPlan: Problem = {
  key: 'one-sided-plan',
  events: (faulty) => [
    {
      on: '2026-01-23',
      time: '10:20',
      run: async (stage) => {
        const orgId = stage.orgs.get(BRANCH)!
        const task = { title: '安全完成 2208 工作面设备安装', dueOn: '2026-11-30' }
        const measures = faulty ? [] : [{ title: '安装现场设党员责任区，按班次交接签字', dueOn: '2026-11-30' }]
        await adoptPair(stage, chairOf(stage, BRANCH), orgId, task, measures)
      },
    },
  ],
  look: async (stage) => {
    const { items } = await stage.owner('plans.unpaired', { orgId: stage.orgs.get(COMMITTEE.key)!, year: 2026 })
    const found = items.find((i) => i.orgId === stage.orgs.get(BRANCH))
    return (
      found && {
        by: 'plans.unpaired',
        says: `${found.says}。${found.remedy}。依据：${found.source}`,
        facts: found.factIds,
        open: found.open,
      }
    )
  },
}

export const planProblems = [oneSidedPlan]
