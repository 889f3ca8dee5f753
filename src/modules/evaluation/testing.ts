import { generateKeyPairSync } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startSequencer } from '#ledger/sequencer.ts'
import { signerOf } from '#ledger/signing.ts'
import type { MeetingKind } from '#modules/meetings/contract.ts'
import { type Branch, makeBranch, meetingOf } from '#testing/meetings.ts'
import { givePost, makeMember, makeOrg } from '#testing/people.ts'
import { OWNER, type World } from '#testing/world.ts'

/** Numbers everything recorded so far and signs a head; answers the size of the ledger. */
export async function number(w: World): Promise<number> {
  const heads = await mkdtemp(join(tmpdir(), 'rj-heads-'))
  const sequencer = startSequencer({ db: w.db, signer: signerOf(generateKeyPairSync('ed25519').privateKey), heads, pollMs: 1_000_000 })
  const head = await sequencer.drain()
  await sequencer.stop()
  await rm(heads, { recursive: true })
  return head?.size ?? 0
}

export type Unit = Awaited<ReturnType<typeof makeUnit>>

/** A committee with an officer of Party affairs, and branches with their secretaries. */
export async function makeUnit(w: World, branches = 1) {
  const committeeId = await makeOrg(w, { kind: 'partyCommittee', name: '示例矿业集团党委' })
  const officer = await makeMember(w, committeeId, { name: '李某某' })
  await givePost(w, committeeId, officer, 'partyAffairsWorker')
  const made: Branch[] = []
  for (let i = 0; i < branches; i++) made.push(await makeBranch(w, { committeeId, full: 7, name: `第${i + 1}党支部` }))
  return { committeeId, officer, branches: made }
}

/** A meeting of the branch, recorded on its day. Answers its id. */
export async function hold(w: World, b: Branch, kinds: MeetingKind[], on: string): Promise<string> {
  w.setNow(new Date(`${on}T10:00:00Z`))
  return (await w.done(b.commissioner, 'meetings.record', meetingOf(b, { kinds, heldOn: on, start: '10:00', end: '11:00' }))).id
}

export const BASICS = { shipped: '00-branch-basics' }

/** Copies the shipped basics for the committee and publishes them; answers the scheme's id. */
export async function publishBasics(w: World, { committeeId, officer }: Unit): Promise<string> {
  const { id, version } = await w.done(officer, 'evaluation.copyShipped', { orgId: committeeId, ...BASICS })
  await w.done(officer, 'evaluation.publishScheme', { id, version, documentNo: '示例党发〔2025〕3号' })
  return id
}

export { OWNER }

/** A meeting of the committee on that day, as a resolution on results is taken in. Answers its id. */
export async function resolutionMeeting(
  w: World,
  { committeeId, officer }: Pick<Unit, 'committeeId' | 'officer'>,
  on: string,
): Promise<string> {
  const other = await makeMember(w, committeeId)
  const input = {
    orgId: committeeId,
    kinds: ['committeeMeeting' as const],
    title: '研究考核结果',
    heldOn: on,
    start: '09:00',
    end: '10:00',
  }
  const item = { topic: '研究年度考核结果', discussion: '', resolution: '同意', actions: [], vote: null }
  const people = { place: '会议室', chairId: officer, recorderId: other, absent: [], observers: [], items: [item], settled: [] }
  return (await w.done(OWNER, 'meetings.record', { ...input, ...people })).id
}
