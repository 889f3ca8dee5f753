import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ledgerAsOf } from '#ledger/reading.ts'
import { givePost, makeMember, makeOrg } from '#testing/people.ts'
import { OWNER, type World, world } from '#testing/world.ts'
import { leadership } from './leadership.ts'
import { termsOnTime } from './measures.ts'

let w: World
let committee: string
let officer: string

beforeAll(async () => {
  w = await world({ now: new Date('2026-11-20T02:00:00Z') })
  committee = await makeOrg(w, { kind: 'partyCommittee', name: '示例矿业集团党委' })
  officer = await makeMember(w, await makeOrg(w, { kind: 'partyBranch', parentId: committee }))
  await givePost(w, committee, officer, 'partyAffairsWorker')
})
afterAll(() => w.close())

const code = ({ status, body }: { status: number; body: unknown }) => [status, (body as { code?: string }).code]

/** A branch of full members whose last is its secretary, with a term until the given day. */
async function branchOf(full: number, until = '2027-01-01') {
  const orgId = await makeOrg(w, { kind: 'partyBranch', parentId: committee })
  const people: string[] = []
  for (let i = 0; i < full; i++) people.push(await makeMember(w, orgId, { name: `王某${'甲乙丙丁戊己庚辛壬癸'[i % 10]}` }))
  const secretary = people.at(-1)!
  await givePost(w, orgId, secretary, 'partySecretary', '2024-01-01')
  await w.done(OWNER, 'organisation.beginTerm', { orgId, from: '2024-01-01', until })
  return { orgId, people, secretary, id: '', version: 0 }
}
type Branch = Awaited<ReturnType<typeof branchOf>>

let numbers = 0
async function answered(
  b: Branch,
  kind: 'election' | 'candidates' | 'electionResult' | 'termExtension',
  decision: 'agreed' | 'refused' = 'agreed',
) {
  const aboutId = kind === 'termExtension' ? null : b.id
  const { id } = await w.done(b.secretary, 'requests.send', { orgId: b.orgId, kind, aboutId, title: '关于换届的请示', body: '请批示。' })
  return w.call(officer, 'requests.answer', { id, version: 1, decision, docNo: `示例党〔2026〕${++numbers}号` })
}

async function opened(full = 10, seats = 3): Promise<Branch> {
  const b = await branchOf(full)
  b.id = (await w.done(b.secretary, 'elections.open', { orgId: b.orgId, plannedOn: '2026-12-20', seats })).id
  return b
}

const at = async (b: Branch) => ({ id: b.id, version: (await w.done(b.secretary, 'elections.get', { id: b.id })).version })
const stateOf = async (b: Branch) => (await w.done(b.secretary, 'elections.get', { id: b.id })).state

async function nominated(b: Branch, candidates = b.people.slice(0, 4)): Promise<Branch> {
  await answered(b, 'election')
  await w.done(b.secretary, 'elections.nominate', { ...(await at(b)), candidates })
  await answered(b, 'candidates')
  return b
}

const holding = async (b: Branch, more: object = {}) => ({
  ...(await at(b)), heldOn: '2026-11-20', absent: [] as string[], leftOut: [], methodPassed: true, monitorId: b.people[4]!, counterId: b.people[5]!,
  issued: b.people.length, ...more,
}) // biome-ignore format: one assembly

const counting = (b: Branch, votes: number[], more: object = {}) => ({
  id: b.id, round: 1, version: 1, returned: b.people.length, invalid: 0,
  votes: votes.map((inFavour, i) => ({ personId: b.people[i]!, inFavour, against: b.people.length - inFavour, abstained: 0 })), ...more,
}) // biome-ignore format: one count

async function voted(votes: number[], b?: Branch) {
  const branch = b ?? (await nominated(await opened()))
  await w.done(branch.secretary, 'elections.hold', await holding(branch))
  for (const as of branch.people.slice(4, 6)) await w.done(as, 'elections.count', counting(branch, votes))
  return branch
}

