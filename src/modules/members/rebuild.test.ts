import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addDays } from '#kernel/civilDate.ts'
import { rebuildOrganisation } from '#modules/organisation/published.ts'
import { makeOrg } from '#testing/people.ts'
import { OWNER, type World, world } from '#testing/world.ts'
import { rebuildMembers } from './published.ts'

const TODAY = '2026-11-22'
const TABLES = [
  'organisation.placement',
  'organisation.unit_placement',
  'organisation.coverage',
  'organisation.post',
  'organisation.term',
  'organisation.employment',
  'members.membership',
  'members.standing',
  'members.suspension',
]

let w: World
beforeAll(async () => {
  w = await world({ now: new Date(`${TODAY}T04:00:00Z`) })
})
afterAll(() => w.close())

/** Every row of the dated tables as text, without the counters of edits. */
async function dated(): Promise<Record<string, string[]>> {
  const all: Record<string, string[]> = {}
  for (const table of [...TABLES, 'organisation.org']) {
    const { rows } = await sql<{
      row: string
    }>`select (to_jsonb(t) - 'version')::text as row from ${sql.table(table)} t order by 1`.execute(w.db)
    all[table] = rows.map(({ row }) => row)
  }
  return all
}

type Step = { what: number; a: number; b: number; day: number }
const step = fc.record<Step>({
  what: fc.nat(14),
  a: fc.nat(30),
  b: fc.nat(30),
  day: fc.integer({ min: -400, max: 60 }),
})

test('after any sequence of changes, past and future, the dated tables made again from the facts are the same', async () => {
  let changed = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 30, maxLength: 60 }), async (steps) => {
      const root = await makeOrg(w, { kind: 'partyCommittee', foundedOn: '2015-01-01' })
      const orgs = [root]
      for (let i = 0; i < 4; i++)
        orgs.push(await makeOrg(w, { kind: i < 2 ? 'generalBranch' : 'partyBranch', parentId: orgs[i >> 1]!, foundedOn: '2016-01-01' }))
      const people: string[] = []
      const posts: string[] = []
      for (const s of steps) if (await take(s, orgs, people, posts)) changed++
      const before = await dated()
      await w.db.transaction().execute(async (db) => {
        await rebuildOrganisation(db, TODAY)
        await rebuildMembers(db)
      })
      expect(await dated()).toEqual(before)
    }),
    { numRuns: 6, endOnFailure: true },
  )
  expect(changed).toBeGreaterThan(60)
}, 120_000)

const csvOf = (...rows: string[]) => ({ name: '花名册.csv', data: Buffer.from(`\ufeff${rows.join('\n')}`) })

