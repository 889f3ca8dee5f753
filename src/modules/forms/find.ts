import { sql } from 'kysely'
import { beyond } from '#kernel/actor.ts'
import { conflict } from '#kernel/errors.ts'
import type { Ctx } from '#kernel/operation.ts'
import type { FormCard, Layout, Spots } from './contract.ts'

/** A form with what holds of it now. */
export interface Form {
  id: string
  org_id: string
  org_name: string
  path: string
  name: string
  version: number
  ended_at: Date | null
  number: number
  file_id: string
  layout: Layout
  spots: Spots
  changed_name: string
  changed_at: Date
}

/** A form that the actor fills in: one of an organisation at, above or below which they read forms. */
export async function formSeen(ctx: Ctx, id: string, lock = false): Promise<Form | undefined> {
  const find = async () => {
    const { rows } = await sql<Form>`select f.id, f.org_id, o.name as org_name, o.path, f.name, f.version, f.ended_at, e.number, e.file_id,
        e.layout, e.spots, e.changed_name, e.changed_at
      from forms.form f join organisation.org o on o.id = f.org_id
      join forms.edition e on e.org_id = f.org_id and e.form_id = f.id
      where f.id = ${id} order by e.number desc limit 1`.execute(ctx.db)
    return rows[0]
  }
  const found = await find()
  if (!found || !usableBy(ctx, found.path)) return undefined
  if (!lock) return found
  await sql`select from forms.form where org_id = ${found.org_id} and id = ${id} for update`.execute(ctx.db)
  return find()
}

/** A superior's form is there for all below it, so what counts is a place of the actor's own on the same line of the tree. */
const usableBy = ({ actor }: Ctx, path: string) =>
  actor.holds('forms.read', path) === true || actor.grantsOf('forms.read').some((g) => g.path.startsWith(path))

export function assertOpen(form: Form, version: number): void {
  if (form.version !== version)
    throw conflict('stale-version', '你打开之后，别人已经改过。请对照两份内容后再存', {
      mine: { version },
      theirs: { version: form.version },
    })
  if (form.ended_at) throw conflict('form-ended', '这张表已经停用')
}

/** The forms of an organisation, of those above it and of those below, by name. */
export async function formsFor(ctx: Ctx, path: string): Promise<FormCard[]> {
  const { rows } = await sql<{
    id: string
    orgId: string
    orgName: string
    name: string
    spots: Spots
    changedAt: Date
    changedBy: string
  }>`select distinct on (f.org_id, f.id) f.id, f.org_id as "orgId", o.name as "orgName", f.name, e.spots, e.changed_at as "changedAt",
      e.changed_name as "changedBy"
    from organisation.org o join forms.form f on f.org_id = o.id join forms.edition e on e.org_id = f.org_id and e.form_id = f.id
    where f.ended_at is null and (starts_with(${path}, o.path)
      or (o.path >= ${path} and o.path < ${beyond(path)} and ${ctx.actor.within('forms.read', 'o.path')}))
    order by f.org_id, f.id, e.number desc limit 500`.execute(ctx.db)
  return rows
    .map(({ spots, changedAt, ...row }) => ({
      ...row,
      spots: spots.cells.length + spots.lists.reduce((n, l) => n + l.columns.length, 0),
      changedAt: new Date(changedAt).toISOString(),
    }))
    .sort((a, b) => a.name.localeCompare(b.name, 'zh'))
}
