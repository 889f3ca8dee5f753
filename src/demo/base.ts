import { importLedger, importPeople, meetingOf, type PaperMeeting, recordAndSign } from './acts.ts'
import { buildingEvents } from './building.ts'
import { type Planned, type TakenOver, yearOf } from './calendar.ts'
import { caringEvents } from './caring.ts'
import { developingEvents } from './developing.ts'
import type { Event } from './event.ts'
import { lifeEvents } from './life.ts'
import { paperEvents } from './papers.ts'
import { type DemoPerson, peopleOf } from './people.ts'
import { planningEvents } from './planning.ts'
import { type Random, randomFrom } from './random.ts'
import { rulingEvents } from './ruling.ts'
import type { Stage } from './stage.ts'
import { taskEvents } from './tasks.ts'
import { BEGAN, BRANCHES, COMMITTEE, type DemoBranch, type DemoOrg, FOUNDED_BY_STORY, GENERAL_BRANCHES, TODAY } from './unit.ts'

const SEED = 20_260_918

/** The unit and its two ordinary years, without what the stories take over. */
export function baseEvents(taken: TakenOver): Event[] {
  const random = randomFrom(SEED)
  let next = 1
  const crews = new Map(
    BRANCHES.map((branch) => {
      const people = peopleOf(branch, next, random)
      next += people.length
      return [branch.key, people]
    }),
  )
  const standing = BRANCHES.filter((b) => b.key !== FOUNDED_BY_STORY)
  const year = (n: number) => standing.flatMap((b) => yearOf(b, n, TODAY, taken))
  return [
    { on: BEGAN, time: '08:30', run: (stage) => foundAll(stage, [COMMITTEE, ...GENERAL_BRANCHES, ...standing]) },
    { on: BEGAN, time: '08:40', run: (stage) => enterPeople(stage, standing, crews) },
    {
      on: BEGAN,
      time: '09:00',
      run: (stage) =>
        importLedger(
          stage,
          year(2025).map((p) => onPaper(p, crews.get(p.branch)!, random)),
        ),
    },
    ...year(2026).map((p) => eventOf(p, crews.get(p.branch)!, random)),
    ...taskEvents(),
    ...planningEvents(),
    ...rulingEvents(),
    ...caringEvents(),
    ...buildingEvents(),
    ...developingEvents,
    ...lifeEvents(),
    ...paperEvents(),
  ]
}

/** The people of a branch that a story founds itself; the same as they would be with the rest. */
export function crewOf(key: string): DemoPerson[] {
  const random = randomFrom(SEED + 1)
  const branch = BRANCHES.find((b) => b.key === key)!
  return peopleOf(branch, 1100, random)
}

async function foundAll(stage: Stage, orgs: readonly DemoOrg[]) {
  for (const org of orgs) await foundOrg(stage, org)
}

/** Founds an organisation of the story and remembers it by its key. */
export async function foundOrg(stage: Stage, { key, name, kind, parent, foundedOn }: DemoOrg): Promise<void> {
  const parentId = parent ? stage.orgs.get(parent)! : null
  const { id } = await stage.owner('organisation.found', { kind, parentId, name, shortName: key, foundedOn })
  stage.orgs.set(key, id)
}

async function enterPeople(stage: Stage, branches: readonly DemoBranch[], crews: Map<string, DemoPerson[]>) {
  await importPeople(
    stage,
    [...crews].filter(([key]) => key !== FOUNDED_BY_STORY).flatMap(([, people]) => people),
  )
  await rememberPeople(stage)
  for (const branch of branches) await appointLeaders(stage, branch, crews.get(branch.key)!)
  await appointOffice(stage, crews)
}

/** Learns the ids that the import gave, by 工号. */
export async function rememberPeople(stage: Stage): Promise<void> {
  let after: string | undefined
  do {
    const page = await stage.owner('members.roster', {
      orgId: stage.orgs.get(COMMITTEE.key)!,
      limit: 200,
      ...(after ? { after } : {}),
    } as never)
    const { items, next } = page as unknown as { items: { personId: string; staffNo: string | null }[]; next: string | null }
    for (const { personId, staffNo } of items) if (staffNo) stage.people.set(staffNo, personId)
    after = next ?? undefined
  } while (after)
}

