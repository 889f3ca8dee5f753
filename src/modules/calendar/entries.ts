import { sql } from 'kysely'
import type { Actor } from '#kernel/actor.ts'
import { dateAt } from '#kernel/civilDate.ts'
import type { Db } from '#kernel/database.ts'
import { DUTY_KINDS } from '#modules/duties/contract.ts'
import { casesOf } from '#modules/duties/published.ts'
import { kindsName } from '#modules/meetings/contract.ts'
import { plansOf } from '#modules/meetings/published.ts'
import { BRANCH_KINDS } from '#modules/organisation/contract.ts'
import type { OrgCard } from '#modules/organisation/published.ts'
import { SOURCES } from '#modules/tasks/contract.ts'
import { termsOf } from '#modules/tasks/published.ts'
import { specialDays } from '#modules/workdays/published.ts'
import type { Entry } from './contract.ts'

export interface Asking {
  db: Db
  actor: Actor
  now: Date
}

/** A calendar's entry with the title under which it may leave the system: no name of anybody, no words that somebody typed. */
export type Item = Entry & { plain: string; at: { start: Date; end: Date } | null }

/** What a person sees between two days: meetings they are called to or lead, terms of their tasks, and duties of branches they work in. */
export async function ownEntries(ask: Asking, from: string, to: string): Promise<Item[]> {
  const { actor } = ask
  if (!actor.personId) return []
  const orgs = await ownOrgs(ask)
  const parts = [meetings(ask, { personId: actor.personId }, from, to), terms(ask, orgs, from, to), rests(ask, from, to)]
  return sorted([...parts, duties(ask, orgs.filter((o) => o.branch), from, to)]) // biome-ignore format: one list
}

/** What a branch sees: its meetings and what it owes. */
export async function orgEntries(ask: Asking, org: OrgCard, from: string, to: string): Promise<Item[]> {
  const branch = { id: org.id, name: org.shortName ?? org.name, branch: BRANCH_KINDS.includes(org.kind) }
  const owed = ask.actor.holds('duties.read', org.path) === true && branch.branch ? [branch] : []
  return sorted([meetings(ask, { orgId: org.id }, from, to), duties(ask, owed, from, to), rests(ask, from, to)])
}

const sorted = async (parts: Promise<Item[]>[]): Promise<Item[]> =>
  (await Promise.all(parts)).flat().sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
const keyOf = (i: Item) => `${i.day} ${i.kind === 'rest' ? '' : (i.start ?? '~')} ${i.key}`

interface OwnOrg {
  id: string
  name: string
  branch: boolean
}

/** The organisations in which the actor does the work, by posts there and not from above; so many at most. */
async function ownOrgs({ db, actor }: Asking): Promise<OwnOrg[]> {
  const ids = [...new Set(actor.grantsOf('tasks.work').map((g) => g.orgId).filter(Boolean))] // biome-ignore format: one list
  const { rows } = await sql<OwnOrg>`select id, coalesce(short_name, name) as name, kind = any(${[...BRANCH_KINDS]}) as branch
    from organisation.org where id = any(${ids}::uuid[]) and dissolved_on is null order by path limit 20`.execute(db)
  return rows
}

async function meetings({ db }: Asking, whose: { personId: string } | { orgId: string }, from: string, to: string): Promise<Item[]> {
  return (await plansOf(db, whose, from, to)).map((p) => {
    const kinds = kindsName(p.kinds, p.ownKind)
    return {
      key: `meeting-${p.id}`,
      kind: 'meeting',
      day: p.heldOn,
      start: clock.format(p.startsAt),
      end: clock.format(p.endsAt),
      title: p.title,
      note: [p.orgName, p.place].filter(Boolean).join(' · '),
      open: p.meetingId ? `/meetings/${p.meetingId}` : `/meetings/plans/${p.id}`,
      state: p.meetingId ? 'done' : 'open',
      plain: `${kinds}（${p.orgName}）`,
      at: { start: p.startsAt, end: p.endsAt },
    }
  })
}

const clock = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Shanghai', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })

async function terms({ db, actor, now }: Asking, orgs: readonly OwnOrg[], from: string, to: string): Promise<Item[]> {
  const ids = orgs.map((o) => o.id)
  return (await termsOf(db, { personId: actor.personId!, orgIds: ids }, from, to)).map((t) => ({
    ...wholeDay,
    key: `task-${t.id}`,
    kind: 'task',
    day: t.dueOn,
    title: t.title,
    note: t.leadName,
    open: `/tasks?open=${t.id}`,
    state: t.dueOn < dateAt(now) && !t.submitted ? 'late' : t.submitted ? 'done' : 'open',
    plain: `任务到期：${SOURCES[t.source]}（${t.leadName}）`,
  }))
}

const wholeDay = { start: null, end: null, at: null }

async function duties({ db, now }: Asking, branches: readonly OwnOrg[], from: string, to: string): Promise<Item[]> {
  if (branches.length === 0) return []
  const names = new Map(branches.map((b) => [b.id, b.name]))
  const cases = await casesOf({ db }, [...names.keys()], from, to, dateAt(now))
  return cases
    .filter((c) => c.period.to >= from && c.period.to <= to && c.rule.strength !== 'may' && c.rule.metBy === 'meeting')
    .map((c) => {
      const title = `${c.period.name}${DUTY_KINDS[c.duty]}到期`
      const state = { met: 'done', exempt: 'exempt', open: 'open', overdue: 'late', hint: 'open' } as const
      return {
        ...wholeDay,
        key: `duty-${c.orgId}-${c.duty}-${c.period.key}`,
        kind: 'duty',
        day: c.period.to,
        title,
        note: [names.get(c.orgId), c.state !== 'met' && c.state !== 'exempt' && `还差 ${c.expected - c.met} 次`]
          .filter(Boolean)
          .join(' · '),
        open: `/duties?org=${c.orgId}&year=${c.period.from.slice(0, 4)}`,
        state: state[c.state],
        plain: `${title}（${names.get(c.orgId)}）`,
      }
    })
}

async function rests({ db }: Asking, from: string, to: string): Promise<Item[]> {
  return (await specialDays(db, from, to)).map((d) => {
    const title = `${d.name}${d.rest ? '休' : '班'}`
    return {
      ...wholeDay,
      key: `rest-${d.day}`,
      kind: 'rest',
      day: d.day,
      title,
      note: '',
      open: null,
      state: d.rest ? 'off' : 'work',
      plain: title,
    }
  })
}
