import { defineModule } from '#kernel/module.ts'
import { identityFacts } from './contract.ts'
import { firstRun, welcome } from './operations/firstRun.ts'
import { session } from './operations/session.ts'
import { signIn, signOut } from './operations/signIn.ts'

export const identity = defineModule({
  name: 'identity',
  operations: [welcome, firstRun, session, signIn, signOut],
  capabilities: {
    'identity.manageAccounts': { title: '管账号、发开通条', roles: ['systemOfficer'] },
    'identity.approveGrants': { title: '核准授权、定密码规则', roles: ['securityOfficer'] },
    'identity.readAudit': { title: '查操作留痕', roles: ['auditOfficer'] },
  },
  facts: identityFacts,
  migrations: new URL('./migrations/', import.meta.url),
})
