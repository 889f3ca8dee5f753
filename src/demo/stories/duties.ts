import { importLedger, importPeople, meetingOf, recordAndSign } from '../acts.ts'
import { rememberPeople } from '../base.ts'
import type { Event } from '../event.ts'
import { type DemoPerson, person } from '../people.ts'
import { randomFrom } from '../random.ts'
import type { Stage } from '../stage.ts'
import type { Problem } from '../story.ts'
import { BEGAN, BRANCHES } from '../unit.ts'
import { missing } from './look.ts'

/** Meetings on paper that belong to the year before the system, brought in after the rest. */
export const onPaper = (branch: string, kinds: Parameters<typeof meetingOf>[2], on: string): Event => ({
  on: BEGAN,
  time: '11:00',
  run: async (stage) => {
    const { name } = BRANCHES.find((b) => b.key === branch)!
    const roster = await stage.owner('members.roster', { orgId: stage.orgs.get(branch)!, on, limit: 5 })
    const names = roster.items.map((p) => p.name)
    const paper = { branchName: name, kinds, on, time: '15:00', chair: names[0]!, recorder: names[1]!, expected: 0, present: 0, absent: '' }
    const { total } = roster
    await importLedger(stage, [{ ...paper, expected: total, present: total }])
  },
})

/** An ordinary meeting of the branch, recorded and signed on its day. */
export const ordinary = (branch: string, kinds: Parameters<typeof meetingOf>[2], on: string, recordedOn = on): Event => ({
  on: recordedOn,
  time: '17:40',
  run: (stage) => recordAndSign(stage, branch, meetingOf(stage, branch, kinds, on)),
})

const missingAssembly: Problem = {
  key: 'missing-assembly',
  takes: ['机电队 memberAssembly 2025-08'],
  events: (faulty) => (faulty ? [] : [onPaper('机电队', ['memberAssembly'], '2025-08-20')]),
  look: (stage) => missing(stage, '机电队', 'memberAssembly', '2025-Q3'),
}

const forgottenCommittee: Problem = {
  key: 'forgotten-committee',
  takes: ['综采二队 branchCommittee 2026-05'],
  events: (faulty) => (faulty ? [] : [ordinary('综采二队', ['branchCommittee'], '2026-05-06')]),
  look: async (stage) => {
    const sight = await missing(stage, '综采二队', 'branchCommittee', '2026-05')
    if (!sight) return undefined
    const orgId = stage.orgs.get('综采二队')!
    const { items } = await stage.owner('duties.reminders', { orgId, day: '2026-05-25' })
    const reminded = items.find((r) => r.duty.duty === 'branchCommittee')
    return reminded && { ...sight, says: `${sight.says}。5月25日已提醒 ${reminded.to.map((t) => t.post).join('、')}` }
  },
}

const rescue = BRANCHES.find((b) => b.key === '救护队')!

const noCommittee: Problem = {
  key: 'no-committee',
  events: (faulty) => [
    {
      on: BEGAN,
      time: '08:50',
      run: async (stage) => {
        if (faulty) await enrolMore(stage, '救护队', 1200, 3)
      },
    },
  ],
  look: (stage) => missing(stage, rescue.key, 'committeeSetUp', '2026'),
}

/** Full members who join a small branch: the story decides whether it reaches the threshold. */
export async function enrolMore(stage: Stage, key: string, first: number, count: number, full = true): Promise<DemoPerson[]> {
  const branch = BRANCHES.find((b) => b.key === key)!
  const random = randomFrom(first)
  const people = Array.from({ length: count }, (_, i) => person(branch.name, first + i, full, branch, random))
  await importPeople(stage, people)
  await rememberPeople(stage)
  return people
}

const belowCentral: Problem = {
  key: 'below-central',
  events: (faulty) => [
    {
      on: '2026-02-02',
      run: (stage) =>
        stage.owner('duties.adoptRule', {
          orgId: stage.orgs.get('洗选总支')!,
          from: '2026-01-01',
          body: {
            duty: 'branchCommittee', every: faulty ? 'quarter' : 'month', times: 1, strength: 'generally',
            orgKinds: ['partyBranch'], minFullMembers: 7, mayShare: true,
          }, // biome-ignore format: one rule
          wording: faulty ? '各支部支委会每季度至少召开一次' : '各支部支委会每月至少召开一次',
          source: '洗选党总支工作细则第八条',
        }),
    },
  ],
  look: async (stage) => {
    const orgId = stage.orgs.get('洗选总支')!
    const { items } = await stage.owner('duties.rules', { orgId })
    const rule = items.find((r) => r.orgId === orgId && r.belowCentral)
    return rule && { by: 'duties.rules', says: rule.belowCentral!, facts: rule.facts, open: `/duties/rules?org=${orgId}` }
  },
}

export const dutyProblems = [missingAssembly, forgottenCommittee, noCommittee, belowCentral]
