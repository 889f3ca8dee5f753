import { sql } from 'kysely'
import type { Actor } from '#kernel/actor.ts'
import { all, conflict, forbidden, type Verdict } from '#kernel/errors.ts'
import type { Ctx } from '#kernel/operation.ts'
import { BASES, type CountView, checkShare, type Figures, quorumOf, VOTE_RULES, type VoteRuleKey } from '../contract.ts'
import { namesOf } from '../find.ts'
import type { Count, CountLine, CountTyped } from '../tables.ts'

export type SeenCount = Count & { path: string; org_name: string }

/** The count if the actor counts in it, or reads what committees do there. */
export async function seenCount(ctx: Ctx, { id }: { id: string }): Promise<SeenCount | undefined> {
  const { rows } = await sql<SeenCount>`select c.*, o.path, coalesce(n.name, o.name) as org_name from meetings.count c
    join organisation.org o on o.id = c.org_id
    left join organisation.naming n on n.org_id = c.org_id and n.valid @> (c.opened_at at time zone 'Asia/Shanghai')::date
    where c.id = ${id}`.execute(ctx.db)
  const [c] = rows
  return c && seesCount(ctx.actor, c) ? c : undefined
}

/** The same, locked: two who type at once follow one another, so that the second sees the first. */
export async function lockedCount(ctx: Ctx, { id }: { id: string }): Promise<SeenCount | undefined> {
  const c = await seenCount(ctx, { id })
  if (!c) return undefined
  const { rows } = await sql<Count>`select * from meetings.count where org_id = ${c.org_id} and id = ${id} for update`.execute(ctx.db)
  return rows[0] && { ...c, ...rows[0] }
}

const seesCount = (a: Actor, c: SeenCount) =>
  (a.personId !== null && [...c.tellers, ...c.scrutineers].includes(a.personId)) || a.holds('meetings.readCommittee', c.path) === true

export const sideOf = (personId: string | null, c: Pick<Count, 'tellers' | 'scrutineers'>): 'teller' | 'scrutineer' | undefined =>
  personId === null ? undefined : c.tellers.includes(personId) ? 'teller' : c.scrutineers.includes(personId) ? 'scrutineer' : undefined

const open = (c: Count): Verdict =>
  c.state === 'typing' || conflict('count-closed', c.state === 'agreed' ? '两人计数一致，结果已定，不能再改' : '这次计数已经作废')

export const countPolicy = {
  type: (a: Actor, c: SeenCount): Verdict =>
    all(sideOf(a.personId, c) !== undefined || forbidden('not-counting', '计数由指定的计票人和监票人分别录入'), open(c)),
  drop: (a: Actor, c: SeenCount): Verdict => all(a.holds('meetings.record', c.path), open(c)),
}

/** The last figures of each side of each line. */
export async function linesOf(ctx: Pick<Ctx, 'db'>, c: Pick<Count, 'org_id' | 'id'>) {
  const { rows: lines } = await sql<CountLine>`select * from meetings.count_line
    where org_id = ${c.org_id} and count_id = ${c.id} order by position`.execute(ctx.db)
  const { rows: typed } = await sql<CountTyped>`select distinct on (position, side) * from meetings.count_typed
    where org_id = ${c.org_id} and count_id = ${c.id} order by position, side, attempt desc`.execute(ctx.db)
  return lines.map((line) => {
    const of = (side: CountTyped['side']) => typed.find((t) => t.position === line.position && t.side === side)
    return { line, teller: of('teller'), scrutineer: of('scrutineer') }
  })
}

/** A count as this reader may see it: nobody sees figures on which the two do not agree yet, not even their own side's other hand. */
export async function countView(ctx: Ctx, c: SeenCount): Promise<CountView> {
  const lines = await linesOf(ctx, c)
  const names = await namesOf(ctx, [...c.tellers, ...c.scrutineers, ...lines.map((l) => l.line.person_id)])
  const named = (id: string) => ({ id, name: names.get(id) ?? '' })
  const rule = c.rule as VoteRuleKey | null
  const verdicts = { type: countPolicy.type(ctx.actor, c), drop: countPolicy.drop(ctx.actor, c) }
  const side = sideOf(ctx.actor.personId, c)
  return {
    id: c.id,
    orgId: c.org_id,
    orgName: c.org_name,
    planId: c.plan_id,
    title: c.title,
    choices: c.choices,
    issued: c.issued,
    entitled: c.entitled,
    present: c.present,
    rule,
    quorum: rule ? quorumOf(rule, c.entitled, c.present) : null,
    tellers: c.tellers.map(named),
    scrutineers: c.scrutineers.map(named),
    state: c.state,
    reason: c.reason,
    openedAt: c.opened_at.toISOString(),
    lines: lines.map(({ line, teller, scrutineer }) => {
      const may = verdicts.type === true ? mayTypeLine(ctx.actor, line) : verdicts.type
      return {
        position: line.position,
        title: line.person_id ? (names.get(line.person_id) ?? line.title) : line.title,
        personId: line.person_id,
        tellerDone: teller !== undefined,
        scrutineerDone: scrutineer !== undefined,
        differs: line.agreed === null && teller !== undefined && scrutineer !== undefined,
        attempts: Math.max(teller?.attempt ?? 0, scrutineer?.attempt ?? 0),
        figures: line.agreed,
        ...outcomeOf(rule, c, line.agreed),
        mayType: line.agreed ? '两人一致，结果已定' : may === true ? true : may.message,
        typed: side !== undefined && (side === 'teller' ? teller : scrutineer) !== undefined,
      }
    }),
    version: c.version,
    can: Object.fromEntries(Object.entries(verdicts).map(([k, v]) => [k, v === true ? true : { code: v.code, message: v.message }])),
  }
}

/** Nobody counts the votes on themselves. */
export const mayTypeLine = (a: Actor, line: Pick<CountLine, 'person_id'>): Verdict =>
  line.person_id === null || line.person_id !== a.personId || forbidden('own-line', '关于你本人的票由另一位计票人（监票人）计数')

/** What agreed figures mean under the rule: too few came, or more than the needed share in favour. */
export function outcomeOf(rule: VoteRuleKey | null, c: Pick<Count, 'entitled' | 'present'>, figures: Figures | null) {
  if (!rule || !figures) return { majority: null, passed: null }
  const { pass } = VOTE_RULES[rule]
  const of = pass.base === 'present' ? c.present : c.entitled
  const majority = checkShare(pass, of, figures.votes.inFavour ?? 0, BASES[pass.base], '赞成')
  return { majority, passed: quorumOf(rule, c.entitled, c.present).met && majority.met }
}
