import { defineModule } from '#kernel/module.ts'
import { BRANCH_WORKERS, OFFICE_WORKERS } from '#modules/organisation/contract.ts'
import { about } from './about.ts'
import { meritFacts } from './contract.ts'
import { followRequests } from './follow.ts'
import { correct, restore, revoke, withdraw } from './operations/change.ts'
import { reward, sanction } from './operations/give.ts'
import { list, ofMember } from './operations/read.ts'
import { reopen } from './operations/reopen.ts'

followRequests()

export const merits = defineModule({
  name: 'merits',
  operations: [list, ofMember, reward, sanction, restore, revoke, reopen, correct, withdraw],
  capabilities: {
    'merits.read': { title: '看党员奖励', roles: [...BRANCH_WORKERS, ...OFFICE_WORKERS] },
    'merits.manage': { title: '登记奖励', roles: ['partySecretary', 'deputySecretary', 'organizationCommissioner', ...OFFICE_WORKERS] },
    'merits.discipline': { title: '看和登记党纪处分', roles: ['partySecretary', 'disciplineCommissioner', ...OFFICE_WORKERS] },
  },
  facts: meritFacts,
  about,
  migrations: new URL('./migrations/', import.meta.url),
})