describe('the whole way', () => {
  test('from 请示 to 批复: each step opens the next, and the last writes posts and term in one', async () => {
    const b = await opened()
    expect(code(await w.call(b.secretary, 'elections.nominate', { ...(await at(b)), candidates: b.people.slice(0, 4) }))).toEqual([
      409,
      'not-this-step',
    ])
    expect(
      code(
        await w.call(b.secretary, 'requests.send', { orgId: b.orgId, kind: 'candidates', aboutId: b.id, title: '请示', body: '请批示。' }),
      ),
    ).toEqual([409, 'not-this-step'])
    const draft = await w.done(b.secretary, 'requests.compose', { orgId: b.orgId, kind: 'election', aboutId: b.id })
    expect(draft.body).toContain('由3名委员组成，提名委员候选人4名')
    expect(draft.open).toBe(0)
    await nominated(b)
    await voted([10, 9, 8, 3], b)
    expect(await stateOf(b)).toBe('elected')
    const officers = [{ personId: b.people[1]!, office: 'partySecretary' as const, inFavour: 3 }]
    const shares = [{ personId: b.people[0]!, role: 'organizationCommissioner' as const }]
    await w.done(b.secretary, 'elections.chooseOfficers', { ...(await at(b)), heldOn: '2026-11-20', present: 3, officers, shares })
    const report = await w.done(b.secretary, 'requests.compose', { orgId: b.orgId, kind: 'electionResult', aboutId: b.id })
    expect(report.body).toContain('应到会有选举权的党员10名，实到10名')
    const { status, facts } = await answered(b, 'electionResult')
    expect(status).toBe(200)
    expect(facts.map((f) => f.kind).filter((k) => !k.startsWith('re')).sort()).toEqual(
      ['election.completed', 'post.began', 'post.began', 'post.began', 'post.ended', 'term.began'],
    ) // biome-ignore format: one list
    const { committee: now, term } = await w.done(b.secretary === b.people[1] ? b.secretary : officer, 'elections.current', {
      orgId: b.orgId,
    })
    expect(new Map(now.map((p) => [p.personId, p.role]))).toEqual(
      new Map([[b.people[1], 'partySecretary'], [b.people[0], 'organizationCommissioner'], [b.people[2], 'committeeMember']]),
    ) // biome-ignore format: one list
    expect(term).toMatchObject({ from: '2026-11-20', until: '2029-11-20' })
  })

  test('under seven full members the assembly elects the 书记 itself', async () => {
    const b = await opened(6, 1)
    expect(await w.done(b.secretary, 'elections.get', { id: b.id })).toMatchObject({ direct: true, needed: 1 })
    await nominated(b, [b.people[0]!])
    await voted([6], b)
    expect(await stateOf(b)).toBe('officers')
    await answered(b, 'electionResult')
    const { committee: now } = await w.done(officer, 'elections.current', { orgId: b.orgId })
    expect(now).toMatchObject([{ personId: b.people[0], role: 'partySecretary' }])
  })

  test('what the superior refuses goes back a step or ends; a second one at a time is refused', async () => {
    const b = await opened()
    expect(code(await w.call(b.secretary, 'elections.open', { orgId: b.orgId, plannedOn: '2026-12-20', seats: 3 }))).toEqual([
      409,
      'running',
    ])
    await answered(b, 'election')
    await w.done(b.secretary, 'elections.nominate', { ...(await at(b)), candidates: b.people.slice(0, 4) })
    await answered(b, 'candidates', 'refused')
    expect(await stateOf(b)).toBe('approved')
  })
})

