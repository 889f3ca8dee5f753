import { defineModule } from '#kernel/module.ts'
import { onMeetingCancelled, onMeetingSigned } from '#modules/meetings/published.ts'
import { BRANCH_WORKERS, OFFICE_WORKERS } from '#modules/organisation/contract.ts'
import { about } from './about.ts'
import { taskChapters } from './chapters.ts'
import { dutyItemFacts, taskFacts } from './contract.ts'
import { taskMeasures } from './measures.ts'
import { askExtension, checkEffect, decideExtension, giveBack, reopen, verify } from './operations/deciding.ts'
import { deploy } from './operations/deploy.ts'
import { deployments, getDeployment } from './operations/deployments.ts'
import { adoptDutyItem, dualDuties, endDutyItem, myDuties } from './operations/dualDuty.ts'
import { findings } from './operations/findings.ts'
import { getTask, taskOfAction } from './operations/get.ts'
import { cancel, give, invite } from './operations/give.ts'
import { listTasks, mine, mineCount } from './operations/list.ts'
import { parties } from './operations/parties.ts'
import { handOff, label, settle, withdrawLabel } from './operations/passing.ts'
import { answer, assign, note, plan, receive, submit } from './operations/work.ts'
import { tasksFall, tasksFollow } from './resolutions.ts'
import { taskTexts } from './texts.ts'

onMeetingSigned(tasksFollow)
onMeetingCancelled(tasksFall)

export const tasks = defineModule({
  name: 'tasks',
  operations: [
    mine,
    mineCount,
    listTasks,
    getTask,
    taskOfAction,
    deployments,
    getDeployment,
    findings,
    parties,
    dualDuties,
    myDuties,
    adoptDutyItem,
    endDutyItem,
    give,
    deploy,
    invite,
    answer,
    receive,
    plan,
    note,
    assign,
    submit,
    verify,
    giveBack,
    askExtension,
    decideExtension,
    handOff,
    settle,
    checkEffect,
    reopen,
    cancel,
    label,
    withdrawLabel,
  ],
  capabilities: {
    'tasks.read': { title: '看任务', roles: [...BRANCH_WORKERS, ...OFFICE_WORKERS, 'evaluator'] },
    'tasks.work': { title: '办本组织的任务', roles: [...BRANCH_WORKERS, ...OFFICE_WORKERS] },
    'tasks.give': { title: '交办、部署和验收', roles: [...BRANCH_WORKERS, ...OFFICE_WORKERS] },
    'tasks.label': { title: '认定作风问题', roles: ['disciplineCommissioner'] },
  },
  facts: { ...taskFacts, ...dutyItemFacts },
  texts: [taskTexts],
  measures: taskMeasures,
  about,
  chapters: taskChapters,
  migrations: new URL('./migrations/', import.meta.url),
})
