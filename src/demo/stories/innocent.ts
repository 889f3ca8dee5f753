import { importPeople, meetingOf, recordAndSign } from '../acts.ts'
import { appointLeaders, crewOf, foundOrg, rememberPeople } from '../base.ts'
import { yearOf } from '../calendar.ts'
import type { Stage } from '../stage.ts'
import type { Innocence } from '../story.ts'
import { BEGAN, BRANCHES, FOUNDED_BY_STORY, TODAY } from '../unit.ts'
import { enrolMore, onPaper, ordinary } from './duties.ts'
import { dutyFindings, meetingFinding } from './look.ts'

type Duty = Awaited<ReturnType<typeof dutyFindings>>[number]

const isMissing = async (stage: Stage, branch: string, which: (f: Duty) => boolean) => (await dutyFindings(stage, branch)).some(which)

const six: Innocence = {
  key: 'six-without-committee',
  events: (broken) => [{ on: BEGAN, time: '08:52', run: async (stage) => void (broken && (await enrolMore(stage, '培训中心', 1210, 1))) }],
  isRaised: (stage) => isMissing(stage, '培训中心', (f) => f.key === 'no-committee'),
}

const sevenWithProbationer: Innocence = {
  key: 'seven-of-whom-one-probationary',
  events: (broken) => [{ on: BEGAN, time: '08:53', run: (stage) => enrolMore(stage, '职工医院', 1220, 1, broken) }],
  isRaised: (stage) => isMissing(stage, '职工医院', (f) => f.key === 'no-committee'),
}

const young = BRANCHES.find((b) => b.key === FOUNDED_BY_STORY)!

const foundedInAugust: Innocence = {
  key: 'founded-in-august',
  events: (broken) => {
    const branch = { ...young, foundedOn: broken ? '2025-01-02' : '2025-08-11' }
    const held = [...yearOf({ ...branch, foundedOn: '2025-08-11' }, 2025, TODAY, new Set()), ...yearOf(branch, 2026, TODAY, new Set())]
    return [
      { on: BEGAN, time: '08:55', run: (stage) => foundYoung(stage, branch) },
      // What falls before its founding in the ordinary course, it held once it stood.
      onPaper(branch.key, ['branchCommittee'], '2025-08-25'),
      onPaper(branch.key, ['partyLecture'], '2025-09-22'),
      ...held.map((p) => (p.on < BEGAN ? onPaper(branch.key, p.kinds, p.on) : ordinary(branch.key, p.kinds, p.on))),
    ]
  },
  isRaised: (stage) => isMissing(stage, young.key, (f) => f.period < '2025-08' || f.period === '2025-Q1' || f.period === '2025-Q2'),
}

async function foundYoung(stage: Stage, branch: typeof young) {
  await foundOrg(stage, branch)
  const crew = crewOf(branch.key)
  await importPeople(stage, crew)
  await rememberPeople(stage)
  await appointLeaders(stage, branch, crew)
}

const lectureWithinThemeDay: Innocence = {
  key: 'lecture-within-theme-day',
  takes: ['皮带队 partyLecture 2026-04', '皮带队 themePartyDay 2026-04'],
  events: (broken) => [ordinary('皮带队', broken ? ['partyLecture'] : ['partyLecture', 'themePartyDay'], '2026-04-14')],
  isRaised: (stage) => isMissing(stage, '皮带队', (f) => f.period === '2026-04' || f.period === '2026-Q2'),
}

const leaveWithReason: Innocence = {
  key: 'leave-with-reason',
  takes: ['铁运队 memberAssembly 2026-05'],
  events: (broken) => [
    {
      on: '2026-05-20',
      time: '17:45',
      run: async (stage) => {
        const page = await stage.owner('members.roster', { orgId: stage.orgs.get('铁运队')!, on: '2026-05-20', limit: 100 })
        const { items } = page
        const leaders = new Set([stage.people.get('铁运队 书记'), stage.people.get('铁运队 记录')])
        const staying = items.filter((p) => !leaders.has(p.personId)).slice(0, 4)
        const absent = staying.map(({ personId }) => ({ personId, reason: broken ? ('none' as const) : ('sickLeave' as const), note: '' }))
        await recordAndSign(stage, '铁运队', meetingOf(stage, '铁运队', ['memberAssembly'], '2026-05-20', { absent }))
      },
    },
  ],
  isRaised: async (stage) => {
    const { cases } = (await stage.owner('evaluation.measure' as never, {
      measure: 'meetings.attendance', filter: { kind: 'memberAssembly', excuse: 'all' }, orgId: stage.orgs.get('铁运队')!, period: '2026-Q2', asAt: TODAY,
    } as never)) as unknown as { cases: { expected: number; met: number }[] } // biome-ignore format: one question
    return cases.some((c) => c.met < c.expected)
  },
}

