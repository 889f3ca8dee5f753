import { sql } from 'kysely'
import { dateAt } from '#kernel/civilDate.ts'
import type { Db } from '#kernel/database.ts'
import { OFFICERS, OFFICES, type Office, type PasswordProfile, type Stage } from './contract.ts'
import { codeIndex, newCode } from './secrets.ts'

export interface Installation {
  unitName: string | null
  profile: PasswordProfile
  stage: Stage
  /** Offices nobody who has activated their account holds. */
  missing: (typeof OFFICERS)[number][]
}

/** The unit and how far its first run has come on the day of `now`. */
export async function installation(db: Db, now: Date): Promise<Installation> {
  const { rows } = await sql<{ unit_name: string; profile: PasswordProfile; held: Office[] }>`
    select i.unit_name, i.profile, array(select o.office from identity.office o join identity.account a on a.id = o.account_id
      where a.state = 'active' and o.approved_at is not null and o.valid @> ${dateAt(now)}::date) as held
    from identity.installation i where i.id = 1`.execute(db)
  const found = rows[0]
  if (!found) return { unitName: null, profile: 'standard', stage: 'empty', missing: [...OFFICERS] }
  const missing = OFFICERS.filter((office) => !found.held.includes(office))
  return { unitName: found.unit_name, profile: found.profile, stage: missing.length > 0 ? 'officers' : 'ready', missing }
}

/** The line every page shows until three persons hold the three offices. */
export const officersMissing = ({ missing }: Installation): string[] =>
  missing.length > 0 ? [`三员尚未分设：还缺${missing.map((office) => OFFICES[office]).join('、')}`] : []

/** Makes a new code for the first run, to be printed by the program that starts; null when the unit is already set up. */
export async function firstRunCode(db: Db, now = new Date()): Promise<string | null> {
  if ((await installation(db, now)).stage !== 'empty') return null
  const code = newCode()
  await sql`insert into identity.first_run (id, code_index, made_at) values (1, ${codeIndex(code)}, ${now})
    on conflict (id) do update set code_index = excluded.code_index, made_at = excluded.made_at`.execute(db)
  return code
}
