import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#kernel/database.ts'
import { NOWHERE } from '#kernel/id.ts'
import { COMMITTEE_POSTS } from '#modules/organisation/contract.ts'
import type { DutyKind } from './contract.ts'
import { historiesOf, type OrgFact } from './history.ts'
import type { Exemption, Held, Known, Rule } from './owed.ts'

const STRUCTURE = ['org.founded', 'org.placed', 'org.dissolved', 'org.merged']
const RULES = ['rule.adopted', 'rule.ended', 'exemption.granted', 'exemption.withdrawn']
const PEOPLE = ['membership.began', 'membership.ended', 'standing.changed']

/**
 * Reads from the given relation of facts what the duties of these organisations in these days depend on. Only facts of these
 * organisations, of those above them and of the centre are read: the view of one branch does not grow with the number of branches.
 */
export async function knownFrom(db: Db, facts: RawBuilder<unknown>, orgIds: readonly string[], from: string, to: string): Promise<Known> {
  const ids = anyOf(orgIds)
  const structure = await structureOf(db, facts, orgIds)
  const binding = anyOf([...new Set(structure.map((f) => f.orgId)), NOWHERE])
  const [people, rules, meetings] = await Promise.all([
    sql<OrgFact>`select ${columns} from ${facts} f where org_id = ${ids} and happened_on <= ${to}
      and (kind = any(${PEOPLE}) or (kind = any(${['post.began', 'post.ended']}) and body->>'role' = any(${[...COMMITTEE_POSTS]}))) ${order}`.execute(
      db,
    ),
    sql<OrgFact>`select ${columns} from ${facts} f where org_id = ${binding} and kind = any(${RULES}) ${order}`.execute(db),
    // A correction or cancellation may lie far from the day of the meeting; there are few.
    sql<MeetingFact>`select id, kind, org_id as "orgId", subject, happened_on as "happenedOn", body->'kinds' as kinds,
        body->'entitled' as entitled, body->'entitledPresent' as "entitledPresent", body->>'heldOn' as "heldOn"
      from ${facts} f where org_id = ${ids} and (kind = any(${['meeting.corrected', 'meeting.cancelled']})
        or (kind = 'meeting.held' and happened_on >= ${from} and happened_on <= ${to})) order by recorded_at, id`.execute(db),
  ])
  return {
    histories: historiesOf([...structure, ...people.rows]),
    ...rulesFrom(rules.rows),
    held: heldFrom(meetings.rows, from, to),
  }
}

/** The structure of these organisations and of all that ever stood above them, one statement for each level of the tree. */
async function structureOf(db: Db, facts: RawBuilder<unknown>, orgIds: readonly string[]): Promise<OrgFact[]> {
  const found: OrgFact[] = []
  const read = new Set<string>()
  for (let level = [...new Set(orgIds)]; level.length > 0; ) {
    for (const id of level) read.add(id)
    const { rows } = await sql<OrgFact>`select ${columns} from ${facts} f
      where org_id = ${anyOf(level)} and kind = any(${STRUCTURE}) ${order}`.execute(db)
    found.push(...rows)
    const parents = new Set(rows.flatMap(({ body }) => (typeof body.parentId === 'string' ? [body.parentId] : [])))
    level = [...parents].filter((id) => !read.has(id))
  }
  return found
}

const anyOf = (ids: readonly string[]) => sql`any(${[...ids]}::uuid[])`
const columns = sql`kind, org_id as "orgId", subject, person_id as "personId", happened_on as "happenedOn", body`
const order = sql`order by happened_on, recorded_at, id`

function rulesFrom(facts: readonly OrgFact[]): { rules: Rule[]; exemptions: Exemption[] } {
  const rules = new Map<string, Rule>()
  const exemptions = new Map<string, Exemption>()
  for (const { kind, subject, orgId, happenedOn, body } of facts) {
    if (kind === 'rule.adopted') rules.set(subject, { ...(body as unknown as Rule), id: subject, orgId, from: happenedOn, until: null })
    else if (kind === 'exemption.granted') {
      const { duty, from, until } = body as { duty: DutyKind; from: string; until: string }
      exemptions.set(subject, { orgId, duty, from, until })
    } else if (kind === 'exemption.withdrawn') exemptions.delete(subject)
    else {
      const rule = rules.get(subject)
      if (rule) rule.until = happenedOn
    }
  }
  return { rules: [...rules.values()], exemptions: [...exemptions.values()] }
}

interface MeetingFact extends Omit<Held, 'factId' | 'meetingId' | 'on'> {
  id: string
  kind: string
  subject: string
  happenedOn: string
  heldOn: string | null
}

/** The meetings as they stand after corrections and cancellations, by organisation, in order of days. */
function heldFrom(facts: readonly MeetingFact[], from: string, to: string): Map<string, Held[]> {
  const meetings = new Map<string, Held>()
  for (const { kind, id, subject, happenedOn, heldOn, orgId, kinds, entitled, entitledPresent } of facts) {
    if (kind === 'meeting.cancelled') meetings.delete(subject)
    else meetings.set(subject, { factId: id, meetingId: subject, orgId, on: heldOn ?? happenedOn, kinds, entitled, entitledPresent })
  }
  const inSpan = [...meetings.values()].filter((m) => m.on >= from && m.on <= to).sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))
  return Map.groupBy(inSpan, (m) => m.orgId) as Map<string, Held[]>
}
