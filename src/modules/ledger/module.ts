import { defineModule } from '#kernel/module.ts'
import { ledgerFacts } from '#ledger/facts.ts'
import { BRANCH_WORKERS, OFFICE_WORKERS } from '#modules/organisation/contract.ts'
import { about } from './about.ts'
import { facts, proof } from './operations/facts.ts'
import { heads, openEpoch, status, verification, verify } from './operations/status.ts'

export const ledger = defineModule({
  name: 'ledger',
  operations: [status, heads, facts, proof, verify, verification, openEpoch],
  capabilities: {
    'ledger.read': { title: '看账本里的实绩', roles: [...BRANCH_WORKERS, ...OFFICE_WORKERS, 'auditOfficer'] },
    'ledger.verify': { title: '校验整本账', roles: ['auditOfficer'] },
    'ledger.openEpoch': { title: '签署新纪元', roles: ['systemOfficer', 'securityOfficer', 'auditOfficer'] },
  },
  facts: ledgerFacts,
  about,
  migrations: new URL('./migrations/', import.meta.url),
})
