import { defineModule } from '#kernel/module.ts'
import { readersOf } from '#modules/files/published.ts'
import { BRANCH_WORKERS, OFFICE_WORKERS, SECRETARIES } from '#modules/organisation/contract.ts'
import { about } from './about.ts'
import { meetingChapters } from './chapters.ts'
import { meetingFacts } from './contract.ts'
import { meetingFinder } from './finder.ts'
import { meetingMeasures } from './measures.ts'
import { measuresOfPeople } from './measuresOfPeople.ts'
import { topicsHeld } from './measuresOfTopics.ts'
import { answerPlan, excusePlan } from './operations/answers.ts'
import { correct } from './operations/correct.ts'
import { countsOf, dropCount, getCount, openPaperCount, typeCount } from './operations/counts.ts'
import { minutes, register, registerPaper, summary } from './operations/documents.ts'
import { discardDraft, listDrafts, saveDraft } from './operations/drafts.ts'
import { findings } from './operations/findings.ts'
import { getMeeting } from './operations/get.ts'
import { ledgerImport } from './operations/importLedger.ts'
import { countAgain, leaveOut } from './operations/leaveOut.ts'
import { doubleLifeOf, firstAgendas, studyOf } from './operations/life.ts'
import { listMeetings, month, unsigned } from './operations/list.ts'
import { addOwnKind, changeOwnKind, ownKinds, retireOwnKind } from './operations/ownKinds.ts'
import { cancelPlan, changePlan, planMeeting, renewInvited } from './operations/plan.ts'
import { agendaTemplate, getPlan, listPlans, myPlans, preparePlan, setTemplate } from './operations/plans.ts'
import { prepare } from './operations/prepare.ts'
import { editMeeting, recordMeeting } from './operations/record.ts'
import { addendum, cancel, sign } from './operations/sign.ts'
import { signIn, signInCode, tick } from './operations/signIn.ts'
import { signInSheet, signInTable } from './operations/signInSheet.ts'
import { addTopic, changeTopic, dropTopic, topics } from './operations/topics.ts'
import { calledRead } from './planning/papers.ts'
import { meetingTexts } from './texts.ts'

readersOf('meetings.plan', calledRead)

export const meetings = defineModule({
  name: 'meetings',
  operations: [
    prepare,
    recordMeeting,
    editMeeting,
    saveDraft,
    listDrafts,
    discardDraft,
    sign,
    addendum,
    correct,
    cancel,
    getMeeting,
    listMeetings,
    month,
    unsigned,
    findings,
    minutes,
    summary,
    register,
    registerPaper,
    ...ledgerImport,
    preparePlan,
    planMeeting,
    changePlan,
    renewInvited,
    cancelPlan,
    getPlan,
    listPlans,
    myPlans,
    answerPlan,
    excusePlan,
    agendaTemplate,
    setTemplate,
    signInCode,
    signIn,
    tick,
    signInSheet,
    signInTable,
    openPaperCount,
    typeCount,
    dropCount,
    getCount,
    countsOf,
    doubleLifeOf,
    studyOf,
    firstAgendas,
    ownKinds,
    addOwnKind,
    changeOwnKind,
    retireOwnKind,
    leaveOut,
    countAgain,
    topics,
    addTopic,
    changeTopic,
    dropTopic,
  ],
  capabilities: {
    'meetings.read': {
      title: '看会议记录',
      roles: [...BRANCH_WORKERS, ...OFFICE_WORKERS, 'groupLeader', 'evaluator', 'partyMember'],
    },
    'meetings.readCommittee': { title: '看支委会、党委会的记录内容', roles: [...BRANCH_WORKERS, ...OFFICE_WORKERS, 'evaluator'] },
    'meetings.record': { title: '记会议', roles: [...BRANCH_WORKERS, ...OFFICE_WORKERS, 'groupLeader'] },
    'meetings.sign': { title: '签会议记录', roles: [...BRANCH_WORKERS, 'groupLeader'] },
    'meetings.excuse': { title: '批会议请假', roles: [...SECRETARIES, 'groupLeader'] },
    'meetings.kinds': { title: '增加和停用本单位的会议类别', roles: [...SECRETARIES, ...OFFICE_WORKERS] },
    'meetings.import': { title: '导入会议台账', roles: [...OFFICE_WORKERS, 'partySecretary'] },
  },
  facts: meetingFacts,
  measures: [...meetingMeasures, ...measuresOfPeople, topicsHeld],
  finders: [meetingFinder],
  texts: [meetingTexts],
  about,
  chapters: meetingChapters,
  migrations: new URL('./migrations/', import.meta.url),
})