const movedOnTheFifteenth: Innocence = {
  key: 'moved-on-the-fifteenth',
  takes: ['供电队 memberAssembly 2026-05', '机修车间 memberAssembly 2026-05'],
  events: (broken) => [
    { on: broken ? '2026-05-27' : '2026-05-15', time: '08:30', run: (stage) => moveOne(stage) },
    ordinary('供电队', ['memberAssembly'], '2026-05-22'),
    ordinary('机修车间', ['memberAssembly'], '2026-05-22'),
  ],
  isRaised: async (stage) => (await meetingFinding(stage, '供电队', 'roster-changed', '2026-05-22')) !== undefined,
}

/** The last full member of one branch goes to the other as of the fifteenth, whenever it is entered. */
async function moveOne(stage: Stage) {
  const page = await stage.owner('members.roster', { orgId: stage.orgs.get('供电队')!, limit: 100 })
  const { items } = page
  const leaders = new Set([...stage.people].filter(([k]) => k.startsWith('供电队 ')).map(([, id]) => id))
  const moving = items.filter((p) => p.standing === 'fullMember' && !leaders.has(p.personId)).at(-1)!
  await stage.owner('members.transfer', { membershipId: moving.membershipId, on: '2026-05-15', toOrgId: stage.orgs.get('机修车间')! })
}

const withinGrace: Innocence = {
  key: 'entered-within-grace',
  takes: ['抽放队 branchCommittee 2026-06'],
  events: (broken) => [ordinary('抽放队', ['branchCommittee'], '2026-06-03', broken ? '2026-06-24' : '2026-06-09')],
  isRaised: async (stage) => (await meetingFinding(stage, '抽放队', 'late-entry')) !== undefined,
}

const yearlyOnNewYearsDay: Innocence = {
  key: 'yearly-on-1-january',
  takes: ['机关第二 orgLifeMeeting 2025-12', '机关第二 democraticAppraisal 2025-12'],
  events: (broken) => [onPaper('机关第二', ['orgLifeMeeting', 'democraticAppraisal'], broken ? '2024-12-31' : '2025-01-01')],
  isRaised: (stage) => isMissing(stage, '机关第二', (f) => f.period === '2025'),
}

const monthlyOn28February: Innocence = {
  key: 'monthly-on-28-february',
  takes: ['煤质科 themePartyDay 2026-02'],
  events: (broken) => [ordinary('煤质科', ['themePartyDay'], broken ? '2026-03-01' : '2026-02-28')],
  isRaised: (stage) => isMissing(stage, '煤质科', (f) => f.period === '2026-02'),
}

const lectureEveryHalfYear: Innocence = {
  key: 'lecture-every-half-year',
  takes: ['2025-01', '2025-04', '2025-07', '2025-10', '2026-01', '2026-04', '2026-07'].map((m) => `机关第三 partyLecture ${m}`),
  events: (broken) => [
    { on: BEGAN, time: '10:30', run: (stage) => halfYearRule(stage) },
    onPaper('机关第三', ['partyLecture'], '2025-05-20'),
    ...(broken ? [] : [onPaper('机关第三', ['partyLecture'], '2025-11-20')]),
    ordinary('机关第三', ['partyLecture'], '2026-05-19'),
  ],
  isRaised: (stage) => isMissing(stage, '机关第三', (f) => f.duty === 'partyLecture'),
}

const halfYearRule = (stage: Stage) =>
  stage.owner('duties.adoptRule', {
    orgId: stage.orgs.get('机关第三')!,
    from: '2025-01-01',
    body: {
      duty: 'partyLecture', every: 'half', times: 1, strength: 'must', orgKinds: ['partyBranch'], minFullMembers: null, mayShare: true,
    }, // biome-ignore format: one rule
    wording: '机关支部党课每半年至少一次',
    source: '机关第三党支部工作制度第五条',
  })

export const innocences: readonly Innocence[] = [
  six, sevenWithProbationer, foundedInAugust, lectureWithinThemeDay, leaveWithReason, movedOnTheFifteenth, withinGrace,
  yearlyOnNewYearsDay, monthlyOn28February, lectureEveryHalfYear,
] // biome-ignore format: a list