describe('who may be nominated and when an assembly may elect', () => {
  test('too few candidates, the same twice, a probationary or a suspended one are refused', async () => {
    const b = await opened()
    await answered(b, 'election')
    const probationary = await makeMember(w, b.orgId, { joinedOn: '2026-03-01', convertedOn: null })
    const [suspended] = b.people as [string]
    const membershipId = (await w.done(OWNER, 'members.get', { personId: suspended })).memberships[0]!.id
    await w.done(OWNER, 'members.suspendRights', { membershipId, on: '2026-05-01', cause: 'onProbation' })
    const tryTo = async (candidates: string[]) => code(await w.call(b.secretary, 'elections.nominate', { ...(await at(b)), candidates }))
    const [, two, three, four, five] = b.people as [string, string, string, string, string]
    expect(await tryTo([two, three, four])).toEqual([422, 'too-few-candidates'])
    expect(await tryTo([two, three, four, two])).toEqual([422, 'twice'])
    expect(await tryTo([two, three, four, probationary])).toEqual([422, 'not-eligible'])
    expect(await tryTo([two, three, four, suspended])).toEqual([422, 'not-eligible'])
    expect((await tryTo([two, three, four, officer]))[0]).toBe(404)
    expect(await tryTo([two, three, four, five])).toEqual([200, undefined])
  })

  test('below four fifths nothing is elected; at four fifths it is; who is left out needs both consents', async () => {
    const b = await nominated(await opened())
    const hold = async (more: object) => code(await w.call(b.secretary, 'elections.hold', await holding(b, more)))
    expect(await hold({ absent: b.people.slice(7, 10), issued: 7 })).toEqual([409, 'not-quorate'])
    expect(await hold({ methodPassed: false })).toEqual([422, 'method-first'])
    expect(await hold({ leftOut: [b.people[9]!], absent: b.people.slice(7, 9), issued: 7 })).toEqual([422, 'left-out-not-agreed'])
    expect(await hold({ monitorId: b.people[0]! })).toEqual([422, 'is-candidate'])
    expect(await hold({ counterId: b.people[4]! })).toEqual([422, 'same-person'])
    expect(await hold({ absent: b.people.slice(8, 10), issued: 9 })).toEqual([422, 'too-many-ballots'])
    expect(await stateOf(b)).toBe('candidatesApproved')
    expect(await hold({ absent: b.people.slice(8, 10), issued: 8 })).toEqual([200, undefined])
  })
})

