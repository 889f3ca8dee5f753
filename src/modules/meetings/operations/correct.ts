import { z } from 'zod'
import { dateAt } from '#kernel/civilDate.ts'
import { type Fields, invalid } from '#kernel/errors.ts'
import { type Ctx, command } from '#kernel/operation.ts'
import { followVotes } from '../actions.ts'
import { lateWhenMoved } from '../compose.ts'
import { Correction, kindsName, OWN_KINDS, type VoteInput, type VoteRuleKey } from '../contract.ts'
import { figuresOf, recordVote, takeBackVotes } from '../facts.ts'
import { locked, type Seen } from '../find.ts'
import { type Gathering, gather } from '../gather.ts'
import { checkOwnKind } from '../ownKinds.ts'
import { policy } from '../policy.ts'
import { recount } from '../store.ts'
import { type Meeting, record, type Vote } from '../tables.ts'
import { judged, type VoteRow, votesOf } from '../votes.ts'
import { type Parts, partsOf } from './get.ts'
import { expectation, orgOf } from './record.ts'
import { addTo, advance, assertCurrent } from './sign.ts'

export const correct = command('meetings.correct', {
  title: '更正已签字或归档的会议记录',
  input: z.object({ id: z.uuid(), version: z.int(), text: z.string().trim().min(1, '请写明更正的原因').max(4_000), change: Correction }),
  output: z.object({ id: z.uuid(), state: z.string(), version: z.int(), corrected: z.array(z.string()) }),
  load: locked,
  may: policy.correct,
  run: async (ctx, { version, text, change }, m) => {
    assertCurrent(m, version)
    const before = await partsOf(ctx, m)
    const wrong: Fields = {}
    const people = await peopleAfter(ctx, m, before, change, wrong)
    const votes = votesOf({ items: itemsAfter(before, change, wrong), tellerId: m.teller_id, scrutineerId: m.scrutineer_id }, people, wrong)
    const late = lateWhenMoved(m, change.heldOn ?? m.held_on, wrong)
    if (Object.keys(wrong).length > 0) throw invalid('invalid-input', Object.values(wrong)[0]![0]!, wrong)

    const after = { ...meetingAfter(m, change, people, votes), late }
    const corrected = differences(m, after, before.votes, votes)
    if (corrected.length === 0) throw invalid('nothing-changed', '没有要更正的数字。只补充文字的，请用「补充」')
    const attendance = people.attendance.map((a) => ({ org_id: m.org_id, meeting_id: m.id, ...a }))
    const rows = votes.map(({ row }) => ({ org_id: m.org_id, meeting_id: m.id, ...row }))
    const body = { ...figuresOf({ meeting: after, attendance }), heldOn: after.held_on, late }
    record(ctx, 'meeting.corrected', { subject: m.id, orgId: m.org_id, happenedOn: after.held_on, body })
    takeBackVotes(ctx, m.org_id, before.votes)
    for (const vote of rows) recordVote(ctx, after, vote)
    await recount(ctx.db, after, attendance, rows)
    await followVotes(ctx, after, before.votes, rows)
    await addTo(ctx, m, text, corrected)
    const { state, version: next } = await advance(ctx, m, {})
    return { id: m.id, state, version: next, corrected }
  },
})

async function peopleAfter(ctx: Ctx, m: Seen, before: Parts, { kinds, heldOn, absent }: Correction, wrong: Fields): Promise<Gathering> {
  if (heldOn && heldOn > dateAt(ctx.now)) wrong.heldOn = ['会议日期不能在今天以后']
  const content = { kinds: kinds ?? (m.kinds as NonNullable<typeof kinds>), heldOn: heldOn ?? m.held_on }
  const org = await orgOf(ctx, m)
  if (kinds) await checkOwnKind(ctx, org, { ...content, ownKindId: ownKindAfter(m, kinds) }, wrong)
  const expected = await expectation(ctx, org, content)
  const there = new Set(expected.people.map((p) => p.personId))
  const absences = absent ?? before.attendance.filter((a) => !a.present && there.has(a.person_id)).map(absenceOf)
  const chosen = expected.basis === 'chosen' ? before.attendance.map((a) => a.person_id).filter((id) => there.has(id)) : []
  return gather({ absent: absences, ...(chosen.length > 0 ? { expectedIds: chosen } : {}) }, expected, wrong)
}

