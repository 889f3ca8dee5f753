import { defineModule } from '#kernel/module.ts'
import { BRANCH_WORKERS, OFFICE_WORKERS } from '#modules/organisation/contract.ts'
import { about } from './about.ts'
import { appraisalChapters } from './chapters.ts'
import { appraisalFacts } from './contract.ts'
import { appraisalMeasures } from './measures.ts'
import {
  dropRound,
  getRound,
  giveOpinions,
  listRounds,
  mutualHeld,
  openBallot,
  openRound,
  selfReview,
  tellMember,
} from './operations/rounds.ts'

export const appraisals = defineModule({
  name: 'appraisals',
  operations: [openRound, selfReview, mutualHeld, openBallot, giveOpinions, tellMember, dropRound, getRound, listRounds],
  capabilities: { 'appraisals.lead': { title: '组织民主评议党员', roles: [...BRANCH_WORKERS, ...OFFICE_WORKERS] } },
  facts: appraisalFacts,
  measures: appraisalMeasures,
  about,
  chapters: appraisalChapters,
  migrations: new URL('./migrations/', import.meta.url),
})