/** A committee of three or five where the regulation asks for one, else a secretary and a deputy. */
export async function appointLeaders(stage: Stage, branch: DemoBranch, people: readonly DemoPerson[]): Promise<void> {
  const roles =
    branch.full >= 7
      ? ([
          'partySecretary',
          'organizationCommissioner',
          'disciplineCommissioner',
          ...(branch.full > 22 ? (['publicityCommissioner', 'deputySecretary'] as const) : []),
        ] as const)
      : (['partySecretary', 'deputySecretary'] as const)
  const from = branch.foundedOn > '2024-03-15' ? branch.foundedOn : '2024-03-15'
  const orgId = stage.orgs.get(branch.key)!
  await stage.owner('organisation.beginTerm', { orgId, from, until: '2027-03-15' })
  for (const [i, role] of roles.entries()) {
    const personId = stage.people.get(people[i]!.staffNo)!
    await stage.owner('organisation.appoint', { orgId, personId, role, from })
  }
  stage.people.set(`${branch.key} 书记`, stage.people.get(people[0]!.staffNo)!)
  stage.people.set(`${branch.key} 记录`, stage.people.get(people[1]!.staffNo)!)
}

/** The committee's own: secretary, deputy, discipline commissioner and the office that does Party affairs. */
async function appointOffice(stage: Stage, crews: Map<string, DemoPerson[]>) {
  const orgId = stage.orgs.get(COMMITTEE.key)!
  const office = crews.get('机关第一')!
  const roles = [
    'partySecretary',
    'deputySecretary',
    'disciplineCommissioner',
    'organizationCommissioner',
    'publicityCommissioner',
  ] as const
  await stage.owner('organisation.beginTerm', { orgId, from: '2024-04-20', until: '2029-04-20' })
  for (const [i, role] of roles.entries())
    await stage.owner('organisation.appoint', { orgId, personId: stage.people.get(office[10 + i]!.staffNo)!, role, from: '2024-04-20' })
  const worker = stage.people.get(office[16]!.staffNo)!
  await stage.owner('organisation.appoint', { orgId, personId: worker, role: 'partyAffairsWorker', from: '2024-04-20' })
  stage.people.set('党务干部', worker)
  stage.people.set('党委书记', stage.people.get(office[10]!.staffNo)!)
}

const REASONS = ['井下值班', '病假', '因公出差', '外出培训'] as const

function onPaper({ kinds, on, time }: Planned, crew: readonly DemoPerson[], random: Random): PaperMeeting {
  const branch = BRANCHES.find((b) => b.key === crew[0]!.branch)!
  const there = crew.filter((p) => p.joinedOn <= on)
  const small = kinds.includes('branchCommittee')
  const expected = small ? (branch.full > 22 ? 5 : 3) : there.length
  const away = small ? [] : there.slice(5).filter(() => random.next() < 0.04)
  const absent = away.map((p) => `${p.name}(${random.one(REASONS)})`).join('、')
  return {
    branchName: branch.name,
    kinds,
    on,
    time,
    chair: crew[0]!.name,
    recorder: crew[1]!.name,
    expected,
    present: expected - away.length,
    absent,
  }
}

const ABSENT = ['onDuty', 'sickLeave', 'businessTrip', 'training'] as const

function eventOf({ kinds, on, branch }: Planned, crew: readonly DemoPerson[], random: Random): Event {
  const away = kinds.includes('branchCommittee') ? [] : crew.slice(5, crew.length - 1).filter(() => random.next() < 0.04)
  const reasons = away.map(() => random.one(ABSENT))
  const run = (stage: Stage) => {
    const absent = away.map((p, i) => ({ personId: stage.people.get(p.staffNo)!, reason: reasons[i]!, note: '' }))
    return recordAndSign(stage, branch, meetingOf(stage, branch, kinds, on, { absent }))
  }
  return { on, time: '17:30', run }
}
