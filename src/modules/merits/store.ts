import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#kernel/database.ts'
import type { Ctx } from '#kernel/operation.ts'
import { recorderOf } from '#ledger/facts.ts'
import { openText, sealText } from '#modules/members/published.ts'
import type { Ending, Honour, Level, Nature, Sanction } from './contract.ts'
import { meritFacts } from './contract.ts'

/** What lies sealed: what it was, who gave it, under which number. */
export interface Sealed {
  sanction: Sanction | null
  years: 1 | 2 | null
  honour: Honour | null
  level: Level | null
  /** The honour in its own words. */
  title: string
  by: string
  docNo: string
  note: string
}

export interface Stored {
  org_id: string
  id: string
  person_id: string
  name: string
  /** Where the person stands now, or where it was recorded when they stand nowhere. */
  home_id: string
  path: string
  home_name: string
  nature: Nature
  approved_on: string
  sealed: string
  until: string | null
  ended_on: string | null
  ended_why: Ending | null
  end_doc_no: string | null
  given_fact: string
  rights_facts: string[]
  version: number
}

export const record = recorderOf(meritFacts)

/** The columns of a `Stored` of `merits.record r`, with the person `p` and the home `o`. */
export const storedRows = sql`select r.org_id, r.id, r.person_id, p.name, o.id as home_id, o.path, o.name as home_name, r.nature,
    r.approved_on, r.sealed, r.until, r.ended_on, r.ended_why, r.end_doc_no, r.given_fact, r.rights_facts, r.version
  from merits.record r join organisation.person p on p.id = r.person_id
  left join members.membership m on m.person_id = r.person_id and upper(m.valid) is null
  join organisation.org o on o.id = coalesce(m.org_id, r.org_id)`

/** What of rewards and sanctions the actor reads at those homes. */
export const readable = ({ actor }: Pick<Ctx, 'actor'>): RawBuilder<boolean> =>
  sql<boolean>`((r.nature = 'reward' and ${actor.within('merits.read', 'o.path')})
    or (r.nature = 'sanction' and ${actor.within('merits.discipline', 'o.path')}))`

/** The record, held for a change, where the actor may read it. */
export async function lockedRecord(ctx: Pick<Ctx, 'db' | 'actor'>, { id }: { id: string }): Promise<Stored | undefined> {
  const { rows: at } = await sql<{ org_id: string }>`select org_id from merits.record where id = ${id}`.execute(ctx.db)
  if (!at[0]) return undefined
  await sql`select from merits.record where org_id = ${at[0].org_id} and id = ${id} for update`.execute(ctx.db)
  const { rows } = await sql<Stored>`${storedRows} where r.id = ${id} and ${readable(ctx)}`.execute(ctx.db)
  return rows[0]
}

const placeOf = (id: string) => ({ table: 'merits.record', column: 'sealed', row: id })

export const seal = (id: string, what: Sealed): string => sealText(placeOf(id), JSON.stringify(what))

export const unseal = ({ id, sealed }: Pick<Stored, 'id' | 'sealed'>): Sealed => JSON.parse(openText(placeOf(id), sealed)) as Sealed

/** On a day the sanction `r` weighs: 留党察看 until two years after the rights are restored, so without end while they are not. */
export const weighsOn = (day: string): RawBuilder<boolean> =>
  sql<boolean>`(r.nature = 'sanction' and (r.until > ${day}::date or ${unrestored})
    and r.ended_why is distinct from 'withdrawn' and r.ended_why is distinct from 'revoked')`

const unrestored = sql<boolean>`(r.ended_why is null and cardinality(r.rights_facts) > 0)`

export const isUnrestored = (r: Pick<Stored, 'ended_why' | 'rights_facts'>): boolean => r.ended_why === null && r.rights_facts.length > 0

export interface Weighing {
  name: string
  /** Null while rights are not restored: nobody knows the day yet. */
  until: string | null
  /** Where those stand who read of it: the person's home now, or where it was recorded. */
  paths: string[]
}

/** What still weighs on each of these people on a day, with the first day without effect; who carries nothing is left out. */
export async function effectsOf(db: Db, personIds: readonly string[], day: string): Promise<Weighing[]> {
  const { rows } =
    await sql<Weighing>`select p.name, case when not bool_or(${unrestored}) then max(r.until) end as until, array_agg(distinct o.path) as paths
    from merits.record r join organisation.person p on p.id = r.person_id
    left join members.membership m on m.person_id = r.person_id and upper(m.valid) is null
    join organisation.org o on o.id = coalesce(m.org_id, r.org_id)
    where r.person_id = any(${[...personIds]}::uuid[]) and r.approved_on <= ${day}::date and ${weighsOn(day)}
    group by r.person_id, p.name order by p.name, r.person_id`.execute(db)
  return rows
}
