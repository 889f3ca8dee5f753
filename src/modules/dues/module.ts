import { importOperations } from '#kernel/importOperations.ts'
import { defineModule } from '#kernel/module.ts'
import { BRANCH_WORKERS, OFFICE_WORKERS, SECRETARIES } from '#modules/organisation/contract.ts'
import { about } from './about.ts'
import { duesChapters } from './chapters.ts'
import { duesFacts } from './contract.ts'
import { importDues } from './import/importDues.ts'
import { duesMeasures } from './measures.ts'
import { monthSheet, yearSheet, yearWord } from './operations/documents.ts'
import {
  chooseRounding,
  disclose,
  donate,
  makeList,
  pay,
  revealBase,
  setBase,
  takeBackDonation,
  takeBackPayment,
} from './operations/keep.ts'
import { arrears, findings, year } from './operations/look.ts'
import { baseOf, mine, month, overview } from './operations/month.ts'
import { monthPaper, yearTable } from './operations/papers.ts'
import { askReduction, endReduction, followRequests } from './operations/reduce.ts'

followRequests()

const duesImport = importOperations({
  module: 'dues',
  run: 'importFile',
  what: '党费基数或交纳明细',
  capability: 'dues.manage',
  importFile: importDues,
})

export const dues = defineModule({
  name: 'dues',
  operations: [
    month,
    overview,
    baseOf,
    mine,
    arrears,
    findings,
    year,
    setBase,
    revealBase,
    makeList,
    pay,
    takeBackPayment,
    donate,
    takeBackDonation,
    disclose,
    chooseRounding,
    askReduction,
    endReduction,
    monthSheet,
    monthPaper,
    yearTable,
    yearSheet,
    yearWord,
    ...duesImport,
  ],
  capabilities: {
    'dues.read': { title: '看公布的党费收缴情况', roles: [...BRANCH_WORKERS, ...OFFICE_WORKERS, 'partyMember'] },
    'dues.manage': { title: '管党费基数和收缴', roles: ['partySecretary', 'organizationCommissioner'] },
    'dues.oversee': { title: '看各支部党费收缴', roles: [...SECRETARIES, 'organizationCommissioner', ...OFFICE_WORKERS] },
  },
  facts: duesFacts,
  measures: duesMeasures,
  about,
  chapters: duesChapters,
  migrations: new URL('./migrations/', import.meta.url),
})
