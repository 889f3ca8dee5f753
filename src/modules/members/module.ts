import { defineModule } from '#kernel/module.ts'
import { BRANCH_WORKERS, OFFICE_WORKERS } from '#modules/organisation/contract.ts'
import { memberFacts } from './contract.ts'
import { rolesByMembership } from './roles.ts'

export const members = defineModule({
  name: 'members',
  operations: [],
  capabilities: {
    'members.read': { title: '看党员名册', roles: [...BRANCH_WORKERS, ...OFFICE_WORKERS] },
    'members.manage': { title: '管党员名册', roles: ['partySecretary', 'deputySecretary', 'organizationCommissioner', ...OFFICE_WORKERS] },
  },
  facts: memberFacts,
  roles: rolesByMembership,
  migrations: new URL('./migrations/', import.meta.url),
})
