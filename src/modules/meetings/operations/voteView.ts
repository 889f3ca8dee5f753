import type { z } from 'zod'
import { judgeVote, VOTE_RULES, type VoteRuleKey, type VoteView } from '../contract.ts'
import type { Seen } from '../find.ts'
import type { Vote } from '../tables.ts'
import { namedBy } from '../votes.ts'

/** A vote with its formulas, computed again from what was counted. */
export function voteView(v: Vote, m: Pick<Seen, 'expected' | 'present'>, names: Map<string, string>): z.output<typeof VoteView> {
  const key = v.rule as VoteRuleKey
  const rule = VOTE_RULES[key]
  const result = judgeVote(key, {
    all: m.expected,
    entitled: v.base,
    entitledPresent: v.present,
    othersPresent: Math.max(0, m.present - v.present),
    inFavour: v.in_favour,
    against: v.against,
    abstained: v.abstained,
    writtenInFavour: v.written_in_favour,
    writtenAgainst: v.written_against,
    writtenAbstained: v.written_abstained,
    recused: v.recused_ids.length,
    notEntitledNamed: namedBy(v.not_entitled_votes),
  })
  return {
    rule: key,
    method: v.method as 'raiseHands',
    inFavour: v.in_favour,
    against: v.against,
    abstained: v.abstained,
    writtenInFavour: v.written_in_favour,
    writtenAgainst: v.written_against,
    writtenAbstained: v.written_abstained,
    recordedPassed: v.recorded_passed,
    ruleTitle: rule.title,
    source: rule.source,
    toVerify: rule.toVerify,
    recused: v.recused_ids.map((id) => ({ id, name: names.get(id) ?? '' })),
    notEntitled: v.not_entitled_votes.map(({ personId, choice }) => ({ id: personId, name: names.get(personId) ?? '', choice })),
    notEntitledCount: v.not_entitled,
    quorum: result.quorum,
    majority: result.majority,
    quorate: v.quorate,
    passed: v.passed,
    says: result.says,
  }
}
