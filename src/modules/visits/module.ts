import { defineModule } from '#kernel/module.ts'
import { BRANCH_WORKERS, OFFICE_WORKERS } from '#modules/organisation/contract.ts'
import { visitFacts } from './contract.ts'
import { visitMeasures } from './measures.ts'
import { makeVisit, withdrawVisit } from './operations/make.ts'
import { getVisit, listVisits, visitsOfMeeting } from './operations/read.ts'

export const visits = defineModule({
  name: 'visits',
  operations: [makeVisit, withdrawVisit, getVisit, listVisits, visitsOfMeeting],
  capabilities: {
    'visits.read': { title: '看督导意见', roles: [...BRANCH_WORKERS, ...OFFICE_WORKERS, 'evaluator'] },
    'visits.make': { title: '督导下级的会议', roles: [...BRANCH_WORKERS, ...OFFICE_WORKERS] },
  },
  facts: visitFacts,
  measures: visitMeasures,
  migrations: new URL('./migrations/', import.meta.url),
})
