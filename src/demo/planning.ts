import type { MeetingKind } from '#modules/meetings/contract.ts'
import { chairOf, recorderOf } from './acts.ts'
import type { Event } from './event.ts'
import type { Stage } from './stage.ts'

interface Aim {
  title: string
  dueOn: string
  text?: string
}

/** Puts a key business task on a plan, and Party measures beside it, as one who may manage that plan. */
export async function adoptPair(stage: Stage, as: string, orgId: string, task: Aim, measures: readonly Aim[]): Promise<void> {
  const of = { orgId, year: 2026, counted: 'said' as const }
  const { id } = await stage.as(as, 'plans.adopt', { ...of, ...task, side: 'business' })
  for (const m of measures) await stage.as(as, 'plans.adopt', { ...of, ...m, forIds: [id] })
}

const BRANCHES: [string, Aim, Aim][] = [
  [
    '综采一队',
    { title: '完成 1306 工作面回采，单进不低于计划', dueOn: '2026-10-31' },
    { title: '党员带头实行班中巡查和手指口述', dueOn: '2026-10-31' },
  ],
  [
    '运输队',
    { title: '斜巷运输全年不发生跑车', dueOn: '2026-12-31' },
    { title: '每条斜巷定一名党员安全员，月月讲评', dueOn: '2026-12-31' },
  ],
  [
    '选煤生产',
    { title: '精煤回收率提高 0.3 个百分点', dueOn: '2026-12-20' },
    { title: '成立党员攻关小组，每季报一次进展', dueOn: '2026-12-20' },
  ],
]

/** Plans of the year as units make them in January, and how far they are: the ordinary course. */
export const planningEvents = (): Event[] => [
  { on: '2026-01-16', time: '10:00', run: committees },
  ...BRANCHES.map(
    ([branch, task, measure]): Event => ({
      on: '2026-01-22',
      time: '15:00',
      run: async (stage) => {
        const orgId = stage.orgs.get(branch)
        if (orgId) await adoptPair(stage, chairOf(stage, branch), orgId, task, [measure])
      },
    }),
  ),
  { on: '2026-01-22', time: '16:00', run: branchs },
  { on: '2026-06-30', time: '17:20', run: doneByThen },
]

const committees = (stage: Stage) =>
  adoptPair(
    stage,
    stage.people.get('党委书记')!,
    stage.orgs.get('党委')!,
    { title: '全年原煤产量 310 万吨，安全生产无较大事故', dueOn: '2026-12-31' },
    [
      { title: '“党员身边无事故”活动覆盖全部区队', dueOn: '2026-11-30', text: '每季通报一次，年底评先进岗位。' },
      { title: '党委委员每月到联系支部跟班一次', dueOn: '2026-12-31' },
    ],
  )

/** The branch of the story: meetings that count by themselves, a task, and what is said in words. */
async function branchs(stage: Stage): Promise<void> {
  const [secretary, orgId] = [chairOf(stage, '机电队'), stage.orgs.get('机电队')!]
  await adoptPair(
    stage,
    secretary,
    orgId,
    { title: '主提升机、主排水泵检修一次合格', dueOn: '2026-10-20', text: '按机电部检修计划分两批完成。' },
    [{ title: '检修现场党员挂牌，逐项签字', dueOn: '2026-10-20' }],
  )
  await adoptPair(stage, secretary, orgId, { title: '供电系统春检隐患全部销号', dueOn: '2026-05-31' }, [
    { title: '春检由党员小组分片包干', dueOn: '2026-05-31' },
  ])
  const of = { orgId, year: 2026 }
  const meetings = (title: string, meetingKind: MeetingKind, target: number) =>
    stage.as(secretary, 'plans.adopt', { ...of, title, dueOn: '2026-12-31', counted: 'meetings', meetingKind, target })
  await meetings('开好党员大会，每季一次', 'memberAssembly', 4)
  await meetings('主题党日每月一次', 'themePartyDay', 12)
  const room = { title: '建好党员活动室图书角', dueOn: '2026-08-31', leadId: recorderOf(stage, '机电队') }
  await stage.as(secretary, 'plans.adopt', { ...of, ...room, counted: 'task' })
}

async function doneByThen(stage: Stage): Promise<void> {
  const [secretary, orgId] = [chairOf(stage, '机电队'), stage.orgs.get('机电队')!]
  const { items } = await stage.as(secretary, 'plans.year', { orgId, year: 2026 })
  const inspection = items.find((e) => e.title.startsWith('供电系统春检'))!
  const note = '查出隐患 41 条，五月底前全部销号，复查合格'
  await stage.as(secretary, 'plans.markDone', { id: inspection.id, version: inspection.version, on: '2026-05-29', note })
  const measure = items.find((e) => e.title.startsWith('春检由党员'))!
  const shared = '三个党小组分片包干，每片两名党员复查'
  await stage.as(secretary, 'plans.markDone', { id: measure.id, version: measure.version, on: '2026-05-29', note: shared })
  const text = '上半年把党员挂牌检修定成了制度，效果好的做法下半年推到供电班。'
  await stage.as(secretary, 'plans.say', { orgId, year: 2026, text, version: 0 })
}
