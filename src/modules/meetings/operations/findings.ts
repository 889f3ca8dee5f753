import { sql } from 'kysely'
import { z } from 'zod'
import { dateAt } from '#kernel/civilDate.ts'
import { type Ctx, query } from '#kernel/operation.ts'
import { COMMITTEE_KINDS, GRACE_DAYS, kindsName, VOTE_RULES, type VoteRuleKey } from '../contract.ts'
import { meetingsPlaced, namesOf, type Seen, seenColumns, seenOrg } from '../find.ts'
import { seesText } from '../policy.ts'
import type { Vote } from '../tables.ts'
import { inSubtree, meetingsWhere, unsignedFor7Days } from './list.ts'
import { voteView } from './voteView.ts'

export const FINDINGS = [
  'below-quorum',
  'exactly-half',
  'recorded-otherwise',
  'probationary-vote',
  'late-entry',
  'unsigned',
  'roster-changed',
] as const

const Finding = z.object({
  key: z.enum(FINDINGS),
  orgId: z.uuid(),
  orgName: z.string(),
  meetingId: z.uuid(),
  heldOn: z.iso.date(),
  says: z.string(),
  source: z.string(),
  remedy: z.string(),
  factIds: z.array(z.uuid()),
  /** The page that shows it. */
  open: z.string(),
})
type Finding = z.output<typeof Finding>

export const findings = query('meetings.findings', {
  title: '核对会议记录：表决、签字、补录',
  input: z.object({ orgId: z.uuid(), from: z.iso.date(), to: z.iso.date(), key: z.enum(FINDINGS).optional() }),
  output: z.object({ items: z.array(Finding) }),
  snapshot: true,
  load: (ctx, { orgId }) => seenOrg(ctx, orgId),
  may: (actor, org) => actor.holds('meetings.read', org.path),
  run: async (ctx, { from, to, key }, org) => {
    const within = sql`${inSubtree(org.path)} and m.held_on between ${from}::date and ${to}::date and m.state <> 'cancelled'`
    const found = [
      ...(await voteFindings(ctx, within)),
      ...(await meetingsWhere(ctx, sql`${within} and m.late`, 500)).map(late),
      ...(await meetingsWhere(ctx, sql`${within} and ${unsignedFor7Days(dateAt(ctx.now))}`, 500)).map(notSigned),
      ...(await rosterFindings(ctx, within)),
    ]
    return { items: found.filter((f) => !key || f.key === key).sort((a, b) => (a.heldOn < b.heldOn ? -1 : 1)) }
  },
})

async function voteFindings(ctx: Ctx, within: ReturnType<typeof sql>): Promise<Finding[]> {
  const { rows } = await sql<Seen & { v: Vote; topic: string }>`
    select ${seenColumns}, to_jsonb(v) as v, i.topic
    from ${meetingsPlaced}
    join meetings.vote v on v.org_id = m.org_id and v.meeting_id = m.id
    join meetings.item i on i.org_id = v.org_id and i.meeting_id = v.meeting_id and i.position = v.position
    where ${ctx.actor.within('meetings.read', 'o.path')} and ${within}
      and (not v.quorate or v.not_entitled > 0 or v.recorded_passed <> v.passed) order by m.held_on, v.id`.execute(ctx.db)
  const names = await namesOf(
    ctx,
    rows.flatMap(({ v }) => v.not_entitled_votes.map((n) => n.personId)),
  )
  return rows.filter((r) => seesText(ctx.actor, r)).flatMap((r) => ofVote(r, names))
}

