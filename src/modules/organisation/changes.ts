import { sql } from 'kysely'
import { dateAt } from '#kernel/civilDate.ts'
import { json } from '#kernel/database.ts'
import { type DatedTable, endAt, holdFrom } from '#kernel/dated.ts'
import { conflict, invalid } from '#kernel/errors.ts'
import type { FactCtx } from '#ledger/facts.ts'
import type { OrgKind } from './contract.ts'
import type { OrgCard } from './published.ts'
import { record } from './record.ts'
import { childrenFrom, end, placeAnew, type Structure, spanOn } from './structure.ts'
import { changeTree, PARTY } from './trees.ts'

const NAMING: DatedTable = { table: PARTY.naming, key: ['org_id'] }

/** From `on` the organisation has another name; what was written before keeps the old one. */
export async function renameOrg(ctx: FactCtx, org: OrgCard, on: string, name: string, shortName: string | null): Promise<void> {
  assertAlive(org, on)
  await holdFrom(ctx.db, NAMING, { org_id: org.id }, on, { name, short_name: shortName })
  await changeTree(ctx.db, PARTY, dateAt(ctx.now), () => {})
  record(ctx, 'org.renamed', { subject: org.id, orgId: org.id, happenedOn: on, body: {} })
}

/** From `on` the organisation, with all below it, stands under another superior or is of another kind. */
export async function moveOrg(ctx: FactCtx, org: OrgCard, on: string, to: { parentId: string | null; kind: OrgKind }): Promise<void> {
  assertAlive(org, on)
  await changeTree(ctx.db, PARTY, dateAt(ctx.now), (structure) => placed(ctx, structure, org.id, on, to))
}

/** What goes with an organisation when it ends: a higher module moves or refuses here, in the same transaction. */
export type WhenEnding = (ctx: FactCtx, org: OrgCard, on: string, into: OrgCard | null) => Promise<void>
const whenEnding: WhenEnding[] = []

/** Called by a higher module when it is loaded, so that what it keeps follows a merger or stands in the way of a dissolution. */
export const onEndingOfOrg = (then: WhenEnding): void => void whenEnding.push(then)

/** From `on` the organisation has gone into another: its subordinates, members and covered units with it; posts and term end. */
export async function mergeOrg(ctx: FactCtx, org: OrgCard, on: string, into: OrgCard): Promise<void> {
  assertAlive(org, on)
  assertAlive(into, on)
  if (into.id === org.id) throw conflict('merge-into-itself', '不能并入自己，请另选一个党组织')
  if (into.path.startsWith(org.path)) throw conflict('merge-below', '不能并入自己的下级，请先把下级移出')
  await closeOrg(ctx, org, on, into.id, (structure) => {
    for (const child of childrenFrom(structure, org.id, on)) {
      const at = spanOn(structure, child, on)
      if (at?.parentId !== org.id) throw conflict('child-comes-later', '还有下级党组织定于合并之后才挂到它下面，请先改那一项')
      placed(ctx, structure, child, on, { parentId: into.id, kind: at.value as OrgKind })
    }
  })
  for (const then of whenEnding) await then(ctx, org, on, into)
  record(ctx, 'org.merged', { subject: org.id, orgId: org.id, happenedOn: on, body: { intoId: into.id } })
}

/** From `on` the organisation is no more. Subordinates and members must have gone before. */
export async function dissolveOrg(ctx: FactCtx, org: OrgCard, on: string): Promise<void> {
  assertAlive(org, on)
  await closeOrg(ctx, org, on, null, (structure) => {
    if (childrenFrom(structure, org.id, on).length > 0) throw conflict('has-subordinates', '它下面还有党组织，请先移走、合并或撤销这些下级')
  })
  for (const then of whenEnding) await then(ctx, org, on, null)
  record(ctx, 'org.dissolved', { subject: org.id, orgId: org.id, happenedOn: on, body: {} })
}

function placed(
  ctx: FactCtx,
  structure: Structure<string | boolean>,
  id: string,
  on: string,
  to: { parentId: string | null; kind: OrgKind },
) {
  placeAnew(structure, id, on, { parentId: to.parentId, value: to.kind })
  record(ctx, 'org.placed', { subject: id, orgId: id, happenedOn: on, body: to })
}

