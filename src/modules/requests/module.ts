import { defineModule } from '#kernel/module.ts'
import { BRANCH_WORKERS, OFFICE_WORKERS, SECRETARIES } from '#modules/organisation/contract.ts'
import { requestChapters } from './chapters.ts'
import { requestFacts } from './contract.ts'
import { answeredInTime } from './measures.ts'
import { answer, correctAnswer, register, withdraw } from './operations/answer.ts'
import { deadlines, setDeadline } from './operations/deadlines.ts'
import { exportRegister, letter, reply } from './operations/documents.ts'
import { get, list } from './operations/read.ts'
import { compose, resend, send } from './operations/send.ts'
import { requestTexts } from './texts.ts'

export const requests = defineModule({
  name: 'requests',
  operations: [
    compose,
    send,
    resend,
    register,
    answer,
    correctAnswer,
    withdraw,
    list,
    get,
    deadlines,
    setDeadline,
    letter,
    reply,
    exportRegister,
  ],
  capabilities: {
    'requests.read': { title: '看请示与批复', roles: [...BRANCH_WORKERS, ...OFFICE_WORKERS] },
    'requests.send': { title: '报送请示', roles: [...SECRETARIES, 'organizationCommissioner', ...OFFICE_WORKERS] },
    'requests.answer': { title: '登记和答复请示', roles: [...SECRETARIES, 'organizationCommissioner', ...OFFICE_WORKERS] },
    'requests.giveOpinion': { title: '出具廉政意见', roles: ['disciplineCommissioner'] },
  },
  facts: requestFacts,
  texts: [requestTexts],
  measures: [answeredInTime],
  chapters: requestChapters,
  migrations: new URL('./migrations/', import.meta.url),
})
