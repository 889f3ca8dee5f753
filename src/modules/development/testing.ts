import { expect } from 'vitest'
import { type Branch, makeBranch, meetingOf, voteOn } from '#testing/meetings.ts'
import { givePost, makeMember, makeOrg } from '#testing/people.ts'
import type { World } from '#testing/world.ts'
import { stepRule } from './steps.ts'

type Asked = 'activistFiling' | 'targetFiling' | 'preReview' | 'admission' | 'conversion' | 'prolongation'

/** A branch that develops members, an officer of its committee, and the steps of a course taken as they take them. */
export async function developing(w: World) {
  const b: Branch = await makeBranch(w)
  const office = await makeOrg(w, { kind: 'partyBranch', parentId: b.committeeId })
  const officer = await makeMember(w, office)
  await givePost(w, b.committeeId, officer, 'partyAffairsWorker')
  let made = 0

  const on = (day: string) => w.setNow(new Date(`${day}T02:00:00Z`))
  async function apply(day: string, birth = '1995-05-01') {
    on(day)
    return w.done(b.commissioner, 'development.begin', { orgId: b.id, name: `申某${++made}`, birth, appliedOn: day })
  }
  const get = (id: string) => w.done(b.secretary, 'development.get', { id })
  const stepOf = async (id: string, no: number) => (await get(id)).steps[no - 1]!

  async function take(id: string, no: number, day: string, more: object = {}, as = b.commissioner) {
    on(day)
    const { version } = await get(id)
    return w.call(as, 'development.take', { id, version, no, on: day, papers: [...stepRule(no).papers], ...more })
  }
  async function took(id: string, no: number, day: string, more: object = {}, as = b.commissioner) {
    const { status, body } = await take(id, no, day, more, as)
    expect(status, `step ${no}: ${JSON.stringify(body)}`).toBe(200)
    return body
  }

  /** A request to the committee about the person, answered there. */
  async function asked(personId: string, kind: Asked, day: string) {
    on(day)
    const about = { orgId: b.id, kind, aboutId: personId }
    const { id, version } = await w.done(b.secretary, 'requests.send', { ...about, title: '请示一件', body: '请批示。' })
    return w.done(officer, 'requests.answer', { id, version, decision: 'agreed', docNo: `示例党〔${day.slice(0, 4)}〕${++made}号` })
  }

  /** A vote of the assembly of nine on one person, as the minutes hold it. */
  async function voted(day: string, inFavour = 9) {
    on(day)
    const counts = {
      rule: 'admission',
      method: 'ballot',
      inFavour,
      against: 9 - inFavour,
      abstained: 0,
      writtenInFavour: 0,
      writtenAgainst: 0,
      writtenAbstained: 0,
      recusedIds: [],
      notEntitled: [],
      recordedPassed: inFavour > 4,
    } as never
    const times = { heldOn: day, start: '08:00', end: '09:30', tellerId: b.members[0]!, scrutineerId: b.members[1]! }
    await w.done(b.commissioner, 'meetings.record', { ...meetingOf(b, { ...times, items: [voteOn('讨论接收', counts)] }) })
  }
  const latestVote = async (id: string) => (await w.done(b.secretary, 'development.votes', { id })).items[0]!.id

  /** From the application to the day before the assembly. */
  async function toAssembly(): Promise<{ id: string; personId: string }> {
    const { id, personId } = await apply('2024-01-10')
    await took(id, 2, '2024-02-10')
    await took(id, 3, '2024-03-05')
    await asked(personId, 'activistFiling', '2024-03-20')
    await took(id, 5, '2024-03-21', { people: [b.members[0]] })
    await took(id, 6, '2024-09-05')
    await took(id, 6, '2025-03-05')
    await took(id, 7, '2025-03-05')
    await asked(personId, 'targetFiling', '2025-03-20')
    await took(id, 9, '2025-03-21', { people: [b.members[0], b.members[1]] })
    await took(id, 10, '2025-04-21')
    await took(id, 11, '2025-05-21', { hours: 24 })
    await took(id, 12, '2025-06-01')
    await asked(personId, 'preReview', '2025-06-10')
    await took(id, 14, '2025-06-12')
    return { id, personId }
  }
  return { b, officer, on, apply, get, stepOf, take, took, asked, voted, latestVote, toAssembly }
}

export type Developing = Awaited<ReturnType<typeof developing>>
