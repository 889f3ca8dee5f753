import { defineModule } from '#kernel/module.ts'
import { BRANCH_WORKERS, OFFICE_WORKERS, SECRETARIES } from '#modules/organisation/contract.ts'
import { bulletinFacts } from './contract.ts'
import { draft, edit, get, issue, list, withdraw } from './operations.ts'
import { paper } from './paper.ts'

export const bulletins = defineModule({
  name: 'bulletins',
  operations: [list, get, draft, edit, issue, withdraw, paper],
  capabilities: {
    'bulletins.read': { title: '看通报', roles: [...BRANCH_WORKERS, ...OFFICE_WORKERS] },
    'bulletins.manage': { title: '起草、印发通报', roles: [...SECRETARIES, 'organizationCommissioner', ...OFFICE_WORKERS] },
  },
  facts: bulletinFacts,
  migrations: new URL('./migrations/', import.meta.url),
})
