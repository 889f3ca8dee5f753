import { instant, today } from '#kernel/civilDate.ts'
import type { Api } from '../../../platform.ts'
import type { Absence, DraftContent, MeetingKind, MeetingView, PlanView, VoteInput } from '../contract.ts'
import type { Held } from './HeldFields.tsx'
import { kindsText } from './words.ts'

export type Prepared = Api['meetings.prepare']['output']
export type RecordInput = Api['meetings.record']['input']

export interface FormAction {
  key: string
  text: string
  ownerId: string | null
  dueOn: string | null
}
export interface FormItem {
  key: string
  topic: string
  discussion: string
  resolution: string
  actions: FormAction[]
  vote: VoteInput | null
  firstAgenda: boolean
  topicId: string | null
  /** The item of the plan it was called with. */
  planned?: number
}

/** The record while it is written. Null means: as prepared from the roster and the last meeting. */
export interface Form extends Held {
  kinds: MeetingKind[]
  /** The unit's own kind, with its name for the title. */
  own: { id: string; name: string } | null
  title: string | null
  tellerId: string | null
  scrutineerId: string | null
  absent: { personId: string; reason: Absence; note: string }[]
  expectedIds: string[] | null
  observers: string
  items: FormItem[]
  settled: { actionId: string; result: string }[]
  /** The plan it was called by. */
  planId?: string
}

let made = 0
const key = () => `k${++made}${Date.now()}`

export const newItem = (): FormItem => ({
  key: key(),
  topic: '',
  discussion: '',
  resolution: '',
  actions: [],
  vote: null,
  firstAgenda: false,
  topicId: null,
})
export const newAction = (): FormAction => ({ key: key(), text: '', ownerId: null, dueOn: null })
export const newVote = (rule: VoteInput['rule'], inFavour: number): VoteInput => ({
  rule,
  method: 'raiseHands',
  inFavour,
  against: 0,
  abstained: 0,
  writtenInFavour: 0,
  writtenAgainst: 0,
  writtenAbstained: 0,
  recusedIds: [],
  notEntitled: [],
  recordedPassed: null,
})

/** An empty form: today, the last full hour. */
export const emptyForm = (kind: MeetingKind | undefined): Form => ({
  kinds: kind ? [kind] : [],
  own: null,
  title: null,
  heldOn: today(),
  start: `${String(shanghaiHour()).padStart(2, '0')}:00`,
  end: '',
  place: null,
  chairId: null,
  recorderId: null,
  tellerId: null,
  scrutineerId: null,
  absent: [],
  expectedIds: null,
  observers: '',
  items: [newItem()],
  settled: [],
})

/** A record before signature, back in the form. */
export const formOf = (m: MeetingView): Form => ({
  kinds: m.kinds,
  own: m.ownKind,
  title: m.title,
  heldOn: m.heldOn,
  start: m.start ?? '',
  end: m.end ?? '',
  place: m.place,
  chairId: m.chair.id,
  recorderId: m.recorder.id,
  tellerId: m.teller?.id ?? null,
  scrutineerId: m.scrutineer?.id ?? null,
  absent: m.attendance.filter((a) => !a.present).map((a) => ({ personId: a.personId, reason: a.reason as Absence, note: a.note ?? '' })),
  expectedIds: m.attendance.map((a) => a.personId),
  observers: m.observers.join('、'),
  items: m.items.map((item) => ({
    key: key(),
    topic: item.topic,
    discussion: item.discussion,
    resolution: item.resolution,
    firstAgenda: item.firstAgenda,
    topicId: item.topicId,
    actions: item.actions.map((a) => ({ key: key(), text: a.text, ownerId: a.owner?.id ?? null, dueOn: a.dueOn })),
    vote: item.vote && {
      rule: item.vote.rule,
      method: item.vote.method,
      inFavour: item.vote.inFavour,
      against: item.vote.against,
      abstained: item.vote.abstained,
      writtenInFavour: item.vote.writtenInFavour,
      writtenAgainst: item.vote.writtenAgainst,
      writtenAbstained: item.vote.writtenAbstained,
      recusedIds: item.vote.recused.flatMap((r) => r.id ?? []),
      notEntitled: item.vote.notEntitled.map(({ id, choice }) => ({ personId: id, choice })),
      recordedPassed: item.vote.recordedPassed,
    },
  })),
  settled: [],
})

/**
 * A plan as a record: nothing typed twice. Who asked leave is absent with that reason; where people signed in, those who did not
 * are absent until the recorder says otherwise.
 */
export const formOfPlanned = (p: PlanView): Form => {
  const called = p.invited.filter((i) => i.part === 'expected' && !i.gone)
  const isHere = (i: PlanView['invited'][number]) => i.signedAt !== null && i.way !== 'codeLater'
  const anyHere = p.invited.some(isHere)
  const away = called.filter((i) => !isHere(i) && (anyHere || i.answer === 'leave'))
  const guests = p.invited.filter((i) => i.part === 'guest' && i.answer !== 'leave').map((i) => i.name)
  return {
    ...emptyForm(undefined),
    planId: p.id,
    kinds: p.kinds,
    own: p.ownKind,
    title: p.title,
    heldOn: p.heldOn,
    start: p.start,
    end: p.end,
    place: p.place,
    chairId: p.chair.id,
    recorderId: p.recorder.id,
    absent: away.map((i) => ({ personId: i.personId, reason: i.reason ?? 'other', note: noteOfLeave(i) })),
    expectedIds: called.map((i) => i.personId),
    observers: [...guests, ...p.observers].join('、'),
    items: p.items.map((i) => ({
      ...newItem(),
      topic: i.topic,
      topicId: i.topicId,
      planned: i.position,
      firstAgenda: i.topic.startsWith('第一议题'),
    })),
  }
}