/** A unit's own kind goes when the record is no longer any of those that can be one. */
const ownKindAfter = (m: Seen, kinds: readonly string[]) => (kinds.some((k) => OWN_KINDS.includes(k as 'other')) ? m.own_kind_id : null)

const absenceOf = (a: Parts['attendance'][number]) => ({
  personId: a.person_id,
  reason: (a.reason ?? 'other') as 'other',
  note: a.note ?? '',
})

function itemsAfter({ items, votes }: Parts, change: Correction, wrong: Fields) {
  for (const [i, { position }] of change.votes.entries())
    if (!items.some((item) => item.position === position)) wrong[`votes.${i}.position`] = ['没有这个议题，请刷新后再选']
  return items.map(({ position, topic }) => {
    const { position: _, ...changed } = change.votes.find((v) => v.position === position) ?? { position }
    const stands = votes.find((v) => v.position === position)
    return {
      topic,
      discussion: '',
      resolution: '',
      actions: [],
      firstAgenda: false,
      topicId: null,
      vote: 'rule' in changed ? changed : stands ? inputOf(stands) : null,
    }
  })
}

const inputOf = (v: Vote): VoteInput => ({
  rule: v.rule as VoteRuleKey,
  method: v.method as VoteInput['method'],
  inFavour: v.in_favour,
  against: v.against,
  abstained: v.abstained,
  writtenInFavour: v.written_in_favour,
  writtenAgainst: v.written_against,
  writtenAbstained: v.written_abstained,
  recusedIds: v.recused_ids,
  notEntitled: v.not_entitled_votes,
  recordedPassed: v.recorded_passed,
})

const meetingAfter = (m: Seen, { kinds, heldOn }: Correction, people: Gathering, votes: VoteRow[]): Meeting => ({
  ...m,
  kinds: kinds ?? m.kinds,
  own_kind_id: ownKindAfter(m, kinds ?? m.kinds),
  held_on: heldOn ?? m.held_on,
  expected: people.attendance.length,
  present: people.present,
  entitled: people.entitled,
  entitled_present: people.entitledPresent,
  roster_expected: people.attendance.length,
  warnings: votes.flatMap((v) => judged(v, people.known)),
})

/** What changed, line by line, for the addendum: the old figure stays readable. */
function differences(before: Seen, after: Meeting, old: readonly Vote[], votes: readonly VoteRow[]): string[] {
  const line = (what: string, a: unknown, b: unknown) => (String(a) === String(b) ? [] : [`${what} ${a ?? '未记'} → ${b ?? '未记'}`])
  return [
    ...line('会议类别', kindsName(before.kinds, before.own_kind), kindsName(after.kinds, after.own_kind_id && before.own_kind)),
    ...line('日期', before.held_on, after.held_on),
    ...line('补录', before.late ? '是' : '否', after.late ? '是' : '否'),
    ...line('应到', before.expected, after.expected),
    ...line('实到', before.present, after.present),
    ...line('应到会有表决权', before.entitled, after.entitled),
    ...line('实到会有表决权', before.entitled_present, after.entitled_present),
    ...votes.flatMap(({ row, topic }) => {
      const was = old.find((v) => v.position === row.position)
      return line(`「${topic}」`, was && tallyOf(was), tallyOf(row))
    }),
  ]
}

const tallyOf = (v: Omit<Vote, 'org_id' | 'meeting_id'>) => {
  const written = v.written_in_favour + v.written_against + v.written_abstained
  const said = v.recorded_passed === null ? '' : `，记为${v.recorded_passed ? '通过' : '未通过'}`
  return `同意 ${v.in_favour}、不同意 ${v.against}、弃权 ${v.abstained}${written > 0 ? `、书面意见 ${written}` : ''}（${v.passed ? '通过' : '未通过'}）${said}`
}
