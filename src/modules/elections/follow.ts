import { sql } from 'kysely'
import { addYears, dateAt, dateName, onDay } from '#kernel/civilDate.ts'
import { conflict, invalid } from '#kernel/errors.ts'
import type { Ctx } from '#kernel/operation.ts'
import { sanctionedRefusal } from '#modules/merits/published.ts'
import { COMMITTEE_POSTS, type PostRole } from '#modules/organisation/contract.ts'
import { appoint, beginTerm, endPost, extendTerm, lockPost, orgCard, termOn } from '#modules/organisation/published.ts'
import { beforeSending, onComposing, onReply } from '#modules/requests/published.ts'
import { neededFor, STATES, type State, yearsOf } from './contract.ts'
import { record } from './record.ts'
import { candidatesOf, type Election, electionAbout, moveTo } from './store.ts'

/** At which step which request is sent, and what its answer leads to. */
const STEP = {
  election: { at: 'planned', agreed: 'approved', refused: 'cancelled' },
  candidates: { at: 'nominated', agreed: 'candidatesApproved', refused: 'approved' },
  electionResult: { at: 'officers', agreed: 'completed', refused: 'officers' },
} as const satisfies Record<string, { at: State; agreed: State; refused: State }>

type Kind = keyof typeof STEP
const KINDS = Object.keys(STEP) as Kind[]

/** The requests of an election are drafted from it, sent at their step only, and their answers open the next. */
export function followRequests(): void {
  onComposing(KINDS, async (ctx, { aboutId }) => {
    const election = await electionAbout(ctx, aboutId)
    return election ? wordsOf(ctx, election) : {}
  })
  beforeSending(KINDS, async (ctx, { kind, aboutId, orgId }) => {
    const election = await electionAbout(ctx, aboutId)
    if (!election) return undefined
    const { at } = STEP[kind as Kind]
    if (election.orgId !== orgId) return conflict('other-election', '这次换届不是这个党组织的')
    if (election.state !== at) return conflict('not-this-step', `换届现在的一步是：${STATES[election.state]}`)
    const candidates = kind === 'candidates' ? await candidatesOf(ctx, election.id) : []
    const ids = candidates.map(({ personId }) => personId)
    return sanctionedRefusal(ctx, ids, dateAt(ctx.now), '候选人', 'aboutId')
  })
  onReply(KINDS, async (ctx, { kind, aboutId, decision, answeredOn }) => {
    const election = await electionAbout(ctx, aboutId)
    const step = STEP[kind as Kind]
    if (!election || election.state !== step.at || decision === 'returned') return
    if (kind === 'electionResult' && decision === 'agreed') await complete(ctx, election)
    await moveTo(ctx, election, step[decision])
    recordAnswer(ctx, election, kind as Kind, decision, answeredOn)
  })
  onComposing(['termExtension'], async (ctx, { orgId }): Promise<Record<string, string>> => {
    const plan = await plannedExtension(ctx, orgId)
    return plan ? { reason: plan.reason, plannedOn: day(plan.until) } : {}
  })
  beforeSending(['termExtension'], async (ctx, { orgId }) =>
    (await plannedExtension(ctx, orgId))
      ? undefined
      : invalid('nothing-planned', '请先在换届里拟定延到哪一天和原因，再报送', { kind: ['先拟定延期'] }),
  )
  onReply(['termExtension'], async (ctx, { orgId, decision, answeredOn }) => {
    const plan = await plannedExtension(ctx, orgId)
    if (!plan || decision === 'returned') return
    const agreed = decision === 'agreed'
    const term = await termOn(ctx.db, orgId, answeredOn)
    if (agreed && term && answeredOn >= term.until)
      throw conflict('term-over', `本届任期 ${term.until} 已经届满，届满以后不能再批准延期；请答复不同意，并督促换届`)
    if (agreed) await extendTerm(ctx, orgId, plan.until, answeredOn)
    await sql`update elections.extension set state = ${agreed ? 'approved' : 'refused'}, version = version + 1 where id = ${plan.id}`.execute(
      ctx.db,
    )
    record(ctx, 'extension.decided', { subject: plan.id, orgId, happenedOn: answeredOn, body: { until: plan.until, agreed } })
  })
}

