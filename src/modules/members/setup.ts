import { sql } from 'kysely'
import { addMonths, daysBetween } from '#kernel/civilDate.ts'
import type { Db } from '#kernel/database.ts'
import { holdsOn } from '#kernel/dated.ts'
import { BRANCH_KINDS, COMMITTEE_POSTS } from '#modules/organisation/contract.ts'
import { type OrgCard, postsOn, termOn, unitsOn } from '#modules/organisation/published.ts'

/** One thing about how an organisation is set up that a rule speaks to. */
export interface Hint {
  code: string
  says: string
  clause: string
  strength: 'must' | 'generally'
}

interface Shape {
  full: number
  probationary: number
  committee: number
  secretary: boolean
  units: number
  term: { from: string; until: string } | null
}

/** Members of the organisation (with all below it) on `day`, and what the rules on setting up say to its shape. */
export async function setupOf(db: Db, org: OrgCard, day: string): Promise<{ full: number; probationary: number; hints: Hint[] }> {
  const { rows } = await sql<{ full: number; probationary: number }>`
    select count(*) filter (where s.standing = 'fullMember')::int as full,
      count(*) filter (where s.standing = 'probationaryMember')::int as probationary
    from organisation.org o
    join members.membership m on m.org_id = o.id and ${holdsOn('m.valid', sql`${day}::date`)}
    join members.standing s on s.person_id = m.person_id and ${holdsOn('s.valid', sql`${day}::date`)}
    where o.path >= ${org.path} and o.path < ${`${org.path}~`}`.execute(db)
  const posts = await postsOn(db, org.id, day)
  const shape: Shape = {
    ...rows[0]!,
    committee: new Set(posts.filter(({ role }) => COMMITTEE_POSTS.includes(role)).map(({ personId }) => personId)).size,
    secretary: posts.some(({ role }) => role === 'partySecretary'),
    units: (await unitsOn(db, org.id, day)).length,
    term: (await termOn(db, org.id, day)) ?? null,
  }
  return { ...rows[0]!, hints: [...(BRANCH_KINDS.includes(org.kind) ? branchHints(org, shape) : []), ...commonHints(org, shape, day)] }
}

const BRANCH_RULES = '中国共产党支部工作条例（试行）'
const ENTERPRISE_RULES = '中国共产党国有企业基层组织工作条例（试行）'

/** What 支部工作条例（试行） says to the shape of a branch. */
export function branchHints({ kind }: Pick<OrgCard, 'kind'>, { full, probationary, committee, units }: Shape): Hint[] {
  const all = full + probationary
  const hints: (Hint | false)[] = [
    full < 3 && {
      code: 'too-few',
      says: `正式党员 ${full} 人，不足 3 人，应与邻近单位成立联合党支部`,
      clause: `${BRANCH_RULES}第二章`,
      strength: 'must',
    },
    all > 50 && {
      code: 'too-many',
      says: `党员 ${all} 人，一般不超过 50 人，可以分设`,
      clause: `${BRANCH_RULES}第二章`,
      strength: 'generally',
    },
    full >= 7 &&
      committee < 3 && {
        code: 'no-committee',
        says: `正式党员 ${full} 人，应设支部委员会（一般 3 至 5 人），现在登记的委员 ${committee} 人`,
        clause: `${BRANCH_RULES}第六章`,
        strength: 'must',
      },
    full < 7 &&
      full >= 3 &&
      committee >= 3 && {
        code: 'committee-not-needed',
        says: `正式党员 ${full} 人，不足 7 人，设 1 名书记即可，必要时增设 1 名副书记`,
        clause: `${BRANCH_RULES}第六章`,
        strength: 'generally',
      },
    kind === 'jointBranch' &&
      units > 5 && {
        code: 'joint-too-wide',
        says: `联合党支部覆盖 ${units} 个单位，一般不超过 5 个`,
        clause: `${BRANCH_RULES}第二章`,
        strength: 'generally',
      },
  ]
  return hints.filter((hint) => hint !== false)
}

/** Secretary and term of office, for every organisation that has a committee or a secretary. */
export function commonHints({ kind, dissolvedOn }: Pick<OrgCard, 'kind' | 'dissolvedOn'>, { secretary, term }: Shape, day: string): Hint[] {
  if (kind === 'partyGroup' || (dissolvedOn !== null && dissolvedOn <= day)) return []
  const clause = '中国共产党基层组织选举工作条例第三条'
  const hints: (Hint | false)[] = [
    !secretary && {
      code: 'no-secretary',
      says: '没有登记书记',
      clause: BRANCH_KINDS.includes(kind) ? BRANCH_RULES : ENTERPRISE_RULES,
      strength: 'generally',
    },
    term !== null &&
      term.until <= day && {
        code: 'term-over',
        says: `本届任期 ${term.until} 届满，已过 ${daysBetween(term.until, day)} 天，请换届；延期要报上级党组织批准`,
        clause,
        strength: 'must',
      },
    term !== null &&
      term.until > day &&
      term.until <= addMonths(day, 6) && {
        code: 'term-ending',
        says: `本届任期 ${term.until} 届满，剩 ${daysBetween(day, term.until)} 天，请准备换届`,
        clause,
        strength: 'generally',
      },
  ]
  return hints.filter((hint) => hint !== false)
}