/** Does what the step says, if it is allowed; answers whether it was. */
async function take({ what, a, b, day }: Step, orgs: string[], people: string[], posts: string[]): Promise<boolean> {
  const [org, other] = [orgs[a % orgs.length]!, orgs[b % orgs.length]!]
  const on = addDays(TODAY, day)
  const version = async () => (await w.done(OWNER, 'organisation.get', { id: org })).version
  const person = people[a % Math.max(people.length, 1)]
  const membership = async () => {
    const { rows } = await sql<{
      id: string
    }>`select id from members.membership where person_id = ${person ?? null} order by valid desc limit 1`.execute(w.db)
    return rows[0]?.id ?? '00000000-0000-7000-8000-000000000000'
  }
  const steps: (() => Promise<{ status: number; body: unknown }>)[] = [
    async () => {
      const answer = await w.call(OWNER, 'organisation.found', {
        kind: 'partyGroup',
        parentId: org,
        name: '示例小组',
        foundedOn: addDays(on, -300),
      })
      if (answer.status === 200) orgs.push(answer.body.id)
      return answer
    },
    async () => w.call(OWNER, 'organisation.move', { id: org, version: await version(), on, parentId: other }),
    async () => w.call(OWNER, 'organisation.rename', { id: org, version: await version(), on, name: `示例${b}` }),
    async () =>
      b % 3
        ? w.call(OWNER, 'organisation.beginTerm', { orgId: org, from: on, until: addDays(on, 1095) })
        : w.call(OWNER, 'organisation.merge', { id: org, version: await version(), on, intoId: other }),
    async () => w.call(OWNER, 'organisation.extendTerm', { orgId: org, until: addDays(on, 1000) }),
    async () => {
      const answer = await w.call(OWNER, 'members.enrol', {
        orgId: org,
        name: '王某某',
        standing: b % 2 ? 'fullMember' : 'probationaryMember',
        ...(b % 3 ? { from: addDays(TODAY, Math.min(day, 0)) } : {}),
        profile: { joined: '2024-07', ...(b % 2 ? { converted: '2025-07' } : {}) },
      })
      if (answer.status === 200) people.push(answer.body.personId)
      return answer
    },
    async () => w.call(OWNER, 'members.transfer', { membershipId: await membership(), on, toOrgId: other }),
    async () => w.call(OWNER, 'members.convert', { membershipId: await membership(), on: addDays(TODAY, Math.min(day, 0)) }),
    async () => w.call(OWNER, 'members.leave', { membershipId: await membership(), on, reason: b % 2 ? 'transferredOut' : 'correction' }),
    async () => w.call(OWNER, 'members.suspendRights', { membershipId: await membership(), on, cause: b % 2 ? 'onProbation' : 'detained' }),
    async () => w.call(OWNER, 'members.restoreRights', { membershipId: await membership(), on, cause: b % 3 ? 'onProbation' : 'detained' }),
    async () => {
      if (b % 2 && posts.length > 0) {
        const id = posts[a % posts.length]!
        const { rows } = await sql<{ version: number }>`select version from organisation.post where id = ${id}`.execute(w.db)
        return w.call(OWNER, 'organisation.endPost', { id, version: rows[0]?.version ?? 1, on })
      }
      const answer = await w.call(OWNER, 'organisation.appoint', { orgId: org, personId: person ?? org, role: 'committeeMember', from: on })
      if (answer.status === 200) posts.push(answer.body.id)
      return answer
    },
    async () => {
      const file = await w.call(OWNER, 'members.get', { personId: person ?? org })
      const stays = file.status === 200 ? file.body.memberships : []
      const wrong = stays[b % Math.max(stays.length, 1)]
      const right = wrong ? [{ id: wrong.id, ...(b % 2 ? { from: addDays(wrong.from, day % 40) } : { orgId: other }) }] : []
      const more = b % 5 === 0 ? { converted: '2025-09' } : {}
      const given = { personId: person ?? org, version: file.body.version ?? 1, reason: 'mistake' as const }
      return w.call(OWNER, 'members.correct', { ...given, memberships: right, ...more })
    },
    async () => {
      const foundedOn = addDays(on, -3000 - b)
      return w.call(OWNER, 'organisation.correctFounding', { id: org, version: await version(), reason: 'mistake', foundedOn })
    },
    async () => {
      const { name } = await w.done(OWNER, 'organisation.get', { id: org })
      const [unit, staffNo] = [`单位${b % 3}`, `R-${org}-${a % 2}`]
      const file = csvOf(
        '姓名,支部,人员类别,入党日期,工号,工作单位,党内职务',
        `赵某某,${name},正式党员,2012-07-01,${staffNo},${unit},宣传委员`,
      )
      const answers = [
        { key: `unit:${org}:${unit}`, choice: 'new' },
        { key: 'post:2:publicityCommissioner', choice: TODAY },
      ]
      return w.call(OWNER, 'members.importRoster', { dryRun: false, answers: b % 4 ? answers : [] }, { file })
    },
  ]
  const { status, body } = await steps[what]!()
  expect([200, 404, 409, 422], JSON.stringify(body)).toContain(status)
  return status === 200
}
