import { dateName, daysBetween, onDay } from '#kernel/civilDate.ts'
import { ORG_KINDS, type OrgKind } from '#modules/organisation/contract.ts'
import type { CheckKey } from './contract.ts'

/** How an organisation is set up on a day; members are those on its roster and below. */
export interface SetUp {
  kind: OrgKind
  name: string
  full: number
  members: number
  /** Posts of its committee that are held, and whether it met as one this year. */
  committee: number
  metAsCommittee: boolean
  units: number
  projectEnd: string | null
}

export interface Found {
  check: CheckKey
  says: string
  remedy: string
}

/** What of the set-up departs from the rules on a day. A branch without anybody is told so, and nothing else is held against it. Pure. */
export function checksOf(o: SetUp, day: string): Found[] {
  const found: Found[] = []
  const say = (check: CheckKey, says: string, remedy: string) => void found.push({ check, says: `${o.name}${says}`, remedy })
  const temporary = o.kind === 'provisionalBranch'
  const branch = o.kind === 'partyBranch' || o.kind === 'jointBranch'
  if (o.projectEnd !== null && o.projectEnd < day && (temporary || o.kind === 'jointBranch'))
    say(
      'project-over',
      `的任务${dateName(onDay(o.projectEnd))}结束，已过 ${daysBetween(o.projectEnd, day)} 天，${ORG_KINDS[o.kind]}还在`,
      '请安排党员回到原支部，报上级党组织撤销；任务延长的，登记新的结束日期',
    )
  if (temporary && o.projectEnd === null) say('no-end', '没有登记任务和结束日期', '请登记为哪项任务设立、到哪一天结束，到期会提醒撤销')
  if (branch && o.members === 0) {
    say('empty-roster', '的名册是空的', '请录入名册；已不再使用的，请登记撤销')
    return found
  }
  if (branch && o.full < 3)
    say('few-members', `正式党员 ${o.full} 人，不足 3 人`, '请报上级党组织，与相近单位组建联合党支部，或并入其他支部')
  if ((branch || temporary) && o.full >= 7 && o.committee < 3 && !o.metAsCommittee)
    say('no-committee', `正式党员 ${o.full} 人，没有支委会`, '请报上级党组织同意后选举产生支委会')
  if ((branch || o.kind === 'generalBranch') && o.members >= 100)
    say('needs-committee', `有党员 ${o.members} 人，还没有设党委`, '请报上级党组织批准，设立党的基层委员会')
  else if (branch && o.members > 50) say('many-members', `有党员 ${o.members} 人，超过 50 人`, '请考虑分设支部，或报批设立党总支')
  if (o.kind === 'partyCommittee' && o.members > 0 && o.members < 100)
    say('small-committee', `有党员 ${o.members} 人，不足 100 人`, '请核对设立党委时上级党组织的批准文件')
  if (o.kind === 'generalBranch' && o.members > 0 && o.members < 50)
    say('small-committee', `有党员 ${o.members} 人，不足 50 人`, '请核对设立党总支时上级党组织的批准文件')
  if (o.kind === 'jointBranch' && o.units > 5) say('many-units', `覆盖 ${o.units} 个单位`, '请考虑分设，或让够条件的单位单独成立支部')
  return found
}
