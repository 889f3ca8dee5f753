import { identityServices, type OidcSettings } from '#modules/identity/published.ts'
import { memberServices } from '#modules/members/published.ts'
import { fieldCipher } from '#runtime/fieldCipher.ts'
import type { Keys } from '#runtime/keys.ts'
import { passwordHasher } from '#runtime/password.ts'
import { actorOf, grantsOfRole } from './actors.ts'
import { modules } from './platform.ts'
import { version } from './version.ts'

const titles = new Map<string, string>(modules.flatMap((m) => m.operations.map((op) => [op.name, op.title])))
const titleOf = (operation: string) => titles.get(operation) ?? operation

/** Gives the modules what lies outside the database: keys for sealed fields and the password queue. Called once, at opening. */
export function setServices(keys: Keys): void {
  const cipher = fieldCipher(keys)
  memberServices({ cipher })
  identityServices({ hasher: passwordHasher(), cipher, actorOf, grantsOfRole, version, titleOf, oidc: oidcFrom(process.env) })
}

/** The unit's own sign-in service, when its address is given in the environment. */
function oidcFrom(env: NodeJS.ProcessEnv): OidcSettings | null {
  const { RONGJIAN_OIDC_ISSUER: issuer, RONGJIAN_OIDC_CLIENT_ID: clientId, RONGJIAN_OIDC_CLIENT_SECRET: clientSecret } = env
  if (!issuer || !clientId || !clientSecret) return null
  return {
    issuer,
    clientId,
    clientSecret,
    label: env.RONGJIAN_OIDC_LABEL ?? '单位统一登录',
    claim: env.RONGJIAN_OIDC_CLAIM ?? 'employee_number',
  }
}
