import type { Api } from '../platform.ts'
import { givePost, makeMember, makeOrg } from './people.ts'
import type { World } from './world.ts'

export interface Branch {
  committeeId: string
  id: string
  secretary: string
  deputy: string
  commissioner: string
  /** Ordinary full members. */
  members: string[]
  probationary: string[]
  /** Everybody, the three of the committee first, then ordinary and probationary members. */
  all: string[]
}

/** A branch under a Party committee: three in its branch committee, `full` full members in all and `probationary` others. */
export async function makeBranch(
  w: World,
  { full = 9, probationary = 0, committeeId, name }: { full?: number; probationary?: number; committeeId?: string; name?: string } = {},
): Promise<Branch> {
  const above = committeeId ?? (await makeOrg(w, { kind: 'partyCommittee' }))
  const id = await makeOrg(w, { kind: 'partyBranch', parentId: above, ...(name ? { name } : {}) })
  const fulls: string[] = []
  for (let i = 0; i < full; i++) fulls.push(await makeMember(w, id))
  const others: string[] = []
  for (let i = 0; i < probationary; i++) others.push(await makeMember(w, id, { joinedOn: '2026-03-01', convertedOn: null }))
  const [secretary, deputy, commissioner, ...members] = fulls as [string, string, string, ...string[]]
  await givePost(w, id, secretary, 'partySecretary')
  await givePost(w, id, deputy, 'deputySecretary')
  await givePost(w, id, commissioner, 'organizationCommissioner')
  return { committeeId: above, id, secretary, deputy, commissioner, members, probationary: others, all: [...fulls, ...others] }
}

type Input = Api['meetings.record']['input']

/** A meeting of the branch as a recorder writes it, chaired by the secretary and recorded by the commissioner. */
export const meetingOf = (b: Branch, given: Partial<Input> = {}): Input => ({
  orgId: b.id,
  kinds: ['memberAssembly'],
  title: '第三季度党员大会',
  heldOn: '2026-09-10',
  start: '16:30',
  end: '18:10',
  place: '井口调度楼 302',
  chairId: b.secretary,
  recorderId: b.commissioner,
  absent: [],
  observers: [],
  items: [{ topic: '学习上级会议精神', discussion: '发言六人', resolution: '班中餐保温箱配齐' }],
  settled: [],
  ...given,
})

/** Ticks these people as absent. */
export const away = (ids: readonly string[], reason: NonNullable<Input['absent']>[number]['reason'] = 'onDuty') =>
  ids.map((personId) => ({ personId, reason, note: '' }))

/** An item with one vote. */
export const voteOn = (topic: string, vote: NonNullable<NonNullable<Input['items']>[number]['vote']>) => ({
  topic,
  discussion: '',
  resolution: '同意',
  actions: [],
  vote,
})
