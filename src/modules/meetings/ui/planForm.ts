import { addDays, today } from '#kernel/civilDate.ts'
import type { FileCard } from '#modules/files/contract.ts'
import type { Api } from '../../../platform.ts'
import type { MeetingKind, PlanView } from '../contract.ts'
import type { Held } from './HeldFields.tsx'
import { kindsText } from './words.ts'

export type PreparedPlan = Api['meetings.preparePlan']['output']
export type PlanInput = Omit<Api['meetings.plan']['input'], 'orgId'>

export interface PlanItemForm {
  key: string
  topic: string
  presenterId: string | null
  papers: string
  files: FileCard[]
  topicId: string | null
  back: { planId: string; position: number } | null
  because: string
}

/** A plan while it is written. Null means: as prepared from posts, the last meeting and the template. */
export interface PlanForm extends Held {
  kinds: MeetingKind[]
  own: { id: string; name: string } | null
  election: boolean
  title: string | null
  expectedIds: string[] | null
  guests: { id: string; name: string }[]
  observers: string
  note: string
  items: PlanItemForm[] | null
}

let made = 0
const key = () => `p${++made}${Date.now()}`

export const newPlanItem = (): PlanItemForm => ({
  key: key(),
  topic: '',
  presenterId: null,
  papers: '',
  files: [],
  topicId: null,
  back: null,
  because: '',
})

export const emptyPlan = (kinds: MeetingKind[], day: string | undefined): PlanForm => ({
  kinds,
  own: null,
  election: false,
  title: null,
  heldOn: day && day > today() ? day : addDays(today(), 3),
  start: '15:00',
  end: '16:30',
  place: null,
  chairId: null,
  recorderId: null,
  expectedIds: null,
  guests: [],
  observers: '',
  note: '',
  items: null,
})

/** A plan that stands, back in the form. */
export const formOfPlan = (p: PlanView): PlanForm => ({
  kinds: p.kinds,
  own: p.ownKind,
  election: p.election,
  title: p.title,
  heldOn: p.heldOn,
  start: p.start,
  end: p.end,
  place: p.place,
  chairId: p.chair.id,
  recorderId: p.recorder.id,
  expectedIds: p.invited.filter((i) => i.part === 'expected').map((i) => i.personId),
  guests: p.invited.filter((i) => i.part === 'guest').map((i) => ({ id: i.personId, name: i.name })),
  observers: p.observers.join('、'),
  note: p.note,
  items: p.items.map((i) => ({
    key: key(),
    topic: i.topic,
    presenterId: i.presenter?.id ?? null,
    papers: i.papers.join('、'),
    files: i.files,
    topicId: i.topicId,
    back: i.back,
    because: '',
  })),
})

/** The agenda on show: what was typed, else what the template and the last meeting bring. */
export const itemsOf = (form: PlanForm, prepared: PreparedPlan | undefined): PlanItemForm[] =>
  form.items ??
  (form.kinds.length > 0 && prepared
    ? prepared.agenda.map((a, i) => ({
        key: `t${i}${a.topic}`,
        topic: a.topic,
        presenterId: a.presenterId,
        papers: a.papers.join('、'),
        files: prepared.papers.filter((f) => a.fileIds.includes(f.id)),
        topicId: a.topicId,
        back: a.back,
        because: a.because,
      }))
    : [])

/** The title when nobody typed one: 9月党员大会. */
export const planTitle = ({ title, kinds, own, heldOn }: PlanForm): string =>
  title ?? (kinds.length > 0 ? `${Number(heldOn.slice(5, 7))}月${kindsText({ kinds, ownKind: own })}` : '')

export const listed = (text: string): string[] =>
  text
    .split(/[、,，;；\n]/)
    .map((o) => o.trim())
    .filter(Boolean)

/** What the form sends. */
export const planOf = (form: PlanForm, prepared: PreparedPlan): PlanInput => ({
  kinds: form.kinds,
  ownKindId: form.own?.id ?? null,
  election: form.election && form.kinds.includes('memberAssembly'),
  title: planTitle(form).trim(),
  heldOn: form.heldOn,
  start: form.start,
  end: form.end,
  place: (form.place ?? prepared.place).trim(),
  chairId: form.chairId ?? prepared.chair?.id ?? '',
  recorderId: form.recorderId ?? prepared.recorder?.id ?? '',
  ...(prepared.basis === 'chosen' && form.expectedIds
    ? { expectedIds: form.expectedIds.filter((id) => prepared.people.some((p) => p.personId === id)) }
    : {}),
  guestIds: form.guests.map((g) => g.id),
  observers: listed(form.observers),
  note: form.note.trim(),
  items: itemsOf(form, prepared)
    .filter((i) => i.topic.trim() !== '')
    .map(({ topic, presenterId, papers, files, topicId, back }) => ({
      topic: topic.trim(),
      presenterId,
      papers: listed(papers),
      fileIds: files.map((f) => f.id),
      topicId,
      back,
    })),
})

/** What is still missing, in the words of the labels. */
export const missingInPlan = (form: PlanForm, prepared: PreparedPlan | undefined): string[] =>
  [
    form.kinds.length === 0 && '会议类别',
    !form.heldOn && '日期',
    !form.start && '开始时间',
    !form.end && '结束时间',
    !(form.chairId ?? prepared?.chair?.id) && '主持人',
    !(form.recorderId ?? prepared?.recorder?.id) && '记录人',
    itemsOf(form, prepared).every((i) => i.topic.trim() === '') && '议题',
  ].filter((m) => m !== false)