function recordAnswer(ctx: Ctx, { id, orgId }: Election, kind: Kind, decision: 'agreed' | 'refused', happenedOn: string) {
  if (decision === 'refused' && kind === 'election') record(ctx, 'election.cancelled', { subject: id, orgId, happenedOn, body: {} })
  if (decision === 'refused') return
  if (kind === 'election') record(ctx, 'election.approved', { subject: id, orgId, happenedOn, body: {} })
  if (kind === 'candidates') record(ctx, 'election.candidatesApproved', { subject: id, orgId, happenedOn, body: {} })
}

const day = (date: string) => dateName(onDay(date))

async function wordsOf(ctx: Ctx, e: Election): Promise<Record<string, string>> {
  const candidates = await candidatesOf(ctx, e.id)
  const elected = candidates.filter(({ electedVotes }) => electedVotes !== null)
  const secretary = candidates.find(({ role }) => role === 'partySecretary')?.name
  return {
    plannedOn: day(e.plannedOn),
    seats: String(e.seats),
    nominees: String(neededFor(e.seats, e.direct)),
    ...(candidates.length > 0 ? { nomineeNames: candidates.map(({ name }) => name).join('、') } : {}),
    ...(elected.length > 0 ? { electedNames: elected.map(({ name, electedVotes }) => `${name}（${electedVotes} 票）`).join('、') } : {}),
    ...(secretary ? { secretaryName: secretary } : {}),
    ...(e.heldOn ? { heldOn: day(e.heldOn), entitled: String(e.entitled), present: String(e.present) } : {}),
  }
}

/** The posts and the term of the new committee, from the day of the assembly; who goes on in the same post just goes on. */
async function complete(ctx: Ctx, e: Election): Promise<void> {
  const org = (await orgCard(ctx.db, e.orgId))!
  const from = e.heldOn!
  const until = addYears(from, yearsOf(org.kind))
  const wanted = (await candidatesOf(ctx, e.id))
    .filter(({ electedVotes }) => electedVotes !== null)
    .map(({ personId, role }) => ({ personId, role: role ?? ('committeeMember' as PostRole) }))
  const { rows: held } = await sql<{ id: string; personId: string; role: PostRole }>`select id, person_id as "personId", role
    from organisation.post where org_id = ${e.orgId} and role = any(${[...COMMITTEE_POSTS]}) and lower(valid) < ${from}::date
      and upper(valid) is null order by id`.execute(ctx.db)
  const goesOn = (a: { personId: string; role: PostRole }) => (b: { personId: string; role: PostRole }) =>
    a.personId === b.personId && a.role === b.role
  for (const post of held) if (!wanted.some(goesOn(post))) await endPost(ctx, (await lockPost(ctx, post.id))!, from)
  for (const post of wanted) if (!held.some(goesOn(post))) await appoint(ctx, { orgId: e.orgId, ...post, from })
  await beginTerm(ctx, e.orgId, from, until)
  record(ctx, 'election.completed', { subject: e.id, orgId: e.orgId, body: { until } })
}

interface Extension {
  id: string
  until: string
  reason: string
  version: number
}

/** What the organisation has planned and its superior has not answered. */
export async function plannedExtension(ctx: Pick<Ctx, 'db'>, orgId: string): Promise<Extension | undefined> {
  const { rows } = await sql<Extension>`select id, until, reason, version from elections.extension
    where org_id = ${orgId} and state = 'asked' order by id desc limit 1`.execute(ctx.db)
  return rows[0]
}

/** The term of office that holds on a day, or the last before it; refuses where none is on record. */
export async function termOfNow(ctx: Pick<Ctx, 'db' | 'now'>, orgId: string) {
  const term = await termOn(ctx.db, orgId, dateAt(ctx.now))
  if (!term) throw conflict('no-term', '还没有登记本届任期，请先在组织架构里登记')
  return term
}
