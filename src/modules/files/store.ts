import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Db } from '#kernel/database.ts'
import { missing } from '#kernel/errors.ts'
import { newId } from '#kernel/id.ts'
import type { ObjectStore } from '#runtime/objectStore.ts'
import { refusal } from '#runtime/refusal.ts'
import { LOOSE_DAYS } from './contract.ts'

let store: ObjectStore | null = null

/** Sets, once at start, the bucket for what is in files; null keeps it in the database. */
export function fileServices(given: { store: ObjectStore | null }): void {
  store = given.store
}

/** What a file's row keeps of its content: the bytes themselves, or the key under which the bucket has them. */
export type Placed = { bytes: Buffer; stored_key: null } | { bytes: null; stored_key: string }

/**
 * Puts what is in a file where the unit keeps files, before the record's transaction: the bucket first, so that no row ever points to
 * nothing. The key is noted beforehand, so that what no row came to point to is found and deleted.
 */
export async function place(db: Db, data: Buffer, now: Date): Promise<Placed> {
  if (!store) return { bytes: data, stored_key: null }
  const key = `files/${newId()}`
  await sql`insert into files.object (key, at) values (${key}, ${now})`.execute(db)
  await store.put(key, data)
  return { bytes: null, stored_key: key }
}

/** Reads what is in a file wherever it was put, and gives it out only if it is what was put there. */
export async function contentOf(db: Db, orgId: string, id: string): Promise<() => Promise<Buffer>> {
  const { rows } = await sql<Placed & { sha256: string }>`select c.bytes, c.stored_key, f.sha256
    from files.content c join files.file f on f.org_id = c.org_id and f.id = c.file_id
    where c.org_id = ${orgId} and c.file_id = ${id}`.execute(db)
  const [row] = rows
  if (!row) throw missing()
  const { bytes, stored_key: key, sha256 } = row
  if (bytes) return async () => bytes
  const from = store
  if (!from) throw refusal('store-not-set', '这个附件存在对象存储里，而现在没有设置对象存储。请系统管理员核对 config/files.json')
  return async () => {
    const found = await from.get(key!)
    if (createHash('sha256').update(found).digest('hex') !== sha256)
      throw refusal('object-changed', '对象存储里的内容和存入时不一样，没有交给你。请系统管理员核对对象存储')
    return found
  }
}

/** Deletes from the bucket what no file has pointed to for days. A key that the bucket does not answer for is tried again the next day. */
export async function sweepObjects(db: Db, now: Date): Promise<void> {
  if (!store) return
  const before = new Date(now.getTime() - LOOSE_DAYS * 86_400_000)
  const { rows } = await sql<{ key: string }>`select b.key from files.object b left join files.content c on c.stored_key = b.key
    where c.stored_key is null and b.at < ${before} order by b.at limit 1000`.execute(db)
  for (const { key } of rows) {
    await store.remove(key)
    await sql`delete from files.object where key = ${key}`.execute(db)
  }
}

/** How many files have their content in a bucket: a backup of this installation does not hold those. */
export async function storedOutside(db: Db): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from files.content where stored_key is not null`.execute(db)
  return rows[0]!.n
}
