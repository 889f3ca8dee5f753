import { newId } from '#kernel/id.ts'
import type { OrgCard } from '#modules/organisation/published.ts'
import { asRecorded, type Record } from '../compose.ts'
import { judgeVote, kindsName, type Warning } from '../contract.ts'
import type { Expectation } from '../expected.ts'
import { likelyRule } from '../operations/prepare.ts'
import type { Action, Item, Meeting, Vote } from '../tables.ts'
import { judged, namedBy } from '../votes.ts'
import type { ImportCtx, Line } from './importMeetings.ts'
import { paperPeople } from './paperPeople.ts'

/** The rows of a meeting from a paper ledger: the file's figures count, the computed ones stand beside them. */
export async function paperRecord(ctx: ImportCtx, line: Line, org: OrgCard, expectation: Expectation, id: string): Promise<Record> {
  const { values } = line
  const people = paperPeople(line, expectation, org)
  const items = itemsOf(line, org.id, id)
  const expected = values.expected ?? people.computed ?? 0
  const present = Math.min(values.present ?? people.attendance.filter((a) => a.present).length, expected)
  const votes = votesOf(line, { orgId: org.id, id, expected, present, entitled: people.entitled, entitledPresent: people.entitledPresent })
  const warnings: Warning[] = [
    ...line.issues.filter((i) => i.level === 'warning').map((i) => ({ code: 'ledger', says: i.problem, remedy: i.remedy })),
    ...votes.warnings,
  ]
  const at = (clock: string | null) => (clock ? new Date(`${values.date}T${clock}:00+08:00`) : null)
  const meeting: Meeting = {
    org_id: org.id,
    id,
    kinds: values.kinds,
    title: (values.topics[0] ?? kindsName(values.kinds)).slice(0, 200),
    held_on: values.date!,
    started_at: at(values.start),
    ended_at: at(values.end),
    place: (values.place ?? '').slice(0, 100),
    chair_id: people.chair,
    chair_name: values.chair,
    recorder_id: people.recorder,
    recorder_name: values.recorder,
    teller_id: null,
    scrutineer_id: null,
    observers: values.observers,
    state: 'archivedOnPaper',
    expected,
    present,
    entitled: people.entitled,
    entitled_present: people.entitledPresent,
    roster_expected: people.computed,
    file_expected: values.expected,
    file_present: values.present,
    late: false,
    warnings,
    ...asRecorded(ctx, id),
  }
  return {
    meeting,
    attendance: people.attendance.map((a) => ({ org_id: org.id, meeting_id: id, ...a })),
    items: items.items,
    votes: votes.rows,
    actions: items.actions,
    settled: [],
  }
}

/** Topics as items; a resolution stands with the topic of its place where both are as many, else all with the first. */
function itemsOf({ values }: Line, orgId: string, meetingId: string): { items: Item[]; actions: Action[] } {
  const { topics, resolutions } = values
  const titles = topics.length > 0 ? topics : resolutions.length > 0 ? [kindsName(values.kinds)] : []
  const placeOf = (i: number) => (resolutions.length === titles.length ? i : 0)
  const items = titles.map((topic, position) => ({
    org_id: orgId,
    meeting_id: meetingId,
    position,
    topic: topic.slice(0, 1000),
    discussion: '',
    resolution: resolutions
      .filter((_, i) => placeOf(i) === position)
      .map((r) => r.text)
      .join('\n'),
  }))
  const actions = resolutions.flatMap((r, i) =>
    r.owner || r.due
      ? [
          {
            org_id: orgId,
            id: newId(),
            meeting_id: meetingId,
            position: placeOf(i),
            text: r.due ? `${r.text}（时限：${r.due}）` : r.text,
            owner_id: null,
            owner_name: r.owner,
            due_on: null,
            settled_on: null,
            settled_in: null,
            result: null,
          },
        ]
      : [],
  )
  return { items, actions }
}

interface Base {
  orgId: string
  id: string
  expected: number
  present: number
  entitled: number | null
  entitledPresent: number | null
}

/** The votes a ledger tells, on the roster's bases where they are known, else on the file's figures; never refused. */
function votesOf({ values }: Line, base: Base): { rows: Vote[]; warnings: Warning[] } {
  if (!values.votes || values.topics.length + values.resolutions.length === 0) return { rows: [], warnings: [] }
  const rule = likelyRule(values.kinds)
  const [entitled, entitledPresent] = [base.entitled ?? base.expected, base.entitledPresent ?? base.present]
  const nobody = namedBy([])
  const written = { writtenInFavour: 0, writtenAgainst: 0, writtenAbstained: 0 }
  const result = judgeVote(rule, {
    ...values.votes,
    ...written,
    all: base.expected,
    entitled,
    entitledPresent,
    othersPresent: Math.max(0, base.present - entitledPresent),
    recused: 0,
    notEntitledNamed: nobody,
  })
  const id = newId()
  const row: Vote = {
    org_id: base.orgId,
    id,
    meeting_id: base.id,
    position: 0,
    rule,
    method: 'raiseHands',
    base: entitled,
    present: entitledPresent,
    in_favour: values.votes.inFavour,
    against: values.votes.against,
    abstained: values.votes.abstained,
    written_in_favour: 0,
    written_against: 0,
    written_abstained: 0,
    recused_ids: [],
    not_entitled_votes: [],
    not_entitled: result.notEntitled,
    quorate: result.quorate,
    passed: result.passed,
    recorded_passed: /通过/.test(values.votesText ?? '') ? !/未(获)?通过|不通过/.test(values.votesText ?? '') : null,
    fact_id: id,
  }
  const topic = values.topics[0] ?? kindsName(values.kinds)
  return { rows: [row], warnings: judged({ row, result, topic }, new Map()) }
}
