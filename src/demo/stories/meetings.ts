import { chairOf, meetingOf, recordAndSign } from '../acts.ts'
import type { Event } from '../event.ts'
import type { Stage } from '../stage.ts'
import type { Problem } from '../story.ts'
import { meetingFinding } from './look.ts'

type Rostered = { personId: string; standing: string }

async function rosterOf(stage: Stage, branch: string, day: string): Promise<Rostered[]> {
  const page = await stage.owner('members.roster', { orgId: stage.orgs.get(branch)!, on: day, limit: 100 })
  return page.items
}

interface VoteOf {
  branch: string
  on: string
  topic: string
  /** How many full members come, of all. */
  come?: (full: number) => number
  inFavour: (full: number, come: number) => number
  /** A member on probation whose vote is among those counted. */
  withProbationer?: boolean
}

/** An assembly besides the ordinary one that decides by a vote and is recorded as passed. */
const assembly = ({ branch, on, topic, come = (n) => n, inFavour, withProbationer = false }: VoteOf): Event => ({
  on,
  time: '18:00',
  run: async (stage) => {
    const roster = await rosterOf(stage, branch, on)
    const chair = chairOf(stage, branch)
    const full = roster.filter((p) => p.standing === 'fullMember')
    const probationer = roster.find((p) => p.standing === 'probationaryMember')!
    const present = come(full.length)
    const leaders = new Set([chair, stage.people.get(`${branch} 记录`)])
    const staying = full.filter((p) => !leaders.has(p.personId)).slice(0, full.length - present)
    const absent = staying.map((p) => ({ personId: p.personId, reason: 'onDuty' as const, note: '' }))
    const favour = inFavour(full.length, present)
    const against = present - favour + (withProbationer ? 1 : 0)
    const vote = {
      rule: 'assembly' as const,
      inFavour: favour,
      against: Math.max(0, against),
      notEntitled: withProbationer ? [{ personId: probationer.personId, choice: 'inFavour' as const }] : [],
      recordedPassed: true,
    }
    const item = { topic, discussion: '', resolution: '同意', actions: [], vote }
    await recordAndSign(stage, branch, meetingOf(stage, branch, ['memberAssembly'], on, { title: topic, absent, items: [item] }))
  },
})

const belowQuorum: Problem = {
  key: 'below-quorum',
  events: (faulty) => [
    assembly({
      branch: '掘进一队', on: '2026-04-21', topic: '推荐先进集体', come: (n) => (faulty ? Math.ceil(n / 2) - 1 : n - 2), inFavour: (n, come) => (faulty ? come : Math.min(come, n - 3)),
    }), // biome-ignore format: one vote
  ],
  look: (stage) => meetingFinding(stage, '掘进一队', 'below-quorum'),
}

const exactlyHalf: Problem = {
  key: 'exactly-half',
  events: (faulty) => [
    assembly({ branch: '掘进二队', on: '2026-06-23', topic: '确定帮扶对象', inFavour: (n) => n / 2 + (faulty ? 0 : 1) }),
  ],
  look: (stage) => meetingFinding(stage, '掘进二队', 'exactly-half'),
}

const probationaryVote: Problem = {
  key: 'probationary-vote',
  events: (faulty) => [
    assembly({ branch: '运输队', on: '2026-03-24', topic: '通过支部工作计划', inFavour: (n) => n - 2, withProbationer: faulty }),
  ],
  look: (stage) => meetingFinding(stage, '运输队', 'probationary-vote'),
}

const lateEntry: Problem = {
  key: 'late-entry',
  takes: ['通风队 branchCommittee 2026-03'],
  events: (faulty) => [
    {
      on: faulty ? '2026-04-08' : '2026-03-06',
      time: '18:10',
      run: (stage) => recordAndSign(stage, '通风队', meetingOf(stage, '通风队', ['branchCommittee'], '2026-03-05')),
    },
  ],
  look: (stage) => meetingFinding(stage, '通风队', 'late-entry'),
}

export const meetingProblems = [belowQuorum, exactlyHalf, probationaryVote, lateEntry]
