import { sql } from 'kysely'
import { dateAt } from '#kernel/civilDate.ts'
import type { Db } from '#kernel/database.ts'
import { type News, notify, overWith, tellGroups } from '#modules/notifications/published.ts'
import { BRANCH_KINDS, COMMITTEE_POSTS } from '#modules/organisation/contract.ts'
import { type Branch, chunksOf } from './branches.ts'
import { DUTY_KINDS } from './contract.ts'
import type { DutyCase } from './owed.ts'
import { remindedOf } from './reminded.ts'

const KIND = 'duties.open'

/**
 * Tells those who hold a post in a committee what their branch still has to do, once for each duty and period, and takes back what has
 * been done since. Answers how many duties are open. For a job, every morning.
 */
export async function remindDuties(db: Db, now: Date = new Date()): Promise<number> {
  const day = dateAt(now)
  const still: string[] = []
  for (const part of chunksOf(await branchesOn(db, day))) {
    const names = new Map(part.map((b) => [b.id, b.name]))
    const due = await remindedOf({ db }, [...names.keys()], day)
    still.push(...due.map(keyOf))
    await notify({ db, now }, await newsOf(db, due, names, day))
    await tellGroups({ db, now }, groupsOf(due))
  }
  await overWith({ db, now }, KIND, { still })
  return still.length
}

async function branchesOn(db: Db, day: string): Promise<Branch[]> {
  const { rows } = await sql<Branch>`select o.id, coalesce(o.short_name, o.name) as name, o.path
    from organisation.org o join organisation.placement p on p.org_id = o.id and p.valid @> ${day}::date
    where p.kind = any(${[...BRANCH_KINDS]}) order by o.id`.execute(db)
  return rows
}

async function newsOf(db: Db, due: readonly DutyCase[], names: Map<string, string>, day: string): Promise<News[]> {
  const { rows } = await sql<{ orgId: string; personId: string }>`
    select distinct org_id as "orgId", person_id as "personId" from organisation.post
    where org_id = any(${[...new Set(due.map((c) => c.orgId))]}::uuid[]) and valid @> ${day}::date and role = any(${[...COMMITTEE_POSTS]})`.execute(
    db,
  )
  const holders = Map.groupBy(rows, (r) => r.orgId)
  return due.flatMap((c) =>
    (holders.get(c.orgId) ?? []).map(({ personId }) => ({
      personId,
      kind: KIND,
      key: keyOf(c),
      text: `${names.get(c.orgId)}：${sentenceOf(c)}`,
      open: `/duties?org=${c.orgId}&year=${c.period.from.slice(0, 4)}`,
    })),
  )
}

/** One message a branch and morning on which something came near, to the group that asked for it. */
const groupsOf = (due: readonly DutyCase[]) =>
  [...Map.groupBy(due, (c) => c.orgId)].map(([orgId, of]) => ({
    orgId,
    key: of.map(keyOf).sort().join(' '),
    subject: '快到期的事',
    body: of.map((c) => sentenceOf(c)).join('；'),
  }))

const keyOf = (c: DutyCase) => `${c.orgId} ${c.duty} ${c.period.key}`

const sentenceOf = (c: DutyCase) =>
  `${c.period.name}的${DUTY_KINDS[c.duty]}还差 ${c.expected - c.met} 次，${Number(c.period.to.slice(5, 7))}月${Number(c.period.to.slice(8))}日前办`
