import { defineModule } from '#kernel/module.ts'
import { BRANCH_WORKERS, OFFICE_WORKERS } from '#modules/organisation/contract.ts'
import { about } from './about.ts'
import { talkChapters } from './chapters.ts'
import { talkFacts } from './contract.ts'
import { talkMeasures } from './measures.ts'
import { listTalks, talkCoverage, talkOverview } from './operations/read.ts'
import { recordTalks, withdrawTalk } from './operations/record.ts'

export const talks = defineModule({
  name: 'talks',
  operations: [recordTalks, withdrawTalk, talkCoverage, listTalks, talkOverview],
  capabilities: {
    'talks.read': { title: '看谈心谈话次数', roles: [...BRANCH_WORKERS, ...OFFICE_WORKERS, 'evaluator'] },
    'talks.record': { title: '登记本组织的谈心谈话', roles: [...BRANCH_WORKERS, ...OFFICE_WORKERS] },
  },
  facts: talkFacts,
  measures: talkMeasures,
  about,
  chapters: talkChapters,
  migrations: new URL('./migrations/', import.meta.url),
})
