import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#kernel/database.ts'
import { holdsOn } from '#kernel/dated.ts'
import { cardRows, type OrgCard } from '#modules/organisation/published.ts'
import type { Standing, Suspension } from './contract.ts'

export interface RosterPerson {
  personId: string
  name: string
  staffNo: string | null
  standing: Standing
  /** Stands on this roster because a source said so, or derived (推定). */
  inferred: boolean
  /** May vote that day: full member without suspended rights (选举条例第五条). */
  entitled: boolean
  /** Why not, in Chinese; empty when entitled. */
  reason: string
}

/** The roster of one organisation as on `day` (YYYY-MM-DD), with its groups below; 应到 and voting bases come from this. */
export async function rosterOn(db: Db, orgId: string, day: string): Promise<RosterPerson[]> {
  const { rows } = await sql<RosterRow>`${rosterRows(sql`${orgId}`, day)} order by p.name collate "zh-x-icu", p.id`.execute(db)
  return rows.map(personOf)
}

/** An organisation as it is today and its roster of a day, in one round trip; undefined if there is no such organisation. */
export async function orgWithRoster(db: Db, orgId: string, day: string): Promise<{ org: OrgCard; roster: RosterPerson[] } | undefined> {
  const { rows } = await sql<OrgCard & { roster: RosterRow[] }>`${cardRows},
      (select coalesce(jsonb_agg(r), '[]') from (${rosterRows(sql`o.id`, day)} order by p.name collate "zh-x-icu", p.id) r) as roster
    from organisation.org o where o.id = ${orgId}`.execute(db)
  const [row] = rows
  if (!row) return undefined
  const { roster, ...org } = row
  return { org, roster: roster.map(personOf) }
}

type RosterRow = Omit<RosterPerson, 'entitled' | 'reason'> & { suspended: Suspension | null }

const personOf = ({ suspended, ...row }: RosterRow): RosterPerson => ({ ...row, ...rightsOf(row.standing, suspended) })

function rosterRows(orgId: RawBuilder<unknown>, day: string): RawBuilder<RosterRow> {
  const on = sql`${day}::date`
  return sql`select m.person_id as "personId", p.name, p.staff_no as "staffNo", s.standing, m.inferred,
      coalesce(d.cause, x.cause) as suspended
    from organisation.org top join organisation.org u on u.path >= top.path and u.path < top.path || '~'
    join members.membership m on m.org_id = u.id and ${holdsOn('m.valid', on)}
    join organisation.person p on p.id = m.person_id
    join members.standing s on s.person_id = m.person_id and ${holdsOn('s.valid', on)}
    left join members.suspension x on x.person_id = m.person_id and x.cause = 'onProbation' and ${holdsOn('x.valid', on)}
    left join members.suspension d on d.person_id = m.person_id and d.cause = 'detained' and ${holdsOn('d.valid', on)}
    where top.id = ${orgId} and s.standing in ('fullMember', 'probationaryMember')`
}

function rightsOf(standing: Standing, suspended: Suspension | null): { entitled: boolean; reason: string } {
  if (standing === 'probationaryMember') return { entitled: false, reason: '预备党员没有表决权' }
  if (suspended === 'onProbation') return { entitled: false, reason: '留党察看期间没有表决权' }
  if (suspended === 'detained') return { entitled: false, reason: '被依法留置、逮捕，党员权利中止' }
  return { entitled: true, reason: '' }
}

export { type Membership, restoreRights, suspendRights } from './changes.ts'
export { birthOf, type Developing, developingPerson, developStandings, endDeveloping, enlistApplicant } from './developing.ts'
export { type Door, onDoor } from './doors.ts'
export { lifeText } from './life.ts'
export { lockPerson } from './locking.ts'
export { markAway } from './marking.ts'
export { type Arrival, correctStay, moveMember, receive, rosterOfLocked, seeOff } from './moving.ts'
export { rebuildMembers } from './rebuild.ts'
export { takeBackRights } from './rights.ts'
export { memberServices, openText, sealText } from './sealed.ts'
export { type TakenPerson, takeRoster } from './takeRoster.ts'
