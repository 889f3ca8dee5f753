import { defineModule } from '#kernel/module.ts'
import { identityFacts } from './contract.ts'
import { accounts, disable, enable, resetByPresence } from './operations/accounts.ts'
import { activate } from './operations/activate.ts'
import { approveAssignment, assignments, endAssignment, findPerson, refuseAssignment, requestAssignment } from './operations/assignments.ts'
import { audit } from './operations/audit.ts'
import { firstRun, welcome } from './operations/firstRun.ts'
import { approveOffice, chooseProfile, endOffice, issueOffice, offices, refuseOffice } from './operations/officers.ts'
import { oidcFinish, oidcStart } from './operations/oidc.ts'
import { changePassword, confirmTotp, disableTotp, enableTotp, revokeSession, sessions, signInLog } from './operations/own.ts'
import { session } from './operations/session.ts'
import { replacePassword, signIn, signInTotp, signOut } from './operations/signIn.ts'
import { batches, findOrg, issueSlips, previewSlips, revokeBatch } from './operations/slips.ts'

export const identity = defineModule({
  name: 'identity',
  operations: [
    welcome,
    firstRun,
    session,
    signIn,
    signInTotp,
    replacePassword,
    signOut,
    activate,
    oidcStart,
    oidcFinish,
    changePassword,
    enableTotp,
    confirmTotp,
    disableTotp,
    sessions,
    revokeSession,
    signInLog,
    issueOffice,
    offices,
    approveOffice,
    refuseOffice,
    endOffice,
    chooseProfile,
    previewSlips,
    issueSlips,
    batches,
    revokeBatch,
    findOrg,
    accounts,
    disable,
    enable,
    resetByPresence,
    requestAssignment,
    assignments,
    approveAssignment,
    refuseAssignment,
    endAssignment,
    findPerson,
    audit,
  ],
  capabilities: {
    'identity.manageAccounts': { title: '管账号、发开通条', roles: ['systemOfficer'] },
    'identity.approveGrants': { title: '核准授权、定密码规则', roles: ['securityOfficer'] },
    'identity.readAudit': { title: '查操作留痕', roles: ['auditOfficer'] },
  },
  facts: identityFacts,
  migrations: new URL('./migrations/', import.meta.url),
})
