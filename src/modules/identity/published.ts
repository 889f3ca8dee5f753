/** What the server program uses of identity. */

export { agreementOn, askAgreement, spendAgreement } from './agreements.ts'
export { firstRunCode } from './installation.ts'
export { assertProven } from './proof.ts'
export { type IdentityServices, identityServices, type OidcSettings } from './services.ts'
export { closeAllSessions, sessionOpen, signInOf } from './sessions.ts'
export { sweepIdentity } from './sweep.ts'
