/** What the server program uses of identity. */
export { firstRunCode } from './installation.ts'
export { type IdentityServices, identityServices, type OidcSettings } from './services.ts'
export { signInOf } from './sessions.ts'
export { sweepIdentity } from './sweep.ts'
