import { z } from 'zod'
import type { OrgKind } from '#modules/organisation/contract.ts'

const oneOf = <K extends string>(of: Record<K, string>) => z.enum(Object.keys(of) as [K, ...K[]])

/** Where a 换届 stands, and what the next step is called. */
export const STATES = {
  planned: '报送换届请示，等批复',
  approved: '酝酿推荐候选人预备人选',
  nominated: '报送候选人预备人选，等批复',
  candidatesApproved: '召开党员大会选举',
  voting: '计票：计票人和监票人各自录入',
  elected: '第一次委员会会议选举书记、副书记',
  officers: '报送选举结果，等批复',
  completed: '已办结，新一届任期和任职已登记',
  cancelled: '已取消',
} as const
export type State = keyof typeof STATES
export const State = oneOf(STATES)

/** The steps of the whole way, for the bar above the page. */
export const WAY = ['请示', '推荐', '预备人选', '大会选举', '选书记', '报告', '办结'] as const
export const placeOf: Record<State, number> = {
  planned: 0, approved: 1, nominated: 2, candidatesApproved: 3, voting: 3, elected: 4, officers: 5, completed: 7, cancelled: 7,
} // biome-ignore format: one line

export const OFFICES = { partySecretary: '书记', deputySecretary: '副书记' } as const
export const Office = oneOf(OFFICES)
export const SHARES = {
  organizationCommissioner: '组织委员',
  publicityCommissioner: '宣传委员',
  disciplineCommissioner: '纪检委员',
} as const
export const Share = oneOf(SHARES)

export const RULES = {
  term: '《党的基层组织任期的意见》（2018）：党委五年，党总支、党支部三年',
  extension: '《中国共产党基层组织选举工作条例》第三条：延期或提前换届须经上级批准，一般不超过一年',
  candidates: '《中国共产党基层组织选举工作条例》：委员候选人的差额不少于应选人数的百分之二十',
  attendance: '《中国共产党基层组织选举工作条例》：有选举权的到会人数不少于应到会人数的五分之四，方能进行选举',
  elected: '《中国共产党基层组织选举工作条例》：获得赞成票超过实到会有选举权人数的一半，始得当选',
} as const

/** Years of a term by kind. */
export const yearsOf = (kind: OrgKind): number => (kind === 'partyCommittee' || kind === 'workCommittee' ? 5 : 3)

/** How many candidates there must be at least: a fifth more than seats, a part counts as one; for the post of secretary as many as seats. */
export const neededFor = (seats: number, direct: boolean): number => (direct ? seats : Math.ceil((seats * 12) / 10))

/** Whether enough of those entitled are there to elect. */
export const isQuorate = (present: number, entitled: number): boolean => present * 5 >= entitled * 4

/** The votes that elect: more than half of those present and entitled. */
export const votesToElect = (present: number): number => Math.floor(present / 2) + 1

/** What the ledger keeps of elections; the subject is the election, happenedOn the day of the step. */
export const electionFacts = {
  'election.opened': z.object({ seats: z.int(), fullMembers: z.int(), direct: z.boolean() }),
  'election.approved': z.object({}),
  'election.nominated': z.object({ candidates: z.int(), needed: z.int() }),
  'election.candidatesApproved': z.object({}),
  'election.held': z.object({ entitled: z.int(), present: z.int() }),
  'election.counted': z.object({ round: z.int(), issued: z.int(), returned: z.int(), invalid: z.int() }),
  /** One for each person elected, by how many votes. */
  'election.elected': z.object({ votes: z.int() }),
  /** The first meeting of the new committee elected its 书记、副书记; one for each. */
  'election.officerChosen': z.object({ office: Office, votes: z.int(), present: z.int() }),
  'election.completed': z.object({ until: z.iso.date() }),
  'election.cancelled': z.object({}),
  'extension.asked': z.object({ until: z.iso.date() }),
  'extension.decided': z.object({ until: z.iso.date(), agreed: z.boolean() }),
}
