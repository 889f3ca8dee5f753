/** What a share is taken of: 应到会有表决权的, 实到会有表决权的, 全体应到会的. They are never exchanged for one another. */
export const BASES = { entitled: '应到会有表决权', present: '实到会有表决权', all: '全体应到会' } as const
export type Base = keyof typeof BASES

/** How many of a base are enough. 「半数以上」 includes the half, 「超过半数」 does not. */
export const THRESHOLDS = {
  half: { title: '半数以上', need: (n: number) => Math.ceil(n / 2), formula: (n: number) => `⌈${n} ÷ 2⌉` },
  moreThanHalf: { title: '超过半数', need: (n: number) => Math.floor(n / 2) + 1, formula: (n: number) => `⌊${n} ÷ 2⌋ + 1` },
  twoThirds: { title: '三分之二以上', need: (n: number) => Math.ceil((2 * n) / 3), formula: (n: number) => `⌈${n} × 2 ÷ 3⌉` },
  fourFifths: { title: '五分之四以上', need: (n: number) => Math.ceil((4 * n) / 5), formula: (n: number) => `⌈${n} × 4 ÷ 5⌉` },
} as const
export type Threshold = keyof typeof THRESHOLDS

interface Share {
  base: Base
  at: Threshold
}

export interface VoteRule {
  title: string
  source: string
  quorum: Share
  pass: Share
  /** Opinions in writing from people who could not come are counted as votes. */
  written: boolean
  /** Its figure is not settled in the source's own text (核对原文): shown, and never a hard alarm. */
  toVerify: boolean
  /** What those who vote are called. */
  voters: string
}

const ofEntitled = (at: Threshold): Share => ({ base: 'entitled', at })

/** Rules of voting as data. Figures from 支部工作条例（试行）第十一、十二条, 发展党员工作细则, 选举工作条例 and 干部任用条例. */
export const VOTE_RULES = {
  assembly: {
    title: '党员大会表决',
    source: '《中国共产党支部工作条例（试行）》第十一条',
    quorum: ofEntitled('half'),
    pass: ofEntitled('moreThanHalf'),
    written: false,
    toVerify: false,
    voters: '有表决权党员',
  },
  admission: {
    title: '接收预备党员、预备党员转正',
    source: '《中国共产党发展党员工作细则》',
    quorum: ofEntitled('moreThanHalf'),
    pass: ofEntitled('moreThanHalf'),
    written: true,
    toVerify: true,
    voters: '有表决权正式党员',
  },
  branchCommittee: {
    title: '支委会表决',
    source: '《中国共产党支部工作条例（试行）》第十二条（到会人数）；赞成票基数条例未写明，按应到会委员计算',
    quorum: ofEntitled('half'),
    pass: ofEntitled('moreThanHalf'),
    written: false,
    toVerify: true,
    voters: '委员',
  },
  committee: {
    title: '党委会（总支委员会）表决',
    source: '企业党委议事规则；到会半数以上、赞成超过应到会半数',
    quorum: ofEntitled('half'),
    pass: ofEntitled('moreThanHalf'),
    written: false,
    toVerify: true,
    voters: '委员',
  },
  appointment: {
    title: '干部任免表决',
    source: '《党政领导干部选拔任用工作条例》',
    quorum: ofEntitled('twoThirds'),
    pass: ofEntitled('moreThanHalf'),
    written: false,
    toVerify: false,
    voters: '委员',
  },
  election: {
    title: '党内选举（线下计票补记）',
    source: '《中国共产党基层组织选举工作条例》',
    quorum: ofEntitled('fourFifths'),
    pass: { base: 'present', at: 'moreThanHalf' },
    written: false,
    toVerify: true,
    voters: '有选举权的党员',
  },
} as const satisfies Record<string, VoteRule>
export type VoteRuleKey = keyof typeof VOTE_RULES

/** What was there to vote and what was counted. `written*` are opinions in writing; the counts include votes that should not count. */
export interface Tally {
  /** 全体应到会. */
  all: number
  entitled: number
  entitledPresent: number
  /** People who were there without a right to vote. */
  othersPresent: number
  inFavour: number
  against: number
  abstained: number
  writtenInFavour: number
  writtenAgainst: number
  writtenAbstained: number
  recused: number
  /** Votes of people without the right, as far as they are named. */
  notEntitledNamed: { inFavour: number; against: number; abstained: number }
}

