import { sql } from 'kysely'
import { invalid } from '#kernel/errors.ts'
import { newId } from '#kernel/id.ts'
import type { Ctx } from '#kernel/operation.ts'
import { fits, hashed } from './hashing.ts'
import { installation } from './installation.ts'
import { RULES } from './rules.ts'
import { tables } from './tables.ts'
import { weaknessOf } from './weakness.ts'

export interface Choice {
  password: string
  /** The field of the form, for the message. */
  field: string
  /** Names that must not stand in it, besides the unit's. */
  words: readonly string[]
  /** Whose former passwords may not come back; null for a new account. */
  accountId: string | null
}

/** The hash of a password that keeps the rules of the profile in force; refuses with the reason. Hold no transaction here. */
export async function hashOfChoice(ctx: Ctx, { password, field, words, accountId }: Choice): Promise<string> {
  const { unitName, profile } = await installation(ctx.db, ctx.now)
  const rules = RULES[profile]
  const weak = weaknessOf(password, [...words, ...unitWords(unitName ?? '')], rules.kinds)
  if (weak) throw invalid('weak-password', weak, { [field]: [weak] })
  for (const former of accountId ? await formerHashes(ctx, accountId, rules.former) : [])
    if (await fits(ctx, former, password)) {
      const message = rules.former > 1 ? `最近 ${rules.former} 次用过的密码不能再用` : '新密码和现在的一样，请换一个'
      throw invalid('former-password', message, { [field]: [message] })
    }
  return hashed(ctx, password)
}

/** 示例矿业集团有限公司 is also looked for as 示例矿业集团 and 示例矿业. */
const unitWords = (name: string) => [name, name.replace(/(股份|有限|责任|公司)+$/, ''), name.replace(/(集团|股份|有限|责任|公司)+$/, '')]

async function formerHashes(ctx: Ctx, accountId: string, howMany: number): Promise<string[]> {
  const { rows } = await sql<{ password_hash: string }>`select password_hash from identity.former_password
    where account_id = ${accountId} order by id desc limit ${howMany}`.execute(ctx.db)
  return rows.map((row) => row.password_hash)
}

/** Puts a new password in force. Whoever calls decides which sessions end. */
export async function setPassword(ctx: Ctx, accountId: string, hash: string): Promise<void> {
  await tables(ctx)
    .updateTable('identity.account')
    .set((eb) => ({ password_hash: hash, password_at: ctx.now, state: 'active', version: eb('version', '+', 1) }))
    .where('id', '=', accountId)
    .execute()
  await tables(ctx).insertInto('identity.former_password').values({ id: newId(), account_id: accountId, password_hash: hash }).execute()
}

/** The same password, hashed with today's parameters. */
export const setHash = (ctx: Ctx, accountId: string, hash: string) =>
  tables(ctx).updateTable('identity.account').set({ password_hash: hash }).where('id', '=', accountId).execute()