describe('counting', () => {
  test('both type by themselves; neither sees the other before they agree; only they may', async () => {
    const b = await nominated(await opened())
    await w.done(b.secretary, 'elections.hold', await holding(b))
    const [monitor, counter] = b.people.slice(4, 6) as [string, string]
    expect(code(await w.call(b.secretary, 'elections.count', counting(b, [10, 9, 8, 3])))[0]).toBe(403)
    expect(await w.done(monitor, 'elections.toCount', {})).toMatchObject({ items: [{ id: b.id, round: 1 }] })
    expect(await w.done(monitor, 'elections.count', counting(b, [10, 9, 8, 3]))).toEqual({ state: 'waiting' })
    const seen = (await w.done(counter, 'elections.get', { id: b.id })).rounds[0]!
    expect([seen.typed, seen.votes, seen.returned]).toEqual([['monitor'], [], null])
    expect(await w.done(counter, 'elections.count', counting(b, [10, 9, 7, 4]))).toEqual({ state: 'different' })
    expect(await stateOf(b)).toBe('voting')
    expect(await w.done(counter, 'elections.count', counting(b, [10, 9, 8, 3]))).toEqual({ state: 'settled' })
    const { candidates } = await w.done(b.secretary, 'elections.get', { id: b.id })
    expect(candidates.map((c) => c.electedVotes)).toEqual([10, 9, 8, null])
  })

  test('more returned than issued, sums that do not add up, and more marks than seats are refused', async () => {
    const b = await nominated(await opened())
    await w.done(b.secretary, 'elections.hold', await holding(b, { issued: 9 }))
    const type = async (votes: number[], more: object) => code(await w.call(b.people[4]!, 'elections.count', counting(b, votes, more)))
    expect(await type([10, 9, 8, 3], { returned: 10 })).toEqual([422, 'returned-more'])
    expect(await type([10, 9, 8, 3], { returned: 9 })).toEqual([422, 'sum'])
    const votes = [9, 9, 9, 1].map((inFavour, i) => ({ personId: b.people[i]!, inFavour, against: 9 - inFavour, abstained: 0 }))
    expect(await type([], { returned: 9, votes })).toEqual([422, 'favours'])
    expect(await type([], { returned: 9, votes: votes.slice(1) })).toEqual([422, 'other-candidates'])
  })

  test('a tie for the last seat is voted again, between the tied only; it cannot be left open', async () => {
    const b = await voted([10, 8, 6, 6])
    const { left, version, rounds } = await w.done(b.secretary, 'elections.get', { id: b.id })
    expect([left?.seats, left?.tied, left?.names.length, rounds.length]).toEqual([1, true, 2, 1])
    expect(code(await w.call(b.secretary, 'elections.leaveVacant', { id: b.id, version }))).toEqual([409, 'tied'])
    await w.done(b.secretary, 'elections.nextBallot', { id: b.id, version, issued: 10 })
    const second = [
      [b.people[2]!, 6],
      [b.people[3]!, 4],
    ] as const
    const votes = second.map(([personId, inFavour]) => ({ personId, inFavour, against: 10 - inFavour, abstained: 0 }))
    for (const as of b.people.slice(4, 6)) await w.done(as, 'elections.count', counting(b, [], { round: 2, votes }))
    const after = await w.done(b.secretary, 'elections.get', { id: b.id })
    expect([after.state, after.candidates.map((c) => c.electedVotes)]).toEqual(['elected', [10, 8, 6, null]])
  })

  test('exactly half does not elect; the seat may be left open', async () => {
    const b = await voted([10, 9, 5, 4])
    const { left, version } = await w.done(b.secretary, 'elections.get', { id: b.id })
    expect([left?.seats, left?.tied]).toEqual([1, false])
    await w.done(b.secretary, 'elections.leaveVacant', { id: b.id, version })
    expect(await stateOf(b)).toBe('elected')
  })

  test('the committee elects from its own number, more than half of those there', async () => {
    const b = await voted([10, 9, 8, 3])
    const choose = async (personId: string, inFavour: number, present = 3) =>
      code(
        await w.call(b.secretary, 'elections.chooseOfficers', {
          ...(await at(b)), heldOn: '2026-11-20', present, officers: [{ personId, office: 'partySecretary', inFavour }],
        }),
      ) // biome-ignore format: one meeting
    expect(await choose(b.people[3]!, 3)).toEqual([422, 'not-elected'])
    expect(await choose(b.people[0]!, 1)).toEqual([422, 'not-enough-votes'])
    expect(await choose(b.people[0]!, 1, 1)).toEqual([422, 'committee-present'])
    expect(await choose(b.people[0]!, 2, 2)).toEqual([200, undefined])
  })
})

