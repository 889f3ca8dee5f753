import { sql } from 'kysely'
import type { Db } from '#kernel/database.ts'
import type { Keys } from '#runtime/keys.ts'
import { refusal } from '#runtime/refusal.ts'

/** Refuses to go on when the database holds fields that were sealed with a key that is not here, before anybody meets one of them. */
export async function assertFieldKeys(db: Db, { fields }: Pick<Keys, 'fields'>): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    (select split_part(coalesce(id_sealed, phone_sealed, address_sealed), '.', 2) as id from members.profile
      where coalesce(id_sealed, phone_sealed, address_sealed) is not null limit 1)
    union (select split_part(totp_sealed, '.', 2) from identity.account where totp_sealed is not null limit 1)`.execute(db)
  if (rows.every(({ id }) => fields.byId.has(id))) return
  throw refusal(
    'field-key-missing',
    '数据库里有加密的身份证号、电话、住址或动态口令，是用另一把密钥加密的，这里的 keys/keys.json 打不开。请从备份取回原来的 keys/keys.json；没有它，这些内容读不出来',
  )
}
