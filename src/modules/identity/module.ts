import { defineModule } from '#kernel/module.ts'
import { OFFICE_WORKERS, SECRETARIES } from '#modules/organisation/contract.ts'
import { about } from './about.ts'
import { identityFacts, OFFICERS } from './contract.ts'
import { accounts, disable, enable, requestReset, resetByPresence } from './operations/accounts.ts'
import { activate } from './operations/activate.ts'
import { agree, agreements, decline } from './operations/agreements.ts'
import { approveAssignment, assignments, endAssignment, findPerson, refuseAssignment, requestAssignment } from './operations/assignments.ts'
import { audit } from './operations/audit.ts'
import { firstRun, welcome } from './operations/firstRun.ts'
import { approveOffice, chooseProfile, endOffice, issueOffice, offices, refuseOffice } from './operations/officers.ts'
import { oidcFinish, oidcStart } from './operations/oidc.ts'
import { changePassword, confirmSelf, confirmTotp, disableTotp, enableTotp, revokeSession, sessions, signInLog } from './operations/own.ts'
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
    confirmSelf,
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
    requestReset,
    resetByPresence,
    agreements,
    agree,
    decline,
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
    'identity.agreeResets': { title: '同意重设另一位管理员的密码', roles: OFFICERS },
    'identity.agreeExports': { title: '同意别人导出党员名册', roles: ['securityOfficer', ...SECRETARIES, ...OFFICE_WORKERS] },
    'identity.readAudit': { title: '查操作留痕', roles: ['auditOfficer'] },
  },
  facts: identityFacts,
  about,
  migrations: new URL('./migrations/', import.meta.url),
})
