import { z } from 'zod'
import { Can, CheckView } from './shapes.ts'
import { VOTE_RULES, type VoteRuleKey } from './voting.ts'

/** What can be chosen on a paper vote; one only, two make it invalid, none is an abstention (V-12). */
export const PAPER_CHOICES = {
  vote: { title: '表决', options: { inFavour: '同意', against: '不同意', abstained: '弃权' } },
  grade: {
    title: '民主测评',
    options: { excellent: '优秀', qualified: '合格', basic: '基本合格', unqualified: '不合格', abstained: '弃权' },
  },
  report: { title: '述职评议', options: { good: '好', better: '较好', fair: '一般', poor: '差', abstained: '弃权' } },
} as const
export type PaperChoice = keyof typeof PAPER_CHOICES
export const PaperChoice = z.enum(Object.keys(PAPER_CHOICES) as [PaperChoice, ...PaperChoice[]])

const number = z.int().min(0).max(10_000)

/** What one person counted for one line: votes by option, those that are invalid, and how many came back. */
export const Figures = z.strictObject({
  returned: number,
  invalid: number.default(0),
  votes: z.record(z.string().regex(/^[a-zA-Z]{1,20}$/), number),
})
export type Figures = z.output<typeof Figures>

export const COUNT_STATES = { typing: '计数中', agreed: '两人一致', dropped: '已作废' } as const
export type CountState = keyof typeof COUNT_STATES

/** Where a line stands for everybody: who has typed, whether the two agree; the figures only once they do. */
export const CountLine = z.object({
  position: z.int(),
  title: z.string(),
  personId: z.uuid().nullable(),
  tellerDone: z.boolean(),
  scrutineerDone: z.boolean(),
  /** Both have typed and they are not the same: both count again. */
  differs: z.boolean(),
  /** How often either has typed. */
  attempts: z.int(),
  figures: Figures.nullable(),
  /** Of a vote with a rule: what the figures mean. */
  majority: CheckView.nullable(),
  passed: z.boolean().nullable(),
  /** May the reader type this line: true, or why not. */
  mayType: z.union([z.literal(true), z.string()]),
  /** The reader has typed it, and it waits for the other side. */
  typed: z.boolean(),
})

const Named = z.object({ id: z.uuid(), name: z.string() })

export const CountView = z.object({
  id: z.uuid(),
  orgId: z.uuid(),
  orgName: z.string(),
  planId: z.uuid().nullable(),
  title: z.string(),
  choices: PaperChoice,
  issued: z.int(),
  entitled: z.int(),
  present: z.int(),
  rule: z.enum(Object.keys(VOTE_RULES) as [VoteRuleKey, ...VoteRuleKey[]]).nullable(),
  quorum: CheckView.nullable(),
  tellers: z.array(Named),
  scrutineers: z.array(Named),
  state: z.enum(Object.keys(COUNT_STATES) as [CountState, ...CountState[]]),
  reason: z.string().nullable(),
  openedAt: z.string(),
  lines: z.array(CountLine),
  version: z.int(),
  can: Can,
})
export type CountView = z.output<typeof CountView>
