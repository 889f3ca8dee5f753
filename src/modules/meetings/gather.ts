import type { Fields } from '#kernel/errors.ts'
import type { Content } from './contract.ts'
import type { Expectation } from './expected.ts'
import type { Attendance } from './tables.ts'

/** Who was expected, who came, and how many of them may vote. */
export interface Gathering {
  attendance: Omit<Attendance, 'org_id' | 'meeting_id'>[]
  present: number
  entitled: number
  entitledPresent: number
  /** Names of everybody of the organisation that day. */
  known: Map<string, string>
}

/** Attendance by ticking the absent; notes in `wrong`, at its field, everybody who does not belong there. */
export function gather(content: Pick<Content, 'absent' | 'expectedIds'>, { people, basis, known }: Expectation, wrong: Fields): Gathering {
  const expected = chosenFrom(content, people, basis, wrong)
  const absent = new Map(content.absent.map((a) => [a.personId, a]))
  const ids = new Set(expected.map((p) => p.personId))
  content.absent.forEach((a, i) => {
    if (!ids.has(a.personId)) wrong[`absent.${i}.personId`] = ['这个人不在当天的应到名单里，请从名单里选']
  })
  const attendance = expected.map(({ personId, entitled, why }) => {
    const away = absent.get(personId)
    return { person_id: personId, present: !away, reason: away?.reason ?? null, note: away?.note || null, entitled, why }
  })
  const here = attendance.filter((a) => a.present)
  if (attendance.length === 0) wrong.expectedIds = ['当天没有应到的人。请核对组织和日期，或在名单里选出应到的人']
  else if (here.length === 0) wrong.absent = ['所有人都缺席，这次会没有开成，不用记']
  return {
    attendance,
    present: here.length,
    entitled: attendance.filter((a) => a.entitled).length,
    entitledPresent: here.filter((a) => a.entitled).length,
    known,
  }
}

function chosenFrom(
  { expectedIds }: Pick<Content, 'expectedIds'>,
  people: Expectation['people'],
  basis: Expectation['basis'],
  wrong: Fields,
) {
  if (!expectedIds) return people
  if (basis !== 'chosen') {
    wrong.expectedIds = ['这类会议的应到由当天名册算出，不能另选']
    return people
  }
  const chosen = new Set(expectedIds)
  if ([...chosen].some((id) => !people.some((p) => p.personId === id))) wrong.expectedIds = ['有人不在本组织当天的名册里，请从名册里选']
  return people.filter((p) => chosen.has(p.personId))
}

/** Notes in `wrong` a chair, recorder, teller or owner who cannot have been one. */
export function checkRoles(content: Content, { attendance, known }: Gathering, wrong: Fields): void {
  const here = new Set(attendance.filter((a) => a.present).map((a) => a.person_id))
  const absent = new Set(content.absent.map((a) => a.personId))
  const { chairId, recorderId, tellerId, scrutineerId } = content
  for (const [field, id] of [['chairId', chairId] as const, ['recorderId', recorderId] as const]) {
    if (!known.has(id)) wrong[field] = ['这个人当天不在本组织，请从当天的名册里选']
    else if (absent.has(id)) wrong[field] = ['这个人在缺席名单里，请核对']
  }
  if (chairId === recorderId) wrong.recorderId = ['主持人和记录人要是两个人：一人记录提交，另一人签字确认']
  for (const [field, id] of [['tellerId', tellerId] as const, ['scrutineerId', scrutineerId] as const])
    if (id && !here.has(id)) wrong[field] = ['请从到会的人里选']
  if (tellerId && tellerId === scrutineerId) wrong.scrutineerId = ['计票人和监票人要是两个人']
  content.items.forEach((item, i) => {
    item.actions.forEach((a, j) => {
      if (a.ownerId && !known.has(a.ownerId)) wrong[`items.${i}.actions.${j}.ownerId`] = ['责任人当天不在本组织，请从名册里选']
    })
  })
}
