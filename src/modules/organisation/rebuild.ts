import { sql } from 'kysely'
import { type Db, json } from '#kernel/database.ts'
import { held, type Span, until } from '#kernel/spans.ts'
import { ledgerAsOf } from '#ledger/reading.ts'
import { organisationFacts } from './contract.ts'
import { end, layPaths, place, type Structure } from './structure.ts'
import { PARTY, refreshPaths, replaceTree, type Tree, UNITS } from './trees.ts'

interface OrgFact {
  kind: string
  subject: string
  orgId: string
  personId: string | null
  happenedOn: string
  body: Record<string, any>
}

/**
 * Drops the dated tables of structure, posts, terms and coverage and makes them again from the facts, all or those up to `through`.
 * Names are no facts and stay. `day` is today.
 */
export async function rebuildOrganisation(db: Db, day: string, through?: number): Promise<void> {
  const { rows: facts } = await sql<OrgFact>`
    select f.kind, f.subject, f.org_id as "orgId", f.person_id as "personId", f.happened_on as "happenedOn", f.body
    from ${ledgerAsOf(through)} f where f.kind = any(${Object.keys(organisationFacts)}::text[])
    order by f.recorded_at, f.id`.execute(db)
  await rebuildTree(db, PARTY, facts, 'org', (body) => body.kind)
  await rebuildTree(db, UNITS, facts, 'unit', (body) => body.independentLegalPerson)
  await rebuildPosts(db, facts)
  await rebuildTerms(db, facts)
  await rebuildCoverage(db, facts)
  await rebuildEmployment(db, facts)
  for (const tree of [PARTY, UNITS]) await refreshPaths(db, tree, day)
}

async function rebuildTree(
  db: Db,
  tree: Tree,
  facts: readonly OrgFact[],
  noun: string,
  dated: (body: OrgFact['body']) => string | boolean,
) {
  const { rows } = await sql<{ id: string; key: string }>`select id, key from ${sql.table(tree.node)}`.execute(db)
  const structure: Structure<string | boolean> = new Map(rows.map(({ id, key }) => [id, { key, spans: [] }]))
  const mine = facts.filter(({ subject }) => structure.has(subject))
  for (const { kind, subject, happenedOn, body } of mine)
    if (kind === `${noun}.founded` || kind === `${noun}.placed`)
      place(structure, subject, happenedOn, { parentId: body.parentId, value: dated(body) })
  // Last of all: what was corrected afterwards brings nothing back that had gone.
  for (const { kind, subject, happenedOn } of mine)
    if (kind === `${noun}.dissolved` || kind === `${noun}.merged`) end(structure, subject, happenedOn)
  await replaceTree(db, tree, layPaths(structure))
}

async function rebuildPosts(db: Db, facts: readonly OrgFact[]) {
  const ended = new Map(facts.filter(({ kind }) => kind === 'post.ended').map(({ subject, happenedOn }) => [subject, happenedOn]))
  const posts = facts
    .filter(({ kind }) => kind === 'post.began')
    .map(({ subject: id, orgId, personId, happenedOn: from, body }) => ({ id, orgId, personId, from, to: ended.get(id) ?? null, ...body }))
  await sql`delete from organisation.post`.execute(db)
  await sql`insert into organisation.post (id, org_id, person_id, role, full_time, valid)
    select id, "orgId", "personId", role, "fullTime", daterange("from", "to") from jsonb_to_recordset(${json(posts)})
      as t(id uuid, "orgId" uuid, "personId" uuid, role text, "fullTime" boolean, "from" date, "to" date)`.execute(db)
}

async function rebuildTerms(db: Db, facts: readonly OrgFact[]) {
  const rows = [...Map.groupBy(facts, ({ subject }) => subject)].flatMap(([orgId, mine]) =>
    termsFrom(mine).map((term) => ({ orgId, ...term })),
  )
  await sql`delete from organisation.term`.execute(db)
  await sql`insert into organisation.term (org_id, valid) select "orgId", daterange("from", "to")
    from jsonb_to_recordset(${json(rows)}) as t("orgId" uuid, "from" date, "to" date)`.execute(db)
}

/** A term lasts until its own end, the next one's begin, or the end of the organisation, whichever comes first. */
export function termsFrom(facts: readonly Pick<OrgFact, 'kind' | 'happenedOn' | 'body'>[]): { from: string; to: string }[] {
  let terms: { from: string; to: string }[] = []
  for (const { kind, happenedOn, body } of facts) {
    if (kind === 'term.began') terms = begun(terms, happenedOn, body.until)
    if (kind === 'term.extended') terms = terms.map((t) => (t.from === happenedOn ? { ...t, to: body.until } : t))
  }
  const gone = facts.find(({ kind }) => kind === 'org.dissolved' || kind === 'org.merged')?.happenedOn
  return gone === undefined ? terms : terms.filter((t) => t.from < gone).map((t) => (t.to > gone ? { ...t, to: gone } : t))
}

function begun(terms: readonly { from: string; to: string }[], from: string, to: string): { from: string; to: string }[] {
  const before = terms.filter((t) => t.from < from).map((t) => (t.to > from ? { ...t, to: from } : t))
  const after = terms.filter((t) => t.from > from)
  const next = after[0]?.from
  return [...before, { from, to: next !== undefined && next < to ? next : to }, ...after]
}

async function rebuildCoverage(db: Db, facts: readonly OrgFact[]) {
  const rows = pairsFrom(facts, 'coverage', ({ orgId }) => orgId)
  await sql`delete from organisation.coverage`.execute(db)
  await sql`insert into organisation.coverage (org_id, unit_id, valid) select key, "unitId", daterange("from", "to")
    from jsonb_to_recordset(${json(rows)}) as t(key uuid, "unitId" uuid, "from" date, "to" date)`.execute(db)
}

async function rebuildEmployment(db: Db, facts: readonly OrgFact[]) {
  const rows = pairsFrom(facts, 'employment', ({ subject }) => subject)
  await sql`delete from organisation.employment`.execute(db)
  await sql`insert into organisation.employment (person_id, unit_id, valid) select key, "unitId", daterange("from", "to")
    from jsonb_to_recordset(${json(rows)}) as t(key uuid, "unitId" uuid, "from" date, "to" date)`.execute(db)
}

/** When whoever `keyOf` names had to do with a unit, from facts that say it began and ended. */
function pairsFrom(facts: readonly OrgFact[], noun: string, keyOf: (fact: OrgFact) => string) {
  const pairs = new Map<string, Span<null>[]>()
  for (const fact of facts) {
    const key = `${keyOf(fact)}|${fact.body.unitId}`
    if (fact.kind === `${noun}.began`) pairs.set(key, held(pairs.get(key) ?? [], fact.happenedOn, null))
    if (fact.kind === `${noun}.ended`) pairs.set(key, until(pairs.get(key) ?? [], fact.happenedOn))
  }
  return [...pairs].flatMap(([pair, spans]) => {
    const [key, unitId] = pair.split('|')
    return spans.map(({ from, to }) => ({ key, unitId, from, to }))
  })
}