export interface Check {
  met: boolean
  need: number
  have: number
  base: Base
  of: number
  /** The formula with its numbers, e.g. 「半数以上 = ⌈21 ÷ 2⌉ = 11」. */
  formula: string
  says: string
}

export interface VoteResult {
  quorum: Check
  majority: Check
  quorate: boolean
  passed: boolean
  /** Votes counted although those who gave them had no right to. */
  notEntitled: number
  /** More votes than people in the room: the counts cannot be right. */
  impossible: boolean
  /** People with a vote of whom the counts say nothing. */
  silent: number
  says: string
}

/** Whether enough came: `have` of `of`, with the formula spelt out. */
export function checkShare(share: Share, of: number, have: number, what: string, counted: string): Check {
  const { title, need: needOf, formula: formulaOf } = THRESHOLDS[share.at]
  const need = needOf(of)
  const met = of > 0 && have >= need
  const formula = `${title} = ${formulaOf(of)} = ${need}`
  const rest = of === 0 ? `${BASES[share.base]}的人数是 0，无法计算` : met ? '' : `，差 ${need - have}`
  return { met, need, have, base: share.base, of, formula, says: `${what} ${of}，${formula}，${counted} ${have}${rest}` }
}

/** Whether enough people with a vote came to decide anything, as the form shows it while absences are ticked. */
export const quorumOf = (rule: VoteRuleKey, entitled: number, entitledPresent: number): Check => {
  const { quorum, voters } = VOTE_RULES[rule]
  return checkShare(quorum, entitled, entitledPresent, `应到会${voters}`, '实到')
}

/**
 * What a vote means (V-01, V-02, V-05, V-06): enough present? more than the needed share in favour? Below the needed attendance the
 * resolution is void, the meeting is still recorded. Votes of people without the right are taken out of the result.
 */
export function judgeVote(key: VoteRuleKey, tally: Tally): VoteResult {
  const rule: VoteRule = VOTE_RULES[key]
  const quorum = quorumOf(key, tally.entitled, tally.entitledPresent)
  const written = rule.written ? tally.writtenInFavour + tally.writtenAgainst + tally.writtenAbstained : 0
  const cast = tally.inFavour + tally.against + tally.abstained
  const named = tally.notEntitledNamed.inFavour + tally.notEntitledNamed.against + tally.notEntitledNamed.abstained
  const mayVote = Math.max(0, tally.entitledPresent - tally.recused)
  const excess = Math.max(0, cast - mayVote)
  const notEntitled = Math.max(named, excess)
  // Whose votes were too many is unknown beyond the named ones: a result must stand even if all of them were in favour.
  const struck = tally.notEntitledNamed.inFavour + Math.max(0, excess - named)
  const counted = tally.inFavour + (rule.written ? tally.writtenInFavour : 0)
  const inFavour = Math.max(0, counted - struck)
  const of = { entitled: tally.entitled, present: tally.entitledPresent, all: tally.all }[rule.pass.base]
  const majority = checkShare(rule.pass, of, inFavour, `${BASES[rule.pass.base]}`, '赞成')
  const passed = quorum.met && majority.met
  return {
    quorum,
    majority,
    quorate: quorum.met,
    passed,
    notEntitled,
    impossible:
      cast > tally.entitledPresent + tally.othersPresent ||
      tally.recused > tally.entitledPresent ||
      written > tally.entitled - tally.entitledPresent,
    silent: Math.max(0, mayVote - cast),
    says: sentence(quorum, majority, notEntitled),
  }
}

function sentence(quorum: Check, majority: Check, notEntitled: number): string {
  const struck = notEntitled > 0 ? `计入了 ${notEntitled} 张没有表决权的人的票，已扣除；` : ''
  if (!quorum.met) return `${struck}${quorum.says}。到会人数未达到规定，表决无效，决议不成立；会议照常记录`
  const half = majority.have * 2 === majority.of ? '，恰好一半不算超过半数' : ''
  return `${struck}${majority.says}${majority.met ? '，通过' : `${half}，未通过`}`
}
