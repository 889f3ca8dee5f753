import { sql } from 'kysely'
import { dateAt } from '#kernel/civilDate.ts'
import type { Ctx } from '#kernel/operation.ts'
import type { FileKind } from './contract.ts'
import { readsToo } from './readers.ts'

interface Row {
  id: string
  orgId: string
  path: string
  name: string
  kind: FileKind
  sentBy: string
  subject: string | null
  subjectId: string | null
  readWith: string | null
  aboutId: string | null
  removedAt: Date | null
  removedWhy: string | null
}

/**
 * A file as the actor may see it: with the capability with which its record is read, there; or who the record is about; or who its
 * module says reads it too; or who sent it, as long as no record holds it. Undefined for everybody else.
 */
export async function seen(ctx: Ctx, id: string): Promise<(Row & { removedOn: string }) | undefined> {
  const { rows } = await sql<Row>`
    select f.id, f.org_id as "orgId", o.path, f.name, f.kind, f.sent_by as "sentBy", f.subject,
      f.subject_id as "subjectId", f.read_with as "readWith", f.about_id as "aboutId",
      f.removed_at as "removedAt", f.removed_why as "removedWhy"
    from files.file f join organisation.org o on o.id = f.org_id where f.id = ${id}`.execute(ctx.db)
  const [file] = rows
  if (!file || !(mayRead(ctx, file) || (await readBesides(ctx, file)))) return undefined
  return { ...file, removedOn: file.removedAt ? dateAt(file.removedAt) : '' }
}

function mayRead({ actor }: Ctx, { readWith, path, aboutId, sentBy }: Row): boolean {
  const me = actor.personId ?? actor.accountId
  if (readWith === null) return sentBy === me
  return actor.holds(readWith, path) === true || (aboutId !== null && aboutId === me)
}

const readBesides = async (ctx: Ctx, { id, orgId, path, subject, subjectId }: Row): Promise<boolean> =>
  subject !== null && subjectId !== null && (await readsToo(ctx, subject, { fileId: id, orgId, path, subjectId }))
