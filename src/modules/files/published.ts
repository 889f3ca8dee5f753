import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Db } from '#kernel/database.ts'
import { invalid } from '#kernel/errors.ts'
import { NOWHERE, newId } from '#kernel/id.ts'
import type { Ctx } from '#kernel/operation.ts'
import { type FileCard, type FileKind, LOOSE_DAYS } from './contract.ts'
import { contentOf, sweepObjects } from './store.ts'
import { tables } from './tables.ts'

export { type Held, readersOf } from './readers.ts'

/** What holds files: an operation's record of one organisation. */
export interface Holder {
  orgId: string
  /** `module.noun`, as 'development.step'. */
  subject: string
  subjectId: string
  /** The capability with which the record, and so its files, are read at that organisation. */
  readWith: string
  /** The person whom the record is about, who reads the files as well. */
  aboutId?: string
}

/**
 * Makes files that the actor has sent part of a record, in the record's own transaction. Refuses, at the input's `field`, files that are
 * not the actor's, belong to another organisation, or are held by a record already.
 */
export async function attachFiles(ctx: Ctx, ids: readonly string[], holder: Holder, field = 'files'): Promise<void> {
  if (ids.length === 0) return
  const { orgId, subject, subjectId, readWith, aboutId = null } = holder
  const { rows } = await sql<{ id: string }>`
    update files.file set subject = ${subject}, subject_id = ${subjectId}, read_with = ${readWith}, about_id = ${aboutId}, taken_at = ${ctx.now}
    where org_id = ${orgId} and id = any(${[...new Set(ids)]}::uuid[]) and subject is null
      and sent_by = ${ctx.actor.personId ?? ctx.actor.accountId} returning id`.execute(ctx.db)
  if (rows.length === new Set(ids).size) return
  const why = `有 ${new Set(ids).size - rows.length} 个附件已经不在（上传后 ${LOOSE_DAYS} 天内没有存入，或已存入别的记录），请重新上传`
  throw invalid('file-gone', why, { [field]: [why] })
}

/** The files that these records hold, by record, in the order in which they came; those removed are left out. */
export async function filesOf(db: Db, subject: string, subjectIds: readonly string[]): Promise<Map<string, FileCard[]>> {
  const { rows } = await sql<FileCard & { subjectId: string; at: string }>`
    select f.subject_id as "subjectId", f.id, f.name, f.kind, f.bytes, f.sent_at as at, coalesce(p.name, '') as by,
      c.thumbnail is not null as thumbnail
    from files.file f left join files.content c on c.org_id = f.org_id and c.file_id = f.id left join organisation.person p on p.id = f.sent_by
    where f.subject_id = any(${[...subjectIds]}::uuid[]) and f.subject = ${subject} and f.removed_at is null
    order by f.taken_at, f.id`.execute(db)
  const cards = rows.map(({ at, ...card }) => ({ ...card, at: new Date(at).toISOString() }))
  return new Map([...Map.groupBy(cards, (c) => c.subjectId)].map(([id, of]) => [id, of.map(({ subjectId: _, ...card }) => card)]))
}

/** Takes a file out of its record and deletes what was in it; its name, who took it out, when and why remain. False if the record does not hold it. */
export async function removeFile(
  ctx: Ctx,
  id: string,
  { orgId, subject, subjectId }: Omit<Holder, 'readWith'>,
  why: string,
): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    update files.file set removed_at = ${ctx.now}, removed_by = ${ctx.actor.personId}, removed_why = ${why}
    where org_id = ${orgId} and id = ${id} and subject = ${subject} and subject_id = ${subjectId} and removed_at is null
    returning id`.execute(ctx.db)
  if (rows.length > 0) await sql`delete from files.content where org_id = ${orgId} and file_id = ${id}`.execute(ctx.db)
  return rows.length > 0
}

/** Deletes files that no record took in time, and what no file points to in the bucket. For a job, once a day. */
export async function sweepFiles(db: Db, now = new Date()): Promise<void> {
  const before = new Date(now.getTime() - LOOSE_DAYS * 86_400_000)
  await sql`delete from files.file where subject is null and sent_at < ${before}`.execute(db)
  await sweepObjects(db, now)
}

/** The text found in the files that these records hold, by record. */
export async function wordsOfFiles(db: Db, subjectIds: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ subjectId: string; words: string }>`
    select f.subject_id as "subjectId", string_agg(f.name || E'\\n' || c.words, E'\\n' order by f.id) as words
    from files.file f join files.content c on c.org_id = f.org_id and c.file_id = f.id
    where f.subject_id = any(${[...subjectIds]}::uuid[]) and f.removed_at is null group by 1`.execute(db)
  return new Map(rows.map((r) => [r.subjectId, r.words]))
}

/** Keeps bytes that a module has checked itself as a file of its record; answers its id. */
export async function keepFile(
  ctx: Ctx,
  file: { name: string; kind: FileKind; data: Buffer; words: string },
  holder: Holder,
): Promise<string> {
  const { name, kind, data, words } = file
  const id = newId()
  const sha256 = createHash('sha256').update(data).digest('hex')
  // The console of the machine is nobody's account.
  const sent = { sent_by: ctx.actor.personId ?? ctx.actor.accountId ?? NOWHERE, sent_at: ctx.now }
  const { orgId, subject, subjectId, readWith, aboutId = null } = holder
  const held = { subject, subject_id: subjectId, read_with: readWith, about_id: aboutId, taken_at: ctx.now }
  await tables(ctx)
    .insertInto('files.file')
    .values({ org_id: orgId, id, name: name.slice(-200), kind, bytes: data.length, sha256, ...sent, ...held })
    .execute()
  await tables(ctx).insertInto('files.content').values({ org_id: orgId, file_id: id, bytes: data, words }).execute()
  return id
}

/** What is in a file that a record of this organisation holds. */
export const bytesOfFile = async (ctx: Pick<Ctx, 'db'>, orgId: string, id: string): Promise<Buffer> =>
  (await contentOf(ctx.db, orgId, id))()

export { fileServices, storedOutside } from './store.ts'
