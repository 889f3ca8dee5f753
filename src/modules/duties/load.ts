import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#kernel/database.ts'
import { COMMITTEE_POSTS } from '#modules/organisation/contract.ts'
import type { DutyKind } from './contract.ts'
import { historiesOf, type OrgFact } from './history.ts'
import type { Exemption, Held, Known, Rule } from './owed.ts'

const STRUCTURE = ['org.founded', 'org.placed', 'org.dissolved', 'org.merged']
const PEOPLE = ['membership.began', 'membership.ended', 'standing.changed']

/** Reads from the given relation of facts what the duties of these organisations in these days depend on, in four statements. */
export async function knownFrom(db: Db, facts: RawBuilder<unknown>, orgIds: readonly string[], from: string, to: string): Promise<Known> {
  const ids = sql`any(${[...orgIds]}::uuid[])`
  const columns = sql`kind, org_id as "orgId", subject, person_id as "personId", happened_on as "happenedOn", body`
  const order = sql`order by happened_on, recorded_at, id`
  const [structure, people, rules, meetings] = await Promise.all([
    sql<OrgFact>`select ${columns} from ${facts} f where kind = any(${STRUCTURE}) ${order}`.execute(db),
    sql<OrgFact>`select ${columns} from ${facts} f where org_id = ${ids} and happened_on <= ${to}
      and (kind = any(${PEOPLE}) or (kind = any(${['post.began', 'post.ended']}) and body->>'role' = any(${[...COMMITTEE_POSTS]}))) ${order}`.execute(
      db,
    ),
    sql<OrgFact>`select ${columns} from ${facts} f where kind in ('rule.adopted', 'rule.ended', 'exemption.granted', 'exemption.withdrawn') ${order}`.execute(
      db,
    ),
    sql<OrgFact & { id: string }>`select id, ${columns} from ${facts} f where org_id = ${ids}
      and kind in ('meeting.held', 'meeting.corrected', 'meeting.cancelled') order by recorded_at, id`.execute(db),
  ])
  return {
    histories: historiesOf([...structure.rows, ...people.rows]),
    ...rulesFrom(rules.rows),
    held: heldFrom(meetings.rows, from, to),
  }
}

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

/** The meetings as they stand after corrections and cancellations, by organisation, in order of days. */
function heldFrom(facts: readonly (OrgFact & { id: string })[], from: string, to: string): Map<string, Held[]> {
  const meetings = new Map<string, Held>()
  for (const { kind, id, subject, orgId, happenedOn, body } of facts) {
    if (kind === 'meeting.cancelled') meetings.delete(subject)
    else {
      const { kinds, entitled, entitledPresent, heldOn } = body as unknown as Held & { heldOn?: string }
      meetings.set(subject, { factId: id, meetingId: subject, orgId, on: heldOn ?? happenedOn, kinds, entitled, entitledPresent })
    }
  }
  const inSpan = [...meetings.values()].filter((m) => m.on >= from && m.on <= to).sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))
  return Map.groupBy(inSpan, (m) => m.orgId) as Map<string, Held[]>
}
