import type { Event } from './event.ts'
import type { Stage } from './stage.ts'

const BRANCH = '机电队'

/** People on their way into the Party in one branch, as its secretary entered them, the year's number, and a request under way. */
export const developingEvents: readonly Event[] = [
  { on: '2026-01-12', time: '10:00', run: (stage) => planned(stage, 2) },
  {
    on: '2026-05-06',
    time: '10:00',
    run: (stage) =>
      entered(stage, '方某某', {
        1: '2024-09-02',
        2: '2024-09-18',
        3: '2025-03-12',
        4: '2025-03-28',
        5: '2025-04-01',
        6: ['2025-09-09', '2026-03-10'],
      }),
  },
  {
    on: '2026-05-06',
    time: '10:20',
    run: (stage) =>
      entered(stage, '孔某某', {
        1: '2023-06-05',
        2: '2023-06-20',
        3: '2024-01-10',
        4: '2024-01-26',
        5: '2024-02-01',
        6: ['2024-07-08', '2024-12-20'],
        7: '2025-02-18',
        8: '2025-03-03',
      }),
  },
  {
    on: '2026-05-06',
    time: '10:40',
    run: (stage) =>
      entered(stage, '严某某', { 1: '2022-04-11', 3: '2022-11-08', 7: '2024-03-05', 13: '2025-08-26', 15: '2025-09-19', 17: '2025-11-12' }),
  },
  { on: '2026-08-24', time: '16:00', run: applied },
  { on: '2026-08-28', time: '16:00', run: asked },
]

async function entered(stage: Stage, name: string, days: Record<number, string | string[]>): Promise<void> {
  const steps = Object.entries(days).flatMap(([no, on]) => [on].flat().map((day) => ({ no: Number(no), on: day })))
  const { personId } = await stage.as(stage.people.get(`${BRANCH} 书记`)!, 'development.enter', {
    orgId: stage.orgs.get(BRANCH)!,
    name,
    place: '支部档案柜',
    steps,
  })
  stage.people.set(`${BRANCH} ${name}`, personId)
}

async function planned(stage: Stage, number: number): Promise<void> {
  await stage.as(stage.people.get('党务干部')!, 'development.setPlan', { orgId: stage.orgs.get(BRANCH)!, year: 2026, number, version: 0 })
}

async function applied(stage: Stage): Promise<void> {
  await stage.as(stage.people.get(`${BRANCH} 书记`)!, 'development.begin', {
    orgId: stage.orgs.get(BRANCH)!,
    name: '金某某',
    birth: '1996-11-03',
    appliedOn: '2026-08-24',
    place: '支部档案柜',
  })
}

/** A request to make up the committee waits at the superior. */
async function asked(stage: Stage): Promise<void> {
  const orgId = stage.orgs.get(BRANCH)!
  const secretary = stage.people.get(`${BRANCH} 书记`)!
  const { title, body } = await stage.as(secretary, 'requests.compose', { orgId, kind: 'award' })
  const filled = (text: string) => text.replace('＿＿＿', '先进班组').replaceAll('＿＿＿', '检修二班')
  await stage.as(secretary, 'requests.send', {
    orgId,
    kind: 'award',
    title: filled(title),
    body: filled(body),
    letterNo: '示例机电〔2026〕6号',
  })
}
