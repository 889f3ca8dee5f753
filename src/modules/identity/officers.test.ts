import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { givePost, makeMember, makeOrg } from '#testing/people.ts'
import { type Visitor, visitor } from '#testing/visitor.ts'
import { OWNER, type World, world } from '#testing/world.ts'
import { modules } from '../../platform.ts'
import { forgetCached } from './sessions.ts'
import { activated, FIRST, officers, PASSWORD, someId } from './testing.ts'

let w: World
let system: Visitor
let security: Visitor
let audit: Visitor
let worker: Visitor
let branch: string
let member: string

beforeAll(async () => {
  w = await world({ signIn: 'real' })
  ;({ system, security, audit, worker } = await officers(w))
  const committee = await makeOrg(w, { kind: 'partyCommittee', name: '示例矿业集团党委' })
  branch = await makeOrg(w, { kind: 'partyBranch', parentId: committee, name: '机电队党支部' })
  member = await makeMember(w, branch, { name: '钱某某', staffNo: 'B2001' })
})
afterAll(() => w.close())

const factsOf = async (like: string) =>
  (await w.pool.query('select kind from ledger.fact where kind like $1 order by recorded_at, id', [like])).rows.map((r) => r.kind)

test('three offices held by three persons make the installation ready, and the line goes away', async () => {
  const { stage, notices } = await system.done('identity.session', {})
  expect({ stage, notices }).toEqual({ stage: 'ready', notices: [] })
  expect(await factsOf('office.%')).toEqual(['office.began', 'office.began', 'office.began', 'office.began'])
})

test('no officer holds a business capability, and each operation of another module answers each of them with 403 or 404', async () => {
  for (const officer of [system, security, audit]) {
    const { capabilities, account } = await officer.done('identity.session', {})
    expect(capabilities.filter((c) => !/^(identity|ledger)\./.test(c.capability))).toEqual([])
    expect(account.offices).toHaveLength(1)
    const read = await officer.call('members.roster', { orgId: branch })
    expect([403, 404]).toContain(read.status)
    const write = await officer.call('organisation.rename', { id: branch, version: 1, on: '2026-01-01', name: '新名' })
    expect([403, 404]).toContain(write.status)
  }
  expect((await worker.done('identity.session', {})).capabilities.map((c) => c.capability)).toContain('organisation.manage')
})

test('an officer who also holds a post acts with the rights of the office only', async () => {
  const person = (await system.done('identity.session', {})).account.personId!
  await givePost(w, branch, person, 'partySecretary')
  forgetCached('*')
  const { capabilities, orgs } = await system.done('identity.session', {})
  expect(capabilities.filter((c) => !/^(identity|ledger)\./.test(c.capability))).toEqual([])
  expect(capabilities.map((c) => c.capability)).toContain('identity.manageAccounts')
  expect(orgs).toEqual([])
})

test('one person holds one office', async () => {
  await system.refused('identity.issueOffice', { office: 'partyAffairsWorker', name: '李某某', login: 'A1002' }, 'one-office')
  await system.refused('identity.issueOffice', { office: 'auditOfficer', name: '别人', login: 'A1002' }, 'login-taken')
  await security.refused(
    'identity.issueOffice',
    { office: 'auditOfficer', name: '周某某', login: 'A1009' },
    'lacks-identity.manageAccounts',
  )
})

test('from the first security officer on an office waits for approval, which nobody gives himself', async () => {
  const { slip, waits } = await system.done('identity.issueOffice', { office: 'auditOfficer', name: '吴某某', login: 'A1005' })
  expect(waits).toBe(true)
  expect(await factsOf('office.%')).toEqual([...Array(4).fill('office.began'), 'office.requested'])
  const early = visitor(w)
  await early.refused('identity.activate', { login: 'A1005', code: slip!.code, password: PASSWORD }, 'access-ended')

  const { items } = await security.done('identity.offices', {})
  const row = items.find((item) => item.waits)!
  expect(row).toMatchObject({ office: 'auditOfficer', name: '吴某某', can: { approve: true } })
  await system.refused('identity.approveOffice', { id: row.id }, 'lacks-identity.approveGrants')
  expect((await audit.call('identity.approveOffice', { id: row.id })).status, 'the audit officer changes nothing').toBe(404)
  await security.done('identity.approveOffice', { id: row.id })

  expect((await audit.call('identity.session', {})).status, 'the one before is out at once').toBe(401)
  audit = await activated(w, 'A1005', slip!.code)
  expect((await audit.done('identity.session', {})).account.offices).toEqual(['审计管理员'])
  await visitor(w).refused('identity.signIn', { login: 'A1003', password: PASSWORD }, 'access-ended')
})

