import type { Event } from './event.ts'
import type { Stage } from './stage.ts'
import { BRANCHES } from './unit.ts'

type StepOf = 'tasks.receive' | 'tasks.plan' | 'tasks.submit' | 'tasks.verify' | 'tasks.handOff' | 'tasks.note'

/** Takes a step of a task as it stands. */
export async function step(stage: Stage, as: string, name: StepOf, id: string, input: object = {}): Promise<void> {
  const { version } = await stage.as(as, 'tasks.get', { id })
  await stage.as(as, name, { id, version, ...input } as never)
}

const INSPECTION = '三季度末安全隐患排查'

/** What the committee asked of all branches in September, and how far they are: the ordinary course. */
export function taskEvents(): Event[] {
  const received = new Map<string, string>()
  return [
    {
      on: '2026-09-02',
      time: '10:00',
      run: async (stage) => {
        const chief = stage.people.get('党委书记')!
        const { id } = await stage.as(chief, 'tasks.deploy', {
          orgId: stage.orgs.get('党委')!,
          title: INSPECTION,
          text: '各支部组织党员对本队岗位、设备和作业现场排查一遍隐患，逐条登记，能当班处理的当班处理，处理不了的报安监处，九月二十五日前报结果。',
          to: 'branches',
          dueOn: '2026-09-25',
        })
        const { items } = await stage.as(chief, 'tasks.deployment', { id, limit: 100 })
        for (const t of items) received.set(t.orgId, t.id)
      },
    },
    ...BRANCHES.slice(0, 24).map(
      (branch, i): Event => ({
        on: `2026-09-${String(3 + (i % 5)).padStart(2, '0')}`,
        time: '08:40',
        run: async (stage) => {
          const [id, secretary] = [received.get(stage.orgs.get(branch.key) ?? ''), stage.people.get(`${branch.key} 书记`)]
          if (!id || !secretary) return
          await step(stage, secretary, 'tasks.receive', id)
          if (i % 2 === 0) await step(stage, secretary, 'tasks.plan', id, { text: '分三个党小组按班次排查，组长每天汇总登记' })
          if (i % 4 === 0) await step(stage, secretary, 'tasks.note', id, { text: '已排查两个作业面，登记隐患三条，处理两条' })
        },
      }),
    ),
    {
      on: '2026-09-16',
      time: '16:00',
      run: async (stage) => {
        for (const i of [0, 4, 6, 10]) {
          const { key } = BRANCHES[i]!
          const id = received.get(stage.orgs.get(key)!)!
          await step(stage, stage.people.get(`${key} 书记`)!, 'tasks.submit', id, {
            result: '排查隐患 6 条，当班处理 5 条，1 条已报安监处',
          })
          if (i < 5) await step(stage, stage.people.get('党委书记')!, 'tasks.verify', id, { effectAfterDays: 30 })
        }
      },
    },
  ]
}
