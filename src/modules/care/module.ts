import { defineModule } from '#kernel/module.ts'
import { BRANCH_WORKERS, OFFICE_WORKERS } from '#modules/organisation/contract.ts'
import { about } from './about.ts'
import { careFacts } from './contract.ts'
import { followDoors } from './follow.ts'
import { careMeasures } from './measures.ts'
import { condole, condolenceSheet, condolences, dropCondolence } from './operations/condole.ts'
import { fifty, fiftySheet } from './operations/fifty.ts'
import { change, contact, dropContact, end, open } from './operations/plan.ts'
import { get, list, mine } from './operations/read.ts'

followDoors()

export const care = defineModule({
  name: 'care',
  operations: [
    list, get, mine, open, change, contact, dropContact, end, condole, condolences, dropCondolence, condolenceSheet, fifty, fiftySheet,
  ], // biome-ignore format: one list
  capabilities: {
    'care.read': { title: '看流动、失联、离退休党员和慰问', roles: [...BRANCH_WORKERS, ...OFFICE_WORKERS] },
    'care.manage': {
      title: '管联系计划和慰问',
      roles: ['partySecretary', 'deputySecretary', 'organizationCommissioner', ...OFFICE_WORKERS],
    },
  },
  facts: careFacts,
  measures: careMeasures,
  about,
  migrations: new URL('./migrations/', import.meta.url),
})
