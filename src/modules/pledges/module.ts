import { defineModule } from '#kernel/module.ts'
import { BRANCH_WORKERS, OFFICE_WORKERS } from '#modules/organisation/contract.ts'
import { about } from './about.ts'
import { pledgeFacts } from './contract.ts'
import { account, audiences, get, list, publish, withdraw } from './operations.ts'

/** What people promise in public: to whom, until when, and later beside what records tell. Nobody marks it. */
export const pledges = defineModule({
  name: 'pledges',
  operations: [list, get, audiences, publish, account, withdraw],
  capabilities: { 'pledges.read': { title: '看公开的承诺', roles: [...BRANCH_WORKERS, ...OFFICE_WORKERS] } },
  facts: pledgeFacts,
  about,
  migrations: new URL('./migrations/', import.meta.url),
})
