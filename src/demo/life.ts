import { chairOf, meetingOf, recordAndSign, recorderOf } from './acts.ts'
import type { Event } from './event.ts'
import type { Stage } from './stage.ts'
import { BRANCHES } from './unit.ts'

/** 谈心谈话, the chains of 组织生活会 and 民主生活会, and a guide's visit, as the year brings them. */
export const lifeEvents = (): Event[] => [
  { on: '2026-01-06', time: '17:00', run: committeeLife },
  ...BRANCHES.slice(0, 20).map(
    (branch, i): Event => ({ on: '2026-06-18', time: '16:00', run: (stage) => someTalks(stage, branch.key, i) }),
  ),
  { on: '2026-09-11', time: '16:40', run: talksOfTheBranch },
  { on: '2026-07-20', time: '09:00', run: (stage) => prepare(stage, '皮带队') },
  { on: '2026-07-24', time: '17:30', run: held },
  { on: '2026-07-27', time: '10:00', run: visited },
  { on: '2026-09-14', time: '09:00', run: (stage) => prepare(stage, '机电队') },
]

type Talk = { on: string; aId: string; bId: string }

async function talk(stage: Stage, branch: string, talksOf: (people: { id: string; committee: boolean }[]) => Talk[]): Promise<void> {
  const [orgId, secretary] = [stage.orgs.get(branch), stage.people.get(`${branch} 书记`)]
  if (!orgId || !secretary) return
  const { people } = await stage.as(secretary, 'talks.coverage', { orgId, year: 2026 })
  const talks = talksOf(people.map(({ personId, committee }) => ({ id: personId, committee })))
  if (talks.length > 0) await stage.as(secretary, 'talks.record', { orgId, talks })
}

/** A branch in the ordinary course: its committee among itself, and about half of its members. */
const someTalks = (stage: Stage, branch: string, i: number) =>
  talk(stage, branch, (people) => {
    const committee = people.filter((p) => p.committee)
    const members = people.filter((p) => !p.committee)
    const early = (n: number) => `2026-0${2 + (n % 4)}-${String(3 + ((n * 5 + i) % 24)).padStart(2, '0')}`
    // Those who came to the branch in spring are on its roster by now.
    const late = (n: number) => `2026-06-${15 + (n % 3)}`
    return [
      ...pairs(committee.map((p) => p.id)).map(([aId, bId], n) => ({ on: early(n), aId, bId })),
      ...members
        .slice(0, Math.floor(members.length / (i % 3 === 0 ? 1 : 2)))
        .map((m, n) => ({ on: late(n), aId: committee[n % committee.length]!.id, bId: m.id })),
    ]
  })

/** The branch of the story in September: all but six of its members. */
const talksOfTheBranch = (stage: Stage) =>
  talk(stage, '机电队', (people) => {
    const committee = people.filter((p) => p.committee)
    const members = people.filter((p) => !p.committee)
    return [
      ...members
        .slice(0, -6)
        .map((m, n) => ({ on: `2026-09-${String(9 + (n % 3)).padStart(2, '0')}`, aId: committee[n % 3]!.id, bId: m.id })),
      { on: '2026-09-09', aId: members[1]!.id, bId: members[2]!.id },
      { on: '2026-09-10', aId: members[3]!.id, bId: members[4]!.id },
    ]
  })

const pairs = (ids: readonly string[]): [string, string][] => ids.flatMap((a, i) => ids.slice(i + 1).map((b) => [a, b] as [string, string]))

const OPINIONS = [
  { source: 'masses' as const, fromWhom: '检修班座谈会', text: '夜班检修时党员骨干到场少，希望轮流跟班' },
  { source: 'members' as const, fromWhom: '党小组会', text: '学习多是念文件，希望结合本队事故案例' },
  { source: 'units' as const, fromWhom: '各班组', text: '班组反映的工具配备问题，答复慢' },
]

const WORDS = [
  '到夜班现场少，对班组的困难了解不够。明年起每月跟夜班两次，问题当班登记。',
  '抓学习满足于把文件念完，没有联系岗位。下半年每次学习讲一个本队案例。',
  '工作忙时对徒弟过问少。每周和徒弟谈一次，带他学完两项操作规程。',
]

