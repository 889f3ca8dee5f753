import { chairOf, meetingOf, recordAndSign, recorderOf } from '../acts.ts'
import type { Event } from '../event.ts'
import type { Stage } from '../stage.ts'
import type { Problem, Sight } from '../story.ts'
import { step } from '../tasks.ts'

type Key = 'result-missing' | 'third-hand-off' | 'empty-forwarding'

async function taskFinding(stage: Stage, org: string, key: Key): Promise<Sight | undefined> {
  const { items } = await stage.owner('tasks.findings', { orgId: stage.orgs.get(org)!, key })
  const [found] = items
  return (
    found && {
      by: 'tasks.findings',
      says: `${found.says}。依据：${found.source}。${found.remedy}`,
      facts: found.factIds,
      open: found.open,
    }
  )
}

const RESOLVED = '给机修班配齐高压试验用的绝缘垫'

const resolutionLost: Problem = {
  key: 'resolution-lost',
  takes: ['机修车间 branchCommittee 2026-02'],
  events: (faulty) => [
    {
      on: '2026-02-05',
      time: '17:30',
      run: async (stage) => {
        const branch = '机修车间'
        const action = { text: RESOLVED, ownerId: recorderOf(stage, branch), dueOn: '2026-03-10' }
        const item = { topic: '研究检修安全', discussion: '绝缘垫老化三块。', resolution: '同意更换。', actions: [action], vote: null }
        await recordAndSign(stage, branch, meetingOf(stage, branch, ['branchCommittee'], '2026-02-05', { items: [item] }))
      },
    },
    ...(faulty ? [] : [resultReported]),
  ],
  look: async (stage) => {
    const sight = await taskFinding(stage, '机修车间', 'result-missing')
    if (!sight) return undefined
    const orgId = stage.orgs.get('机修车间')!
    const { openActions } = await stage.owner('meetings.prepare', { orgId, day: stage.today(), kinds: ['branchCommittee'] })
    return openActions.some((a) => a.text === RESOLVED) ? { ...sight, says: `${sight.says}。下次支委会的未办事项里也有它` } : undefined
  },
}

const resultReported: Event = {
  on: '2026-03-06',
  time: '08:20',
  run: async (stage) => {
    const branch = '机修车间'
    const { items } = await stage.as(chairOf(stage, branch), 'tasks.list', { orgId: stage.orgs.get(branch)!, source: 'resolution' })
    const { id } = items.find((t) => t.title === RESOLVED)!
    await step(stage, recorderOf(stage, branch), 'tasks.submit', id, { result: '绝缘垫三块已更换并试验合格' })
    await step(stage, chairOf(stage, branch), 'tasks.verify', id)
  },
}

const WENT = ['机电队', '运输队', '通风队', '后勤服务'] as const

const thirdHandOff: Problem = {
  key: 'third-hand-off',
  events: (faulty) => [
    {
      on: '2026-08-12',
      time: '09:10',
      run: async (stage) => {
        const { id } = await stage.as(stage.people.get('党委书记')!, 'tasks.give', {
          orgId: stage.orgs.get('党委')!,
          title: '修好副井口候车室漏雨的顶棚',
          text: '职工反映雨天没有地方候车，请查明归谁管并修好。',
          lead: { orgId: stage.orgs.get('机电队')! },
          dueOn: '2026-09-14',
        })
        for (const [i, to] of WENT.slice(1, faulty ? 4 : 3).entries())
          await step(stage, chairOf(stage, WENT[i]!), 'tasks.handOff', id, {
            to: { orgId: stage.orgs.get(to)! },
            reason: '候车室不在本队管辖范围',
          })
      },
    },
  ],
  look: (stage) => taskFinding(stage, '党委', 'third-hand-off'),
}

const FROM_ABOVE =
  '各单位要在九月底前对照标准逐台检查洗选设备的防护装置和急停开关，建立台账，缺损的当月补齐，责任落实到机长，检查结果报机电部备案。'
const OWN = '洗选总支由副书记带队，每周四下午抽查一个支部的两条生产线，缺损项贴出整改牌，下周五复查销号。'

const emptyForwarding: Problem = {
  key: 'empty-forwarding',
  events: (faulty) => [
    {
      on: '2026-08-24',
      time: '10:00',
      run: (stage) =>
        stage.as(stage.people.get('党委书记')!, 'tasks.deploy', {
          orgId: stage.orgs.get('党委')!,
          title: '洗选设备防护装置检查',
          text: FROM_ABOVE,
          to: 'chosen',
          orgIds: [stage.orgs.get('洗选总支')!],
          dueOn: '2026-09-30',
        }),
    },
    {
      on: '2026-08-26',
      time: '10:00',
      run: (stage) =>
        stage.owner('tasks.deploy', {
          orgId: stage.orgs.get('洗选总支')!,
          title: '洗选设备防护装置检查',
          text: faulty ? `现将党委部署转发给你们，请认真贯彻落实。${FROM_ABOVE}` : OWN,
          to: 'children',
          dueOn: '2026-09-25',
        }),
    },
  ],
  look: (stage) => taskFinding(stage, '党委', 'empty-forwarding'),
}

export const taskProblems = [resolutionLost, thirdHandOff, emptyForwarding]
