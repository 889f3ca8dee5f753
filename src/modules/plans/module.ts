import { defineModule } from '#kernel/module.ts'
import { BRANCH_WORKERS, OFFICE_WORKERS } from '#modules/organisation/contract.ts'
import { about } from './about.ts'
import { planFacts } from './contract.ts'
import { paired } from './measures.ts'
import { adopt, endEntry, giveTask, markDone, sayReport, yearOfPlan } from './operations.ts'
import { pair } from './pairing.ts'
import { planChapters, planPaper } from './paper.ts'
import { unpaired } from './unpaired.ts'

export const plans = defineModule({
  name: 'plans',
  operations: [yearOfPlan, adopt, markDone, endEntry, giveTask, sayReport, planPaper, pair, unpaired],
  capabilities: {
    'plans.read': { title: '看年度计划', roles: [...BRANCH_WORKERS, ...OFFICE_WORKERS, 'evaluator'] },
    'plans.manage': { title: '定年度计划、写年度报告', roles: [...BRANCH_WORKERS, ...OFFICE_WORKERS] },
  },
  facts: planFacts,
  measures: [paired],
  about,
  chapters: planChapters,
  migrations: new URL('./migrations/', import.meta.url),
})
