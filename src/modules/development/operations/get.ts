import { z } from 'zod'
import { dateAt } from '#kernel/civilDate.ts'
import type { Verdict } from '#kernel/errors.ts'
import { type Ctx, query } from '#kernel/operation.ts'
import { FileCard } from '#modules/files/contract.ts'
import { filesOf } from '#modules/files/published.ts'
import { admissionVotes } from '#modules/meetings/published.ts'
import { requestsAbout } from '#modules/requests/published.ts'
import { failuresOf, noticesOf } from '../beside.ts'
import { LEAST_NOTICE_DAYS, NoticeAboutKey, NoticeResultKey } from '../contract.ts'
import { type Course, conditionsOf, findingsOf, isDone, lastOf, openSteps, probationUntil, termsOf } from '../course.ts'
import { knownLeaving } from '../leaving.ts'
import { namesOf } from '../names.ts'
import { mayCorrect, mayManage, mayTake } from '../policy.ts'
import { STEPS, type StepRule } from '../steps.ts'
import { type CourseRow, type StepRow, seen, viewOf } from '../store.ts'
import { Card, cardOf } from './read.ts'
import { whyNot } from './take.ts'

const Note = z.object({ level: z.enum(['block', 'hint', 'verify']), says: z.string(), clause: z.string() })
const Record = z.object({
  id: z.string(),
  on: z.string(),
  entered: z.boolean(),
  people: z.array(z.object({ id: z.string(), name: z.string() })),
  votes: z.object({ entitled: z.int(), present: z.int(), inFavour: z.int(), against: z.int(), abstained: z.int() }).nullable(),
  hours: z.int().nullable(),
  days: z.int().nullable(),
  papers: z.array(z.string()),
  place: z.string(),
  note: z.string(),
  leavesOn: z.string().nullable(),
  leavingReason: z.string().nullable(),
  by: z.string(),
  recordedOn: z.string(),
  meetingId: z.string().nullable(),
  requestId: z.string().nullable(),
  factId: z.string(),
  notes: z.array(Note),
  files: z.array(FileCard),
  canCorrect: z.boolean(),
})

const Step = z.object({
  no: z.int(),
  stage: z.int(),
  title: z.string(),
  clause: z.string(),
  hint: z.string(),
  papers: z.array(z.string()),
  needs: z.enum(['mentors', 'sponsors', 'vote', 'training']).nullable(),
  request: z.string().nullable(),
  bySuperior: z.boolean(),
  repeated: z.boolean(),
  /** done: recorded; paper: happened before, not entered; open: can come next; later: something comes first. */
  state: z.enum(['done', 'paper', 'open', 'later']),
  /** Why it cannot be taken today, in words; null when it can. */
  closed: z.string().nullable(),
  from: z.string().nullable(),
  due: z.string().nullable(),
  whose: z.enum(['branch', 'superior']),
  /** What the rules say if it is taken today. */
  notes: z.array(Note),
  /** A request under way, or the last one. */
  asked: z.object({ id: z.string(), state: z.string(), sentOn: z.string(), dueOn: z.string() }).nullable(),
  records: z.array(Record),
  can: z.boolean(),
})

const NoticeCard = z.object({
  id: z.string(),
  about: NoticeAboutKey,
  from: z.string(),
  until: z.string(),
  workingDays: z.int(),
  place: z.string(),
  result: NoticeResultKey.nullable(),
  resultOn: z.string().nullable(),
  resultNote: z.string(),
  canClose: z.boolean(),
})
const FailureCard = z.object({ no: z.int(), on: z.string(), entitled: z.int(), present: z.int(), inFavour: z.int(), meetingId: z.string() })

export const get = query('development.get', {
  title: '一个人的发展过程',
  input: z.object({ id: z.uuid() }),
  output: Card.extend({
    steps: z.array(Step),
    probationUntil: z.string().nullable(),
    prolonged: z.object({ months: z.int(), on: z.string(), until: z.string().nullable() }).nullable(),
    /** 公示, and votes that did not pass, in the order of their days. */
    notices: z.array(NoticeCard),
    failures: z.array(FailureCard),
    /** How many working days a 公示 takes here at least, and whether the unit's own rule asks for one. */
    noticeRule: z.object({ days: z.int(), source: z.string().nullable() }),
    /** From when the person is known to leave. */
    leavesOn: z.string().nullable(),
    stopNote: z.string().nullable(),
    stoppedOn: z.string().nullable(),
    can: z.object({ manage: z.boolean(), prolong: z.boolean(), stop: z.boolean() }),
  }),
  load: seen,
  may: (actor, c) => actor.holds('development.read', c.path),
  audited: true,
  run: (ctx, _input, row) => courseView(ctx, row),
})