test('the security officer approves no successor that he asked for, and officers are replaced, never removed', async () => {
  const { items } = await system.done('identity.offices', {})
  const own = items.find((item) => item.office === 'securityOfficer')!
  await system.refused('identity.endOffice', { id: own.id }, 'replace-officer')
  const accounts = await system.done('identity.accounts', { text: 'A1002' })
  await system.refused('identity.disable', { accountId: accounts.items[0]!.id, version: accounts.items[0]!.version }, 'officer')
})

test('a grant beside posts has no effect before the security officer approves it, and both stand in the ledger', async () => {
  const { batchId, slips } = await system.done('identity.issueSlips', { title: '机电队', orgId: branch, without: [] })
  expect(batchId).toBeTruthy()
  const own = slips.find((slip) => slip.login === 'B2001')!
  const person = await activated(w, 'B2001', own.code)
  const before = (await person.done('identity.session', {})).capabilities.map((c) => c.capability)
  expect(before).not.toContain('organisation.manage')

  const wanted = { personId: member, role: 'partyAffairsWorker' as const, orgId: branch, subtree: false }
  expect((await person.call('identity.requestAssignment', wanted)).status).toBe(404)
  const { id } = await worker.done('identity.requestAssignment', { ...wanted, reason: '新任党务干部' })
  expect((await person.done('identity.session', {})).capabilities.map((c) => c.capability)).toEqual(before)
  await worker.refused('identity.approveAssignment', { id, version: 1 }, 'lacks-identity.approveGrants')
  await security.refused('identity.approveAssignment', { id, version: 9 }, 'stale-version')
  expect(await factsOf('assignment.%')).toEqual(['assignment.requested'])

  await security.done('identity.approveAssignment', { id, version: 1 })
  expect(await factsOf('assignment.%')).toEqual(['assignment.requested', 'assignment.approved'])
  const after = await person.done('identity.session', {})
  expect(
    after.capabilities.map((c) => c.capability),
    'at once, no second later',
  ).toContain('organisation.manage')
  await security.refused('identity.approveAssignment', { id, version: 2 }, 'not-waiting')

  await worker.done('identity.endAssignment', { id, version: 2 })
  expect((await person.done('identity.session', {})).capabilities.map((c) => c.capability)).toEqual(before)
})

test('a refused grant stays without effect and is gone from the list', async () => {
  const wanted = { personId: member, role: 'evaluator' as const, orgId: branch, subtree: true }
  const { id } = await worker.done('identity.requestAssignment', wanted)
  const { items } = await security.done('identity.assignments', {})
  expect(items).toMatchObject([{ id, personName: '钱某某', role: '考核组成员', requestedBy: '赵某某', can: { approve: true } }])
  await security.done('identity.refuseAssignment', { id, version: 1, reason: '考核组另有安排' })
  expect((await security.done('identity.assignments', {})).items).toEqual([])
  expect(await factsOf('assignment.approved')).toHaveLength(1)
})

test('nobody approves for the natural person he is, even when another asked', async () => {
  const security_ = (await security.done('identity.session', {})).account.personId!
  const { id } = await worker.done('identity.requestAssignment', { personId: security_, role: 'evaluator', orgId: branch, subtree: true })
  await security.refused('identity.approveAssignment', { id, version: 1 }, 'own-grant')
})

test('the audit officer reads every command with its outcome, filtered by declared fields only, and nobody else does', async () => {
  const { items, next } = await audit.done('identity.audit', { limit: 5 })
  expect(items).toHaveLength(5)
  expect(next).not.toBeNull()
  const refused = await audit.done('identity.audit', { outcome: 'refused', operation: 'identity.approveAssignment' })
  expect(refused.items.map((item) => item.outcome)).toContain('own-grant')
  expect(refused.items[0]).toMatchObject({ who: '李某某', title: '核准授权' })
  const came = await audit.done('identity.audit', { operation: 'identity.activate', limit: 50 })
  expect(
    came.items.map((item) => item.who),
    'who came in is named',
  ).toContain('赵某某')
  for (const other of [system, security, worker]) expect((await other.call('identity.audit', {})).status).toBe(403)
  expect((await audit.call('identity.audit', { hidden: 'x' } as never)).status).toBe(422)
  expect((await audit.done('identity.audit', { until: '2020-01-01' })).items).toEqual([])
})