const noteOfLeave = (i: PlanView['invited'][number]) =>
  i.way === 'codeLater' ? '断网后补送的签到，请核对' : i.answer !== 'leave' ? '没有签到' : i.excused === false ? '请假没有批准' : i.note

/** Items of the plan that are not in the record any more: they come back on the next agenda. */
export const leftOverOf = (p: PlanView, form: Form): number[] =>
  p.items.map((i) => i.position).filter((position) => !form.items.some((i) => i.planned === position && i.topic.trim() !== ''))

/** A draft kept on the server, back in the form. */
export const formOfDraft = (c: DraftContent): Form => ({
  ...emptyForm(undefined),
  kinds: c.kinds ?? [],
  own: c.ownKindId ? { id: c.ownKindId, name: '' } : null,
  title: c.title || null,
  ...(c.heldOn ? { heldOn: c.heldOn } : {}),
  start: c.start ?? '',
  end: c.end ?? '',
  place: c.place || null,
  chairId: c.chairId ?? null,
  recorderId: c.recorderId ?? null,
  tellerId: c.tellerId ?? null,
  scrutineerId: c.scrutineerId ?? null,
  absent: c.absent ?? [],
  expectedIds: c.expectedIds ?? null,
  observers: (c.observers ?? []).join('、'),
  items: (c.items ?? []).map((item) => ({ ...item, key: key(), actions: item.actions.map((a) => ({ ...a, key: key() })) })),
  settled: c.settled ?? [],
})

/** What the server keeps of a form that is not complete yet. */
export const draftOf = (form: Form): DraftContent => ({
  kinds: form.kinds,
  ownKindId: form.own?.id ?? null,
  title: titleOf(form),
  heldOn: form.heldOn,
  start: form.start || null,
  end: form.end || null,
  place: form.place ?? '',
  chairId: form.chairId,
  recorderId: form.recorderId,
  tellerId: form.tellerId,
  scrutineerId: form.scrutineerId,
  absent: form.absent,
  ...(form.expectedIds ? { expectedIds: form.expectedIds } : {}),
  observers: namesIn(form.observers),
  items: form.items.map(({ key: _, planned: _planned, actions, ...item }) => ({
    ...item,
    actions: actions.map(({ key: _key, ...a }) => a),
  })),
  settled: form.settled,
})

const namesIn = (text: string): string[] =>
  text
    .split(/[、,，;；\n]/)
    .map((o) => o.trim())
    .filter(Boolean)

/** The title when nobody typed one: 9月党员大会、党课. */
export const titleOf = ({ title, kinds, own, heldOn }: Form): string =>
  title ?? (kinds.length > 0 ? `${Number(heldOn.slice(5, 7))}月${kindsText({ kinds, ownKind: own })}` : '')

/** Who was expected, and who of them came, as the form stands. */
export function attendanceOf(form: Form, prepared: Prepared | undefined) {
  const all = prepared?.people ?? []
  const chosen = prepared?.basis === 'chosen' && form.expectedIds ? all.filter((p) => form.expectedIds!.includes(p.personId)) : all
  const away = new Set(form.absent.map((a) => a.personId))
  const present = chosen.filter((p) => !away.has(p.personId))
  return {
    expected: chosen,
    present,
    entitled: chosen.filter((p) => p.entitled).length,
    entitledPresent: present.filter((p) => p.entitled).length,
    absent: chosen.length - present.length,
  }
}

/** What the form sends; prepared values stand in for what nobody changed. */
export function contentOf(form: Form, prepared: Prepared): Omit<RecordInput, 'orgId'> {
  const there = new Set(prepared.people.map((p) => p.personId))
  return {
    kinds: form.kinds,
    ownKindId: form.own?.id ?? null,
    title: titleOf(form).trim(),
    heldOn: form.heldOn,
    start: form.start || null,
    end: form.end || null,
    place: (form.place ?? prepared.place).trim(),
    chairId: form.chairId ?? prepared.chair?.id ?? '',
    recorderId: form.recorderId ?? prepared.recorder?.id ?? '',
    tellerId: form.tellerId,
    scrutineerId: form.scrutineerId,
    absent: form.absent.filter((a) => there.has(a.personId)),
    ...(prepared.basis === 'chosen' && form.expectedIds ? { expectedIds: form.expectedIds.filter((id) => there.has(id)) } : {}),
    observers: namesIn(form.observers),
    items: form.items
      .filter((item) => item.topic.trim() !== '')
      .map(({ key: _, planned: _planned, actions, ...item }) => ({
        ...item,
        actions: actions.filter((a) => a.text.trim() !== '').map(({ key: _key, ...a }) => a),
      })),
    settled: form.settled.filter((s) => s.result.trim() !== ''),
  }
}

/** What is still missing, in the words of the labels. */
export function missingIn(form: Form, prepared: Prepared | undefined): string[] {
  const ballot = form.items.some((item) => item.vote?.method === 'ballot')
  return [
    form.kinds.length === 0 && '会议类别',
    !form.heldOn && '日期',
    !(form.chairId ?? prepared?.chair?.id) && '主持人',
    !(form.recorderId ?? prepared?.recorder?.id) && '记录人',
    ballot && !form.tellerId && '计票人',
    ballot && !form.scrutineerId && '监票人',
    form.items.every((item) => item.topic.trim() === '') && '议题',
  ].filter((m) => m !== false)
}

const shanghaiHour = () => (instant().getUTCHours() + 8) % 24
