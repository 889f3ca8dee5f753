import { sql } from 'kysely'
import { beyond } from '#kernel/actor.ts'
import type { Db } from '#kernel/database.ts'
import { holdsOn } from '#kernel/dated.ts'
import type { Standing } from './contract.ts'

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
export async function rosterOn(db: Db, orgPath: string, day: string): Promise<RosterPerson[]> {
  const on = sql`${day}::date`
  const { rows } = await sql<Omit<RosterPerson, 'entitled' | 'reason'> & { suspended: string | null }>`
    select m.person_id as "personId", p.name, p.staff_no as "staffNo", s.standing, m.inferred, x.cause as suspended
    from organisation.org o
    join members.membership m on m.org_id = o.id and ${holdsOn('m.valid', on)}
    join organisation.person p on p.id = m.person_id
    join members.standing s on s.person_id = m.person_id and ${holdsOn('s.valid', on)}
    left join members.suspension x on x.person_id = m.person_id and ${holdsOn('x.valid', on)}
    where o.path >= ${orgPath} and o.path < ${beyond(orgPath)} and s.standing in ('fullMember', 'probationaryMember')
    order by p.name collate "zh-x-icu", p.id`.execute(db)
  return rows.map(({ suspended, ...row }) => ({ ...row, ...rightsOf(row.standing, suspended) }))
}

function rightsOf(standing: Standing, suspended: string | null): { entitled: boolean; reason: string } {
  if (standing === 'probationaryMember') return { entitled: false, reason: '预备党员没有表决权' }
  if (suspended === 'onProbation') return { entitled: false, reason: '留党察看期间没有表决权' }
  if (suspended === 'detained') return { entitled: false, reason: '被依法留置、逮捕，党员权利中止' }
  return { entitled: true, reason: '' }
}

export { rebuildMembers } from './rebuild.ts'
export { memberServices } from './sealed.ts'
