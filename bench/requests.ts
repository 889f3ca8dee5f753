import { randomUUID } from 'node:crypto'
import { type Compared, compare, type Running } from './beside.ts'
import { client, fire, percentile, type Shot } from './load.ts'
import type { Site } from './site.ts'
import { inDatabase } from './site.ts'

/** Twenty members of a subtree with the number of all, sorted by name as Chinese sorts. */
export function roster(run: Running, site: Site, count: number): Promise<Compared> {
  const { committee, officeLogins } = site
  const ours = (i: number): Shot => ({
    method: 'GET',
    path: `/api/members.roster?orgId=${committee.id}`,
    headers: run.signedIn[officeLogins[i % officeLogins.length]!]!,
  })
  const bare = (): Shot => ({ method: 'GET', path: `/list?path=${encodeURIComponent(committee.path)}`, headers: {} })
  return compare(run, { ours, bare, count })
}

/** A meeting of a branch of twenty with two items, one of them absent: rows, figures, fact, audit, and its number in the ledger. */
export async function record(run: Running, site: Site, count: number): Promise<Compared> {
  const people = await peopleOf(run, site)
  const bodyOf = (i: number) => {
    const { branch } = site.secretaries[i % site.secretaries.length]!
    const [chair, recorder, away] = people.get(branch.id)!
    return {
      orgId: branch.id,
      kinds: ['memberAssembly'],
      title: '支部党员大会',
      heldOn: '2026-11-20',
      start: '14:00',
      end: '15:30',
      place: '会议室',
      chairId: chair,
      recorderId: recorder,
      absent: [{ personId: away, reason: 'onDuty' }],
      items: [
        { topic: '学习文件', discussion: '逐段学习并讨论。' },
        { topic: '讨论计划', resolution: '按计划执行。' },
      ],
    }
  }
  const ours = (i: number): Shot => ({
    method: 'POST',
    path: '/api/meetings.record',
    headers: { ...run.signedIn[site.secretaries[i % site.secretaries.length]!.login]!, 'idempotency-key': randomUUID() },
    body: JSON.stringify({ ...bodyOf(i), another: true }),
  })
  const bare = (i: number): Shot => ({ method: 'POST', path: '/record', headers: {}, body: JSON.stringify(bodyOf(i)) })
  return compare(run, { ours, bare, count })
}

async function peopleOf({ owner }: Running, { secretaries }: Site): Promise<Map<string, string[]>> {
  const { rows } = await inDatabase(owner, (db) =>
    db.query<{ org_id: string; people: string[] }>(
      'select org_id, array_agg(person_id order by id) as people from members.membership where org_id = any($1::uuid[]) group by 1',
      [secretaries.map((s) => s.branch.id)],
    ),
  )
  return new Map(rows.map((r) => [r.org_id, r.people]))
}

/** How long the duties of one branch take to be computed from the facts, as its secretary's page asks for them; milliseconds. */
export async function duties(run: Running, { secretaries }: Site, count: number): Promise<{ p50: number; p99: number }> {
  const shotOf = (i: number): Shot => {
    const { login, branch } = secretaries[i % secretaries.length]!
    return { method: 'GET', path: `/api/duties.year?orgId=${branch.id}&year=2025`, headers: run.signedIn[login]! }
  }
  return latency(run, shotOf, count)
}

export async function latency(run: Running, shotOf: (i: number) => Shot, count: number) {
  const http = client(run.ours.port, 1)
  await fire(http, shotOf, 20, 1)
  const took = await fire(http, shotOf, count, 1)
  http.close()
  return { p50: percentile(took, 50), p99: percentile(took, 99) }
}
