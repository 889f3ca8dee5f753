import { defineModule } from '#kernel/module.ts'
import { onDoor } from '#modules/members/published.ts'
import { BRANCH_WORKERS, OFFICE_WORKERS, SECRETARIES } from '#modules/organisation/contract.ts'
import { about } from './about.ts'
import { developmentChapters } from './chapters.ts'
import { developmentFacts } from './contract.ts'
import { listenToMinutes } from './followVotes.ts'
import { developmentMeasures } from './measures.ts'
import { followMove } from './moved.ts'
import { begin, enter } from './operations/begin.ts'
import { fullRecord } from './operations/documents.ts'
import { prolong, stop } from './operations/end.ts'
import { fail } from './operations/fail.ts'
import { get, votes } from './operations/get.ts'
import { localRules, setLocalRule } from './operations/localRules.ts'
import { closeNotice, postNotice } from './operations/notices.ts'
import { endPair, pair, pairs } from './operations/pairs.ts'
import { plans, setPlan } from './operations/plans.ts'
import { findings, list } from './operations/read.ts'
import { correctStep, take } from './operations/take.ts'
import { listenToReplies } from './replies.ts'
import { developmentTexts } from './texts.ts'

listenToReplies()
listenToMinutes()
onDoor({ moved: followMove })

export const development = defineModule({
  name: 'development',
  operations: [
    begin,
    enter,
    take,
    correctStep,
    prolong,
    stop,
    list,
    get,
    votes,
    findings,
    plans,
    setPlan,
    pair,
    endPair,
    pairs,
    fullRecord,
    postNotice,
    closeNotice,
    fail,
    localRules,
    setLocalRule,
  ],
  capabilities: {
    'development.read': { title: '看发展党员', roles: [...BRANCH_WORKERS, ...OFFICE_WORKERS] },
    'development.manage': {
      title: '办发展党员',
      roles: ['partySecretary', 'deputySecretary', 'organizationCommissioner', ...OFFICE_WORKERS],
    },
    'development.approve': {
      title: '办上级的发展党员手续、下达计划',
      roles: [...SECRETARIES, 'organizationCommissioner', ...OFFICE_WORKERS],
    },
  },
  facts: developmentFacts,
  texts: [developmentTexts],
  measures: developmentMeasures,
  about,
  chapters: developmentChapters,
  migrations: new URL('./migrations/', import.meta.url),
})
