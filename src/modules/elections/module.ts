import { defineModule } from '#kernel/module.ts'
import { BRANCH_WORKERS, OFFICE_WORKERS, SECRETARIES } from '#modules/organisation/contract.ts'
import { about } from './about.ts'
import { electionChapters } from './chapters.ts'
import { electionFacts } from './contract.ts'
import { followRequests } from './follow.ts'
import { electionMeasures } from './measures.ts'
import { count, leaveVacant, nextBallot } from './operations/count.ts'
import { current, get, terms, toCount, vacancies } from './operations/read.ts'
import { askExtension, cancel, chooseOfficers, hold, nominate, open } from './operations/steps.ts'
import { electionTexts } from './texts.ts'

followRequests()

export const elections = defineModule({
  name: 'elections',
  operations: [
    terms, vacancies, current, get, toCount, open, nominate, hold, count, nextBallot, leaveVacant, chooseOfficers, cancel, askExtension,
  ], // biome-ignore format: one list
  capabilities: {
    'elections.read': { title: '看换届', roles: [...BRANCH_WORKERS, ...OFFICE_WORKERS] },
    'elections.manage': { title: '办换届', roles: [...SECRETARIES, 'organizationCommissioner', ...OFFICE_WORKERS] },
  },
  facts: electionFacts,
  texts: [electionTexts],
  measures: electionMeasures,
  about,
  chapters: electionChapters,
  migrations: new URL('./migrations/', import.meta.url),
})
