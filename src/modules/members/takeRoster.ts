import { sql } from 'kysely'
import type { Ctx } from '#kernel/operation.ts'
import type { OrgCard } from '#modules/organisation/published.ts'
import { type Precision, STANDINGS, type Standing } from './contract.ts'
import { letLeave } from './handingOut.ts'
import { lifeText } from './life.ts'
import { hits } from './operations/roster.ts'

/** Somebody as a file that leaves may name them: without id number, telephone and address. */
export interface TakenPerson {
  name: string
  sex: string
  nation: string
  birth: string
  education: string
  standing: string
  joined: string
  converted: string
  job: string
  group: string
  orgName: string
}

/**
 * The members of an organisation and those below it on a day, by branch and name, for another module's file. It counts as an export of
 * the roster: more than fifty persons a day leave only when somebody else has agreed to that export.
 */
export async function takeRoster(ctx: Ctx, org: OrgCard, on: string): Promise<TakenPerson[]> {
  const filter = { orgId: org.id, on }
  await letLeave(ctx, filter, org)
  const { rows } = await sql<Row>`select h.name, h.org_name, h.standing, f.sex, f.nation, f.education, f.job, f.party_group,
      f.birth_from, f.birth_precision, f.joined_from, f.joined_precision, f.converted_from, f.converted_precision
    from (${hits(ctx, filter, org)}) h left join members.profile f on f.person_id = h.person_id
    order by h.org_name collate "zh-x-icu", h.name collate "zh-x-icu", h.id limit 5000`.execute(ctx.db)
  return rows.map((r) => ({
    name: r.name,
    sex: r.sex ? { male: '男', female: '女' }[r.sex] : '',
    nation: r.nation ?? '',
    birth: life(r.birth_from, r.birth_precision),
    education: r.education ?? '',
    standing: STANDINGS[r.standing],
    joined: life(r.joined_from, r.joined_precision),
    converted: life(r.converted_from, r.converted_precision),
    job: r.job ?? '',
    group: r.party_group ?? '',
    orgName: r.org_name,
  }))
}

interface Row {
  name: string
  org_name: string
  standing: Standing
  sex: 'male' | 'female' | null
  nation: string | null
  education: string | null
  job: string | null
  party_group: string | null
  birth_from: string | null
  birth_precision: Precision | null
  joined_from: string | null
  joined_precision: Precision | null
  converted_from: string | null
  converted_precision: Precision | null
}

const life = (from: string | null, precision: Precision | null) => (from && precision ? lifeText({ from, precision }) : '')
