import { defineModule } from '#kernel/module.ts'
import { onMeetingCancelled } from '#modules/meetings/published.ts'
import { BRANCH_WORKERS, OFFICE_WORKERS } from '#modules/organisation/contract.ts'
import { about } from './about.ts'
import { chainChapters } from './chapters.ts'
import { chainFacts } from './contract.ts'
import { chainMeasures } from './measures.ts'
import { chainsFollow, dropChain, linkMeeting, listRectification, reportUp, unlinkMeeting } from './operations/after.ts'
import { addOpinions, handIn, openChain, withdrawOpinion, writeComparison } from './operations/prepare.ts'
import { chainStates, getChain, meetingsFor, myChains } from './operations/read.ts'

onMeetingCancelled(chainsFollow)

export const chains = defineModule({
  name: 'chains',
  operations: [
    openChain,
    addOpinions,
    withdrawOpinion,
    writeComparison,
    handIn,
    linkMeeting,
    unlinkMeeting,
    listRectification,
    reportUp,
    dropChain,
    getChain,
    meetingsFor,
    chainStates,
    myChains,
  ],
  capabilities: {
    'chains.read': { title: '看组织生活会办到哪一步', roles: [...BRANCH_WORKERS, ...OFFICE_WORKERS, 'evaluator'] },
    'chains.lead': { title: '筹备组织生活会和民主生活会', roles: [...BRANCH_WORKERS, ...OFFICE_WORKERS] },
  },
  facts: chainFacts,
  measures: chainMeasures,
  about,
  chapters: chainChapters,
  migrations: new URL('./migrations/', import.meta.url),
})
