import { sql } from 'kysely'
import type { Actor } from '#kernel/actor.ts'
import type { Db } from '#kernel/database.ts'
import type { ImportOptions } from '#kernel/importing.ts'
import { BRANCH_KINDS, POSTS, type PostRole } from '#modules/organisation/contract.ts'
import type { OrgCard } from '#modules/organisation/published.ts'
import type { Remarks } from '#runtime/sheets/issue.ts'
import type { KnownPerson } from './matchPeople.ts'
import type { RosterRow } from './parseRoster.ts'
import { readPosts } from './readPosts.ts'

/** The posts of a row that a person has confirmed, with the first day; for the others a question or a remark. */
export type PostPlanner = (
  row: RosterRow & { row: number },
  org: OrgCard,
  person: KnownPerson | null,
  remarks: Pick<Remarks, 'warn'>,
) => { role: PostRole; from: string }[]

interface Sitting {
  orgId: string
  /** Since when the running term of office. */
  termFrom: string | null
  secretaryId: string | null
  secretary: string | null
}

/**
 * A post decides what somebody can do, so a roster only proposes it: from the day on which the term of office began, or from today.
 * One secretary a branch; who is no full member cannot be elected (选举工作条例), and nobody gives a post to themselves.
 */
export async function postPlanner({ db, actor }: { db: Db; actor: Actor }, today: string, options: ImportOptions): Promise<PostPlanner> {
  const sittings = new Map((await sittingsOn(db, actor, today)).map((sitting) => [sitting.orgId, sitting]))
  const taken = new Map<string, number>()
  return (row, org, person, remarks) => {
    const { roles, rest } = readPosts(row.partyPost)
    const later = '导入后在组织架构里办任职'
    if (rest.length > 0) remarks.warn('', `党内职务“${rest.join('、')}”不是这个支部的委员职务，没有登记`, later)
    const open = roles.filter((role) => !person?.posts.some((p) => p.orgId === org.id && p.role === role && p.until === null))
    if (open.length === 0) return []
    const why = refusal(row, org, person, actor)
    if (why) {
      remarks.warn('', `党内职务“${row.partyPost}”没有登记：${why}`, later)
      return []
    }
    return open.flatMap((role) => {
      const sitting = sittings.get(org.id)
      const key = `post:${row.row}:${role}`
      const other = role === 'partySecretary' && sitting?.secretaryId && sitting.secretaryId !== person?.personId
      if (other) {
        remarks.warn(
          '',
          `党内职务“书记”没有登记：${org.shortName ?? org.name}现任书记是${sitting.secretary}`,
          '先在组织架构里给现任书记办免职，再登记',
        )
        return []
      }
      const choices = daysFor(role, { row, org, person, termFrom: sitting?.termFrom ?? null, today })
      options.onAsk?.({ key, kind: 'post', says: `第 ${row.row} 行 ${row.name}：${org.shortName ?? org.name}${POSTS[role]}`, choices })
      const from = choices.find(({ id }) => id === options.answers?.get(key))?.id
      if (from === undefined) {
        remarks.warn(
          '',
          `党内职务“${POSTS[role]}”没有登记：任职决定能办什么事，要人确认`,
          '在核对页上确认从哪天起，或导入后在组织架构里办任职',
        )
        return []
      }
      const earlier = role === 'partySecretary' ? taken.get(org.id) : undefined
      if (earlier !== undefined && earlier !== row.row) {
        remarks.warn('', `党内职务“书记”没有登记：已确认第 ${earlier} 行是这个支部的书记`, '一个支部只有一名书记，请核对')
        return []
      }
      if (role === 'partySecretary') taken.set(org.id, row.row)
      return [{ role, from }]
    })
  }
}

function refusal(row: RosterRow, org: OrgCard, person: KnownPerson | null, actor: Actor): string | null {
  if (!BRANCH_KINDS.includes(org.kind)) return '所在组织不是支部'
  if (row.standing !== 'fullMember') return '不是正式党员，没有被选举权'
  if (person && person.personId === actor.personId) return '自己的任职不能自己登记'
  return actor.holds('organisation.manage', org.path) === true ? null : '你没有登记这个支部任职的权限'
}

interface Days {
  row: RosterRow
  org: OrgCard
  person: KnownPerson | null
  termFrom: string | null
  today: string
}

/** The day the running term began, if nothing speaks against it, and today. */
function daysFor(role: PostRole, { row, org, person, termFrom, today }: Days) {
  const before = person?.posts.filter((p) => p.orgId === org.id && p.role === role).map(({ until }) => until ?? '9999-12-31') ?? []
  const there = person?.orgId === org.id ? person.since : (row.transferredIn?.to ?? (person ? today : null))
  const since = [org.foundedOn, there, row.converted?.to ?? null].filter((day) => day !== null)
  const free = (day: string) => before.every((until) => until <= day) && since.every((from) => from <= day)
  return [
    ...(termFrom !== null && termFrom < today && free(termFrom) ? [{ id: termFrom, name: `登记，从本届任期开始的 ${termFrom} 起` }] : []),
    ...(free(today) ? [{ id: today, name: `登记，从今天 ${today} 起` }] : []),
  ]
}

/** Of each branch that the actor sees the running term and the secretary. */
async function sittingsOn(db: Db, actor: Actor, today: string): Promise<Sitting[]> {
  const { rows } = await sql<Sitting>`
    select o.id as "orgId", lower(t.valid) as "termFrom", s.person_id as "secretaryId", s.name as secretary
    from organisation.org o
    left join organisation.term t on t.org_id = o.id and t.valid @> ${today}::date
    left join lateral (select p.person_id, n.name from organisation.post p join organisation.person n on n.id = p.person_id
      where p.org_id = o.id and p.role = 'partySecretary' and upper(p.valid) is null order by lower(p.valid) limit 1) s on true
    where o.dissolved_on is null and ${actor.within('members.read', 'o.path')}`.execute(db)
  return rows
}
