import { sql } from 'kysely'
import { Secret, TOTP } from 'otpauth'
import { invalid, type Refusal } from '#kernel/errors.ts'
import type { Ctx } from '#kernel/operation.ts'
import { services } from './services.ts'
import type { AccountRow } from './tables.ts'

const PERIOD = 30

/** A new secret for an authenticator app: as address, as text, and as picture (a data address). */
export async function newTotp(unitName: string, name: string) {
  const secret = new Secret({ size: 20 })
  const uri = totp(secret.base32, `融建·${unitName}`, name).toString()
  const { toDataURL } = await import('qrcode')
  return { secret: secret.base32, uri, qr: await toDataURL(uri, { margin: 1, width: 360 }) }
}

/** The 30-second step that the six digits belong to (one step early or late is accepted), or null. */
export function stepOf(secret: string, digits: string, now: Date): number | null {
  const timestamp = now.getTime()
  const delta = totp(secret).validate({ token: digits, timestamp, window: 1 })
  return delta === null ? null : Math.floor(timestamp / 1000 / PERIOD) + delta
}

const totp = (secret: string, issuer = '', label = '') => new TOTP({ issuer, label, secret: Secret.fromBase32(secret), period: PERIOD })

export const sealTotp = (accountId: string, secret: string) => services().cipher.seal(secret, placeOf(accountId))
const openTotp = (accountId: string, sealed: string) => services().cipher.open(sealed, placeOf(accountId))
const placeOf = (row: string) => ({ table: 'identity.account', column: 'totp_sealed', row })

/** Uses up the six digits: true once, false for wrong, old or already used ones. */
export async function spendDigits(ctx: Ctx, account: Pick<AccountRow, 'id' | 'totp_sealed'>, digits: string): Promise<boolean> {
  if (!account.totp_sealed) return false
  const step = stepOf(openTotp(account.id, account.totp_sealed), digits, ctx.now)
  if (step === null) return false
  const { rows } = await sql`update identity.account set totp_step = ${step}
    where id = ${account.id} and totp_step < ${step} returning id`.execute(ctx.db)
  return rows.length > 0
}

/** Whether the six digits are those of now; they are not spent by this. */
export const digitsFit = ({ id, totp_sealed }: Pick<AccountRow, 'id' | 'totp_sealed'>, digits: string, now: Date): boolean =>
  totp_sealed !== null && stepOf(openTotp(id, totp_sealed), digits, now) !== null

export const wrongDigits = (field: string): Refusal => {
  const message = '动态口令不对或已经用过，请等下一组数字；一直不对请检查手机时间'
  return invalid('totp-wrong', message, { [field]: [message] })
}
