import { fileServices } from '#modules/files/published.ts'
import { identityServices, type OidcSettings } from '#modules/identity/published.ts'
import { memberServices } from '#modules/members/published.ts'
import { type Channels, notificationServices } from '#modules/notifications/published.ts'
import type { DataFolder } from '#runtime/dataFolder.ts'
import { fieldCipher } from '#runtime/fieldCipher.ts'
import type { Keys } from '#runtime/keys.ts'
import type { ObjectStore } from '#runtime/objectStore.ts'
import { passwordHasher } from '#runtime/password.ts'
import { refusal } from '#runtime/refusal.ts'
import { readSettings } from '#runtime/settings.ts'
import { actorOf, grantsOfRole } from './actors.ts'
import { modules } from './platform.ts'
import { version } from './version.ts'

const titles = new Map<string, string>(modules.flatMap((m) => m.operations.map((op) => [op.name, op.title])))
const titleOf = (operation: string) => titles.get(operation) ?? operation

/** Gives the modules what lies outside the database: keys for sealed fields, the password queue, the bucket for files. Called once, at opening. */
export function setServices(keys: Keys, oidc: OidcSettings | null, channels: Channels, store: ObjectStore | null): void {
  fileServices({ store })
  const cipher = fieldCipher(keys)
  memberServices({ cipher })
  notificationServices({ cipher, ...channels })
  identityServices({ hasher: passwordHasher(), cipher, actorOf, grantsOfRole, version, titleOf, oidc })
}

/**
 * The unit's own sign-in service: from the environment when its address stands there, else from `config/oidc.json` in the data folder;
 * null when neither names one.
 */
export async function oidcOf(folder: DataFolder, env: NodeJS.ProcessEnv = process.env): Promise<OidcSettings | null> {
  const written = env.RONGJIAN_OIDC_ISSUER
    ? { issuer: env.RONGJIAN_OIDC_ISSUER, clientId: env.RONGJIAN_OIDC_CLIENT_ID, clientSecret: env.RONGJIAN_OIDC_CLIENT_SECRET }
    : await readSettings(folder, 'oidc', { needed: ['issuer', 'clientId', 'clientSecret'], also: ['label', 'claim'] })
  if (!written) return null
  const {
    issuer,
    clientId,
    clientSecret,
    label = env.RONGJIAN_OIDC_LABEL,
    claim = env.RONGJIAN_OIDC_CLAIM,
  } = written as Partial<OidcSettings>
  if (!issuer || !clientId || !clientSecret)
    throw refusal(
      'oidc-half',
      '单位统一登录的设置不全：RONGJIAN_OIDC_ISSUER、RONGJIAN_OIDC_CLIENT_ID、RONGJIAN_OIDC_CLIENT_SECRET 要一起给',
    )
  if (!URL.canParse(issuer)) throw refusal('oidc-issuer', `单位统一登录的地址不对：${issuer}，应以 https:// 开头`)
  return { issuer, clientId, clientSecret, label: label || '单位统一登录', claim: claim || 'employee_number' }
}