async function closeOrg(ctx: FactCtx, org: OrgCard, on: string, into: string | null, before: (s: Structure<string | boolean>) => void) {
  await sql`update organisation.org set dissolved_on = ${on}, successor_id = ${into} where id = ${org.id}`.execute(ctx.db)
  await endAt(ctx.db, NAMING, { org_id: org.id }, on)
  await changeTree(ctx.db, PARTY, dateAt(ctx.now), (structure) => {
    before(structure)
    end(structure, org.id, on)
  })
  await endPostsOf(ctx, org.id, on)
  await endCoverageOf(ctx, org.id, on, into)
  await sql`delete from organisation.term where org_id = ${org.id} and lower(valid) >= ${on}::date`.execute(ctx.db)
  await sql`update organisation.term set valid = daterange(lower(valid), ${on}::date)
    where org_id = ${org.id} and valid @> ${on}::date`.execute(ctx.db)
}

async function endPostsOf(ctx: FactCtx, orgId: string, on: string) {
  const { rows } = await sql<{ id: string; personId: string; role: string; from: string }>`
    select id, person_id as "personId", role, lower(valid) as "from" from organisation.post
    where org_id = ${orgId} and (upper(valid) is null or upper(valid) > ${on}::date) for update`.execute(ctx.db)
  if (rows.some(({ from }) => from >= on)) throw conflict('post-comes-later', '还有定于这一天以后开始的任职，请先撤回那些任职')
  await sql`update organisation.post set valid = daterange(lower(valid), ${on}::date), version = version + 1
    where id = any(${rows.map(({ id }) => id)}::uuid[])`.execute(ctx.db)
  for (const { id, personId, role } of rows)
    record(ctx, 'post.ended', { subject: id, orgId, personId, happenedOn: on, body: { role: role as 'committeeMember' } })
}

const COVERAGE: DatedTable = { table: 'organisation.coverage', key: ['org_id', 'unit_id'] }

async function endCoverageOf(ctx: FactCtx, orgId: string, on: string, into: string | null) {
  const { rows } = await sql<{ unitId: string }>`select unit_id as "unitId" from organisation.coverage
    where org_id = ${orgId} and (upper(valid) is null or upper(valid) > ${on}::date)`.execute(ctx.db)
  for (const { unitId } of rows) {
    await endCoverage(ctx, orgId, unitId, on)
    if (into) await beginCoverage(ctx, into, unitId, on)
  }
}

/** From `on` the organisation covers the administrative unit. */
export async function beginCoverage(ctx: FactCtx, orgId: string, unitId: string, on: string): Promise<void> {
  await holdFrom(ctx.db, COVERAGE, { org_id: orgId, unit_id: unitId }, on, {})
  record(ctx, 'coverage.began', { subject: orgId, orgId, happenedOn: on, body: { unitId } })
}

/** Many of them, of pairs that have never been before, in one statement. */
export async function beginCoverages(ctx: FactCtx, pairs: readonly { orgId: string; unitId: string; on: string }[]): Promise<void> {
  if (pairs.length === 0) return
  await sql`insert into organisation.coverage (org_id, unit_id, valid) select "orgId", "unitId", daterange("on", null)
    from jsonb_to_recordset(${json(pairs)}) as t("orgId" uuid, "unitId" uuid, "on" date)`.execute(ctx.db)
  for (const { orgId, unitId, on } of pairs) record(ctx, 'coverage.began', { subject: orgId, orgId, happenedOn: on, body: { unitId } })
}

export async function endCoverage(ctx: FactCtx, orgId: string, unitId: string, on: string): Promise<void> {
  await endAt(ctx.db, COVERAGE, { org_id: orgId, unit_id: unitId }, on)
  record(ctx, 'coverage.ended', { subject: orgId, orgId, happenedOn: on, body: { unitId } })
}

/** A change of the organisation itself takes effect after its founding and before its end. */
export function assertAlive({ foundedOn, dissolvedOn }: Pick<OrgCard, 'foundedOn' | 'dissolvedOn'>, on: string): void {
  if (on <= foundedOn) throw invalid('before-founding', `它 ${foundedOn} 才成立，请填之后的日期`, { on: [`请填 ${foundedOn} 之后的日期`] })
  if (dissolvedOn) throw conflict('gone', `它自 ${dissolvedOn} 起已不再存在，不能再改`)
}
