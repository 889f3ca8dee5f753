import { defineModule } from '#kernel/module.ts'
import { BRANCH_WORKERS, OFFICE_WORKERS, SECRETARIES } from '#modules/organisation/contract.ts'
import { handoverFacts } from './contract.ts'
import { get, list, paper } from './operations/read.ts'
import { begin, cancel, note, sign } from './operations/steps.ts'

export const handover = defineModule({
  name: 'handover',
  operations: [list, get, paper, begin, note, sign, cancel],
  capabilities: {
    'handover.read': { title: '看书记交接清单', roles: [...BRANCH_WORKERS, ...OFFICE_WORKERS] },
    'handover.manage': { title: '办书记交接', roles: [...SECRETARIES, 'organizationCommissioner', ...OFFICE_WORKERS] },
  },
  facts: handoverFacts,
  migrations: new URL('./migrations/', import.meta.url),
})