test('a password forgotten is replaced by a code given in presence; the person is told', async () => {
  const person = visitor(w, { source: '10.2.0.9' })
  await person.done('identity.signIn', { login: 'B2001', password: PASSWORD })
  const { items } = await system.done('identity.accounts', { text: '钱' })
  const target = { accountId: items[0]!.id, version: items[0]!.version, seenDocument: '身份证' }
  await security.refused('identity.resetByPresence', target, 'lacks-identity.manageAccounts')
  expect((await worker.call('identity.resetByPresence', target)).status).toBe(404)
  const { slip } = await system.done('identity.resetByPresence', target)
  expect((await person.call('identity.session', {})).status, 'nothing changes before the code is used').toBe(200)
  await person.refused('identity.activate', { login: 'B2001', code: slip.code, password: PASSWORD }, 'former-password')
  const fresh = await activated(w, 'B2001', slip.code, '换一个足够长的新口令吧-不重复')
  expect((await person.call('identity.session', {})).status, 'old sessions are over').toBe(401)
  expect((await fresh.done('identity.session', {})).notices.join()).toContain('由王某某当面发过重设你密码的一次性码')
  await visitor(w).refused('identity.activate', { login: 'B2001', code: slip.code, password: PASSWORD }, 'wrong-code')
})

test('a disabled account is out with its next request and cannot sign in; enabled it can', async () => {
  const person = visitor(w, { source: '10.2.0.10' })
  await person.done('identity.signIn', { login: 'B2001', password: '换一个足够长的新口令吧-不重复' })
  const { id, version } = (await system.done('identity.accounts', { text: '钱' })).items[0]!
  const off = await system.done('identity.disable', { accountId: id, version })
  expect((await person.call('identity.session', {})).status).toBe(401)
  await person.refused('identity.signIn', { login: 'B2001', password: '换一个足够长的新口令吧-不重复' }, 'account-disabled')
  await system.refused('identity.enable', { accountId: id, version }, 'stale-version')
  await system.done('identity.enable', { accountId: id, version: off.version })
  await person.done('identity.signIn', { login: 'B2001', password: '换一个足够长的新口令吧-不重复' })
})

test('who leaves is out the same day: no membership, no post, no grant, no access', async () => {
  const person = visitor(w, { source: '10.2.0.11' })
  await person.done('identity.signIn', { login: 'B2001', password: '换一个足够长的新口令吧-不重复' })
  await sql`update members.membership set valid = daterange(lower(valid), current_date) where person_id = ${member}`.execute(w.db)
  const status = async () => (await person.call('identity.session', {})).status
  await expect.poll(status, { timeout: 1500, message: 'what other modules change shows within a second' }).toBe(401)
  const { body } = await person.refused('identity.signIn', { login: 'B2001', password: '换一个足够长的新口令吧-不重复' }, 'access-ended')
  expect(body.message).toContain('当天起生效')
})

test('there is no way to act as somebody else, and no secret is kept where a database reader finds it', async () => {
  const names = modules.flatMap((m) => m.operations.map((op) => op.name as string))
  expect(names.filter((name) => /impersonat|actAs|loginAs|switchUser/i.test(name))).toEqual([])
  const { rows } = await w.pool.query<{ text: string }>(`select string_agg(t::text, '') as text from (
    select to_jsonb(i) as t from kernel.idempotency i union all select to_jsonb(s) from identity.slip s
    union all select to_jsonb(s) from identity.session s union all select to_jsonb(a) from kernel.audit a
    union all select to_jsonb(l) from identity.sign_in l) x`)
  expect(rows[0]!.text).not.toContain(PASSWORD)
  for (const { jar } of [system, security, worker]) expect(rows[0]!.text).not.toContain(jar.get('__Host-session'))
  expect(rows[0]!.text).not.toMatch(/"[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}"/)
})

test('a session is only revoked by its owner or the system officer; others do not find it', async () => {
  const { items } = await security.done('identity.sessions', {})
  expect(items).toMatchObject([{ current: true, device: 'Windows 上的 Chrome' }])
  for (const other of [audit, worker]) expect((await other.call('identity.revokeSession', { id: items[0]!.id })).status).toBe(404)
  expect((await system.call('identity.revokeSession', { id: someId() })).status).toBe(404)
  await system.done('identity.revokeSession', { id: items[0]!.id })
  expect((await security.call('identity.session', {})).status).toBe(401)
})

test('the way of the tests into a real world is for preparing only', async () => {
  expect(FIRST.login).toBe('A1001')
  expect((await w.call(OWNER, 'identity.session', {})).status).toBe(404)
})
