import { defineModule } from '#kernel/module.ts'
import { BRANCH_WORKERS, OFFICE_WORKERS, SECRETARIES } from '#modules/organisation/contract.ts'
import { statisticsFacts } from './contract.ts'
import { enter, oneSheet, overview, records, sort, submit, texts } from './operations.ts'
import { print } from './paper.ts'

export const statistics = defineModule({
  name: 'statistics',
  operations: [overview, oneSheet, records, enter, texts, sort, submit, print],
  capabilities: {
    'statistics.read': { title: '看党内统计年报', roles: [...BRANCH_WORKERS, ...OFFICE_WORKERS] },
    'statistics.manage': {
      title: '填报和定稿党内统计年报',
      roles: [...SECRETARIES, 'organizationCommissioner', ...OFFICE_WORKERS],
    },
  },
  facts: statisticsFacts,
  migrations: new URL('./migrations/', import.meta.url),
})