/** Everything the page and the full record show of one course. */
export async function courseView(ctx: Ctx, row: CourseRow) {
  const today = dateAt(ctx.now)
  const { course, steps } = await viewOf(ctx, row)
  const [names, files, asked] = [
    await namesOf(
      ctx.db,
      steps.flatMap((s) => s.people),
    ),
    await filesOf(
      ctx.db,
      'development.step',
      steps.map((s) => s.id),
    ),
    await requestsAbout(ctx.db, row.org_id, row.person_id),
  ]
  const found = findingsOf(course)
  const terms = new Map(termsOf(course).map((t) => [t.no, t]))
  const manage = mayManage(ctx.actor, row) === true
  const mend = mayCorrect(ctx.actor, row) === true
  const leavesOn = row.state === 'open' && !isDone(course, 15) ? await knownLeaving(ctx.db, row.person_id, today) : null
  const onProbation = isDone(course, 17) && !isDone(course, 23)
  return {
    ...cardOf(row, today, openSteps(course)),
    steps: STEPS.map((rule) => {
      const records = steps.filter((s) => s.no === rule.no)
      const state = stateOf(course, rule, row)
      const notes = state === 'open' ? conditionsOf(course, { no: rule.no, on: today, entered: false, days: 3, leavesOn }) : []
      const may = mayTake(ctx.actor, row, rule.no)
      const closed = closedOf(course, rule, state, notes, may)
      const request = rule.request && asked.find(({ kind }) => kind === rule.request)
      const term = terms.get(rule.no)
      return {
        ...ruleOf(rule),
        state,
        closed,
        from: term?.from ?? null,
        due: row.state === 'open' ? (term?.due ?? null) : null,
        whose: rule.request || rule.by ? ('superior' as const) : ('branch' as const),
        notes: notes.map(({ level, says, clause }) => ({ level, says, clause })),
        asked: request ? { id: request.id, state: request.state, sentOn: request.sentOn, dueOn: request.dueOn } : null,
        records: records.map((s) => ({
          ...recordOf(s, names),
          notes: found
            .filter((f) => f.step.no === s.no && f.step.on === s.taken_on)
            .map(({ condition: { level, says, clause } }) => ({ level, says, clause })),
          files: files.get(s.id) ?? [],
          canCorrect: mend && row.state !== 'stopped' && !s.vote_id && !s.request_id,
        })),
        can: closed === null || (state === 'paper' && may === true),
      }
    }),
    probationUntil: probationUntil(course) ?? null,
    prolonged: row.prolong_months === null ? null : { months: row.prolong_months, on: row.prolong_on!, until: row.prolonged_until },
    notices: (await noticesOf(ctx.db, row.person_id)).map(({ version: _, orgId, ...n }) => ({
      ...n,
      canClose: manage && n.result === null && orgId === row.org_id,
    })),
    failures: (await failuresOf(ctx.db, row.person_id)).map(({ no, on, votes, meetingId }) => ({
      ...{ no, on, meetingId },
      ...{ entitled: votes.entitled, present: votes.present, inFavour: votes.inFavour },
    })),
    noticeRule: { days: course.local?.notice?.days ?? LEAST_NOTICE_DAYS, source: course.local?.notice?.source ?? null },
    leavesOn,
    stopNote: row.stop_note,
    stoppedOn: row.stopped_on,
    can: { manage, prolong: manage && onProbation && row.prolonged_until === null, stop: manage && !isDone(course, 24) },
  }
}

const ruleOf = ({ no, stage, title, clause, hint, papers, needs, request, by, repeated }: StepRule) => ({
  no,
  stage,
  title,
  clause,
  hint,
  papers: [...papers],
  needs: needs ?? null,
  request: request ?? null,
  bySuperior: by === 'superior',
  repeated: repeated === true,
})

function stateOf(course: Course, { no, repeated }: StepRule, row: CourseRow): 'done' | 'paper' | 'open' | 'later' {
  const open = row.state === 'open' && openSteps(course).includes(no)
  if (lastOf(course, no)) return repeated && open ? 'open' : 'done'
  if (isDone(course, no)) return 'paper'
  return open ? 'open' : 'later'
}

function closedOf(
  course: Course,
  rule: StepRule,
  state: string,
  notes: readonly { level: string; says: string; from?: string }[],
  may: Verdict,
): string | null {
  if (state === 'done') return '已经办过'
  if (state === 'paper') return '以前在纸上办的，可以补录日期'
  if (state === 'later') return whyNot(rule.no, course)
  const block = notes.find(({ level }) => level === 'block')
  if (block) return `${block.says}${block.from ? `；最早 ${block.from} 可以办` : ''}`
  if (rule.request) return '由上级批复办理，报送请示后等批复'
  return may === true ? null : rule.by === 'superior' ? '由上级党组织办理' : may.message
}

const recordOf = (s: StepRow, names: Map<string, string>) => ({
  id: s.id,
  on: s.taken_on,
  entered: s.entered,
  people: s.people.map((id) => ({ id, name: names.get(id) ?? '' })),
  votes: s.votes,
  hours: s.hours,
  days: s.days,
  papers: s.papers,
  place: s.place,
  note: s.note,
  leavesOn: s.leaves_on,
  leavingReason: s.leaving_reason,
  by: s.by_name,
  recordedOn: dateAt(s.recorded_at),
  meetingId: s.meeting_id,
  requestId: s.request_id,
  factId: s.fact_id,
})

export const votes = query('development.votes', {
  title: '可用的支部大会表决',
  input: z.object({ id: z.uuid() }),
  output: z.object({
    items: z.array(
      z.object({
        id: z.string(),
        meetingId: z.string(),
        topic: z.string(),
        heldOn: z.string(),
        entitled: z.int(),
        present: z.int(),
        inFavour: z.int(),
        against: z.int(),
        abstained: z.int(),
        quorate: z.boolean(),
        passed: z.boolean(),
      }),
    ),
  }),
  load: seen,
  may: (actor, c) => actor.holds('development.manage', c.path),
  run: async (ctx, _input, row) => {
    const { course } = await viewOf(ctx, row)
    const since = (lastOf(course, 15) ?? lastOf(course, 12))?.on ?? '1949-10-01'
    return { items: (await admissionVotes(ctx.db, row.org_id, since)).slice(0, 50) }
  },
})