function ofVote({ v, topic, ...m }: Seen & { v: Vote; topic: string }, names: Map<string, string>): Finding[] {
  const view = voteView(v, m, names)
  const { source } = VOTE_RULES[v.rule as VoteRuleKey]
  const finding = (key: Finding['key'], says: string, remedy: string) =>
    of(m, key, `${m.held_on} ${kindsName(m.kinds, m.own_kind)}「${topic}」${says}`, source, remedy, [v.fact_id, m.held_fact])
  const found: Finding[] = []
  if (!v.quorate && v.recorded_passed !== false)
    found.push(
      finding('below-quorum', `：${view.quorum.says}，到会人数未达到规定，表决无效，决议不成立（会议照常记录）`, '请另行召开会议重新表决'),
    )
  else if (v.recorded_passed && !v.passed && view.majority.have * 2 === view.majority.of)
    found.push(finding('exactly-half', `记为通过：${view.majority.says}，恰好一半不是超过半数`, '请更正表决结果，或重新表决'))
  else if (v.quorate && v.recorded_passed !== null && v.recorded_passed !== v.passed)
    found.push(
      finding(
        'recorded-otherwise',
        `记为${v.recorded_passed ? '通过' : '未通过'}，按票数应为${v.passed ? '通过' : '未通过'}：${view.says}`,
        '请核对票数，更正表决结果',
      ),
    )
  if (v.not_entitled > 0) {
    const who = view.notEntitled.map((n) => n.name).join('、')
    const says = `计入了 ${v.not_entitled} 张没有表决权的人的票${who ? `：${who}` : ''}`
    found.push(finding('probationary-vote', says, '预备党员等没有表决权的人的票应当扣除，请更正票数后重新认定结果'))
  }
  return found
}

const late = (m: Seen): Finding =>
  of(
    m,
    'late-entry',
    `${m.held_on} 的${kindsName(m.kinds, m.own_kind)}到 ${dateAt(m.recorded_at)} 才记录，标为补录，照常计入`,
    `本平台补录规则：会后 ${GRACE_DAYS} 天内记录；超过的标明补录，两个日期都显示`,
    '核对原始记录；今后在会后七天内记录',
    [m.held_fact],
  )

const notSigned = (m: Seen): Finding =>
  of(
    m,
    'unsigned',
    `${m.held_on} 的${kindsName(m.kinds, m.own_kind)}记录提交后满七天没有签字`,
    '会议记录由主持人和记录人签字（会议记录要素）',
    '请主持人签字；主持人不在的，请另一位委员签字并写明原因',
    [m.held_fact],
  )

/** People who stand in 应到 although by the roster as it is known now they were on no roster of the organisation that day. */
async function rosterFindings(ctx: Ctx, within: ReturnType<typeof sql>): Promise<Finding[]> {
  const { rows } = await sql<Seen & { gone: string[] }>`
    select ${seenColumns}, x.gone from ${meetingsPlaced}
    join (
      select a.org_id, a.meeting_id, array_agg(p.name order by p.name) as gone
      from meetings.attendance a
      join meetings.meeting m on m.org_id = a.org_id and m.id = a.meeting_id
      join organisation.org o on o.id = a.org_id
      join organisation.person p on p.id = a.person_id
      left join (members.membership s join organisation.org so on so.id = s.org_id)
        on s.person_id = a.person_id and s.valid @> m.held_on and so.path >= o.path and so.path < o.path || '~'
      where s.id is null and not m.kinds && ${[...COMMITTEE_KINDS]}::text[] and m.state <> 'archivedOnPaper' and ${within}
      group by 1, 2) x on x.org_id = m.org_id and x.meeting_id = m.id
    where ${ctx.actor.within('meetings.read', 'o.path')} order by m.held_on, m.id`.execute(ctx.db)
  return rows.map((m) =>
    of(
      m,
      'roster-changed',
      `${m.held_on} 的${kindsName(m.kinds, m.own_kind)}应到 ${m.expected} 人里，${m.gone.join('、')}按现在的名册当天已不在本组织，应到会应为 ${m.expected - m.gone.length} 人`,
      '应到会按会议当日名册计算（支部工作条例第十一条的基数）',
      '凭组织关系转接回执，用「补充更正」重新计算应到',
      [m.held_fact],
    ),
  )
}

const of = (m: Seen, key: Finding['key'], says: string, source: string, remedy: string, factIds: string[]): Finding => ({
  key,
  orgId: m.org_id,
  orgName: m.org_name,
  meetingId: m.id,
  heldOn: m.held_on,
  says: `${m.org_name}：${says}`,
  source,
  remedy,
  factIds,
  open: `/meetings/${m.id}`,
})
