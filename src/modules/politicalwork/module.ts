import { defineModule } from '#kernel/module.ts'
import { OFFICE_WORKERS, SECRETARIES } from '#modules/organisation/contract.ts'
import { about } from './about.ts'
import { politicalWorkFacts } from './contract.ts'
import { dropTraining, file, mine, train, write } from './operations/file.ts'
import { end, enter, gaps, list, setHeadcount, withdraw } from './operations/staff.ts'

/** Who does political work, for how many people, with which training; own words beside records. No mark, no ballot, no rank. */
export const politicalwork = defineModule({
  name: 'politicalwork',
  operations: [list, gaps, file, mine, enter, end, withdraw, setHeadcount, write, train, dropTraining],
  capabilities: {
    'politicalwork.read': { title: '看政工人员档案', roles: [...SECRETARIES, ...OFFICE_WORKERS] },
    'politicalwork.manage': { title: '登记政工人员', roles: [...OFFICE_WORKERS] },
  },
  facts: politicalWorkFacts,
  about,
  migrations: new URL('./migrations/', import.meta.url),
})
