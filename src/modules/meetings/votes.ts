import type { Fields } from '#kernel/errors.ts'
import { newId } from '#kernel/id.ts'
import { type Content, judgeVote, VOTE_RULES, type VoteInput, type VoteResult, type Warning } from './contract.ts'
import type { Gathering } from './gather.ts'
import type { Vote } from './tables.ts'

export interface VoteRow {
  row: Omit<Vote, 'org_id' | 'meeting_id'>
  result: VoteResult
  topic: string
}

/** The votes of a meeting, judged on the bases of that day; counts that cannot be are named at their field. */
export function votesOf(
  { items, tellerId, scrutineerId }: Pick<Content, 'items' | 'tellerId' | 'scrutineerId'>,
  people: Gathering,
  wrong: Fields,
): VoteRow[] {
  const byId = new Map(people.attendance.map((a) => [a.person_id, a]))
  return items.flatMap(({ vote, topic }, position) => {
    if (!vote) return []
    const at = `items.${position}.vote`
    for (const [i, id] of vote.recusedIds.entries())
      if (!byId.get(id)?.present) wrong[`${at}.recusedIds.${i}`] = ['回避的人请从到会的人里选']
    for (const [i, { personId }] of vote.notEntitled.entries())
      if (!byId.get(personId)?.present || byId.get(personId)?.entitled)
        wrong[`${at}.notEntitled.${i}.personId`] = ['这里只选到会而没有表决权的人']
    if (vote.method === 'ballot' && !tellerId) wrong.tellerId = ['有票决，请选计票人']
    if (vote.method === 'ballot' && !scrutineerId) wrong.scrutineerId = ['有票决，请选监票人']
    const result = judge(vote, people)
    if (result.impossible)
      wrong[`${at}.inFavour`] = [`票数比到会的人还多（到会 ${people.present} 人），请核对同意、不同意、弃权和书面意见的数字`]
    return [{ topic, result, row: rowOf(vote, position, result, people) }]
  })
}

const judge = (vote: VoteInput, people: Pick<Gathering, 'attendance' | 'present' | 'entitled' | 'entitledPresent'>): VoteResult =>
  judgeVote(vote.rule, {
    ...vote,
    all: people.attendance.length,
    entitled: people.entitled,
    entitledPresent: people.entitledPresent,
    othersPresent: people.present - people.entitledPresent,
    recused: vote.recusedIds.length,
    notEntitledNamed: namedBy(vote.notEntitled),
  })

/** How many of the named people voted which way. */
export const namedBy = (votes: readonly { choice: 'inFavour' | 'against' | 'abstained' }[]) => ({
  inFavour: votes.filter((v) => v.choice === 'inFavour').length,
  against: votes.filter((v) => v.choice === 'against').length,
  abstained: votes.filter((v) => v.choice === 'abstained').length,
})

const rowOf = (vote: VoteInput, position: number, result: VoteResult, people: Gathering): VoteRow['row'] => {
  const id = newId()
  return {
    id,
    position,
    rule: vote.rule,
    method: vote.method,
    base: people.entitled,
    present: people.entitledPresent,
    in_favour: vote.inFavour,
    against: vote.against,
    abstained: vote.abstained,
    written_in_favour: vote.writtenInFavour,
    written_against: vote.writtenAgainst,
    written_abstained: vote.writtenAbstained,
    recused_ids: vote.recusedIds,
    not_entitled_votes: vote.notEntitled,
    not_entitled: result.notEntitled,
    quorate: result.quorate,
    passed: result.passed,
    recorded_passed: vote.recordedPassed,
    fact_id: id,
  }
}

/** What a reader of the record is told about a vote: void, exactly half, a vote that should not count, an outcome that does not follow. */
export function judged({ row, result, topic }: VoteRow, known: Map<string, string>): Warning[] {
  const { source } = VOTE_RULES[row.rule as keyof typeof VOTE_RULES]
  const warn = (code: string, says: string, remedy: string): Warning => ({ code, says: `「${topic}」${says}（${source}）`, remedy })
  const found: Warning[] = []
  if (!result.quorate) found.push(warn('below-quorum', result.quorum.says.concat('，表决无效，决议不成立'), '请另行召开会议重新表决'))
  else if (row.recorded_passed && !result.passed && result.majority.have * 2 === result.majority.of)
    found.push(warn('exactly-half', `记为通过，但${result.majority.says}：恰好一半不是超过半数`, '请更正结果，或重新表决'))
  else if (row.recorded_passed !== null && row.recorded_passed !== result.passed)
    found.push(
      warn('recorded-otherwise', `记为${row.recorded_passed ? '通过' : '未通过'}，但${result.majority.says}`, '请核对票数或更正结果'),
    )
  if (result.notEntitled > 0) {
    const names = row.not_entitled_votes.map((v) => known.get(v.personId)).filter(Boolean)
    const who = names.length > 0 ? `（${names.join('、')}）` : ''
    found.push(warn('probationary-vote', `计入了 ${result.notEntitled} 张没有表决权的人的票${who}`, '请扣除后重新认定结果'))
  }
  return found
}