describe('terms', () => {
  test('are told at six, three and one month and after the end, with their days', async () => {
    const orgs = { six: '2027-05-01', three: '2027-02-01', one: '2026-12-15', over: '2026-11-10' }
    const made: [string, string][] = []
    for (const [level, until] of Object.entries(orgs)) made.push([level, (await branchOf(3, until)).orgId])
    const far = (await branchOf(3, '2027-06-01')).orgId
    const { items } = await w.done(officer, 'elections.terms', { orgId: committee, limit: 200 })
    for (const [level, orgId] of made) expect(items.find((t) => t.orgId === orgId)!.level).toBe(level)
    expect(items.some((t) => t.orgId === far)).toBe(false)
    expect(items.find((t) => t.level === 'over')!.says).toContain('已过 10 天，没有批准的延期')
  })

  test('are extended before their end only, by a year at most, when the superior agrees', async () => {
    const b = await branchOf(3, '2026-12-15')
    const ask = async (until: string) =>
      code(await w.call(b.secretary, 'elections.askExtension', { orgId: b.orgId, until, reason: '矿井搬迁' }))
    expect(await ask('2027-12-16')).toEqual([422, 'extended-too-long'])
    expect(await ask('2027-06-15')).toEqual([200, undefined])
    expect((await w.done(officer, 'elections.current', { orgId: b.orgId })).term!.until).toBe('2026-12-15')
    expect((await answered(b, 'termExtension')).status).toBe(200)
    expect((await w.done(officer, 'elections.current', { orgId: b.orgId })).term!.until).toBe('2027-06-15')
    const over = await branchOf(3, '2026-11-10')
    expect(
      code(await w.call(over.secretary, 'elections.askExtension', { orgId: over.orgId, until: '2027-01-01', reason: '矿井搬迁' })),
    ).toEqual([409, 'term-over'])
  })

  test('a vacant post is shown with its days; the measure says who changed in time', async () => {
    const b = await branchOf(3)
    const { posts } = await w.done(OWNER, 'members.get', { personId: b.secretary })
    await w.done(OWNER, 'organisation.endPost', { id: posts[0]!.id, version: 1, on: '2026-11-01' })
    const { items } = await w.done(officer, 'elections.vacancies', { orgId: committee, limit: 100 })
    expect(items.find((v) => v.orgId === b.orgId)).toMatchObject({ role: 'partySecretary', since: '2026-11-01', days: 19 })
    const over = await branchOf(3, '2026-11-10')
    const late = await branchOf(3, '2026-10-01')
    await w.done(OWNER, 'organisation.beginTerm', { orgId: late.orgId, from: '2026-10-20', until: '2029-10-20' })
    const cases = await termsOnTime.cases({
      db: w.db, facts: ledgerAsOf(), orgIds: [over.orgId, late.orgId, b.orgId], from: '2026-01-01', to: '2027-12-31', asAt: '2026-11-20',
      filter: {}, memo: new Map(),
    }) // biome-ignore format: one question
    const of = (orgId: string) => cases.find((c) => c.orgId === orgId)!
    expect(of(over.orgId)).toMatchObject({ met: 0, note: '本届任期 2026-11-10 届满，届满没有换届' })
    expect(of(late.orgId)).toMatchObject({ met: 0, note: '本届任期 2026-10-01 届满，到 2026-10-20 才换届' })
    expect(of(b.orgId)).toMatchObject({ met: 0, due: false })
  })
})

test('how a branch is led is told on the last day: who is missing, who left without a successor, and how many seats there are', async () => {
  const b = await branchOf(9)
  const ask = async (want: string) => {
    const question = { db: w.db, facts: ledgerAsOf(), from: '2026-01-01', to: '2026-12-31', asAt: '2026-11-20', memo: new Map() }
    return (await leadership.cases({ ...question, orgIds: [b.orgId, committee], filter: { want } })).map((c) => [c.met, c.note])
  }
  expect(await ask('whole')).toEqual([[1, '2026-11-20 班子在任 1 人']])
  const deputy = await givePost(w, b.orgId, b.people[0]!, 'deputySecretary', '2024-01-01')
  await w.done(OWNER, 'organisation.endPost', { id: deputy, version: 1, on: '2026-05-06' })
  expect(await ask('vacancies')).toEqual([[0, '2026-11-20 副书记 2026-05-06 起空缺，没有补']])
  expect(await ask('secretary')).toEqual([[1, '2026-11-20 班子在任 1 人']])
  for (const person of b.people.slice(1, 8)) await givePost(w, b.orgId, person, 'committeeMember', '2026-06-01')
  expect(await ask('size')).toEqual([[0, '2026-11-20 委员 8 人，超过 7 人']])
})