/** The branch asks for opinions, and the first of its people write. */
async function prepare(stage: Stage, branch: string): Promise<void> {
  const [orgId, secretary, on] = [stage.orgs.get(branch)!, chairOf(stage, branch), stage.today()]
  const title = branch === '机电队' ? '' : `${branch}党支部安全生产专题组织生活会`
  const { id } = await stage.as(secretary, 'chains.open', { orgId, kind: 'orgLifeMeeting', year: 2026, title })
  stage.people.set(`${branch} 组织生活会`, id)
  await stage.as(secretary, 'chains.addOpinions', { id, opinions: OPINIONS.map((o) => ({ ...o, on })) })
  const { people } = await stage.as(secretary, 'chains.get', { id })
  for (const [i, p] of people.slice(0, 3).entries()) await stage.as(p.personId, 'chains.write', { id, text: WORDS[i]! })
  const others = people.slice(3).map((p) => p.personId)
  await stage.as(secretary, 'chains.handIn', { id, personIds: branch === '机电队' ? others.slice(0, 9) : others })
}

async function held(stage: Stage): Promise<void> {
  const branch = '皮带队'
  const meetingId = await recordAndSign(stage, branch, meetingOf(stage, branch, ['orgLifeMeeting'], '2026-07-24'))
  stage.people.set(`${branch} 组织生活会记录`, meetingId)
  const id = stage.people.get(`${branch} 组织生活会`)!
  const { version } = await stage.as(chairOf(stage, branch), 'chains.link', { id, version: 1, meetingId })
  await stage.as(chairOf(stage, branch), 'chains.list', {
    id,
    version,
    lines: [
      {
        problem: '夜班检修党员骨干到场少',
        measure: '书记、委员每月跟夜班两次，排出轮值表',
        ownerId: chairOf(stage, branch),
        dueOn: '2026-10-31',
      },
      { problem: '学习不联系岗位', measure: '每次学习由一名党员讲一个本队案例', ownerId: recorderOf(stage, branch), dueOn: '2026-11-30' },
    ],
  })
}

/** The committee's office came to that meeting and said what it thought of it. */
async function visited(stage: Stage): Promise<void> {
  const branch = '皮带队'
  await stage.as(stage.people.get('党务干部')!, 'visits.make', {
    orgId: stage.orgs.get(branch)!,
    meetingId: stage.people.get(`${branch} 组织生活会记录`)!,
    comment: '会前征求意见充分，批评能点到具体的事。整改措施里“加强学习”一项还空，请再落到人和次数。',
    followUps: [{ text: '把学习一项的整改措施落到人和次数，报党委组织部门', dueOn: '2026-08-14' }],
  })
}

/** 民主生活会 of the committee for the year before, held in January and reported within the fortnight. */
async function committeeLife(stage: Stage): Promise<void> {
  const [orgId, secretary] = [stage.orgs.get('党委')!, stage.people.get('党委书记')!]
  const day = stage.today()
  const kind = 'democraticLifeMeeting' as const
  const { id } = await stage.as(secretary, 'chains.open', { orgId, kind, year: 2025, title: '' })
  await stage.as(secretary, 'chains.addOpinions', { id, opinions: OPINIONS.map((o) => ({ ...o, on: day })) })
  const { people } = await stage.as(secretary, 'chains.get', { id })
  await stage.as(secretary, 'chains.handIn', { id, personIds: people.map((p) => p.personId) })
  const recorderId = people.find((p) => p.personId !== secretary)!.personId
  const record = { ...meetingOf(stage, '机电队', [kind], day, { orgId, chairId: secretary, recorderId }), title: '2025 年度民主生活会' }
  const { id: meetingId, version } = await stage.as(recorderId, 'meetings.record', record)
  await stage.as(secretary, 'meetings.sign', { id: meetingId, version })
  const linked = await stage.as(secretary, 'chains.link', { id, version: 1, meetingId })
  const lines = [{ problem: '到基层调研次数少', measure: '班子成员每季度到联系支部调研一次', ownerId: secretary, dueOn: '2026-12-31' }]
  const listed = await stage.as(secretary, 'chains.list', { id, version: linked.version, lines })
  await stage.as(secretary, 'chains.report', { id, version: listed.version, on: day })
}
