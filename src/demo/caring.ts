import type { Event } from './event.ts'
import type { Stage } from './stage.ts'

const BRANCH = '机电队'
const OTHER = '铁运队'

/** Members of a branch from the end of its list, who play no other part in the story. */
async function lastOf(stage: Stage, branch: string, count: number): Promise<string[]> {
  const { items } = await stage.owner('members.roster', {
    orgId: stage.orgs.get(branch)!,
    standings: ['fullMember'],
    sort: 'staffNo',
    limit: 100,
  })
  return items.slice(-count).map(({ personId }) => personId)
}

/** Rewards and a sanction, members away and retired, 慰问, and a branch that is being handed over: the ordinary course. */
export const caringEvents = (): Event[] => [
  {
    on: '2026-02-10',
    run: async (stage) => {
      const retired = [...stage.orgs.keys()].find((key) => key.startsWith('离退休'))
      if (!retired) return
      const keeper = stage.people.get(`${retired} 书记`)!
      for (const personId of await lastOf(stage, retired, 3)) {
        const plan = { since: '2022-03-01', place: '', settled: false, abroad: false, contactId: keeper, everyDays: 90 }
        const { id } = await stage.owner('care.open', { personId, kind: 'retired', ...plan, arrangement: 'own' })
        await stage.as(keeper, 'care.contact', { id, on: '2026-02-10' })
        await stage.owner('care.condole', { personId, on: '2026-02-10', occasion: 'festival', form: 'visit' })
      }
    },
  },
  {
    on: '2026-03-20',
    run: async (stage) => {
      const [personId] = await lastOf(stage, BRANCH, 1)
      const paper = { approvedOn: '2026-03-18', by: '示例矿业集团一矿纪委', docNo: '一矿纪〔2026〕3号', note: '' }
      await stage.owner('merits.sanction', { personId: personId!, what: 'warning', ...paper })
    },
  },
  {
    on: '2026-04-08',
    run: async (stage) => {
      const [away] = await lastOf(stage, BRANCH, 3)
      const keeper = stage.people.get(`${BRANCH} 记录`)!
      const plan = { since: '2026-03-02', place: '陕西某矿井建设项目', settled: false, abroad: false, contactId: keeper, everyDays: 30 }
      const { id } = await stage.owner('care.open', { personId: away!, kind: 'floating', ...plan, arrangement: null })
      await stage.as(keeper, 'care.contact', { id, on: '2026-04-08' })
      stage.people.set('流动党员 联系', id)
    },
  },
  {
    on: '2026-07-01',
    run: async (stage) => {
      const best = [stage.people.get('YK0193'), stage.people.get(`${BRANCH} 书记`)].filter((id) => id !== undefined)
      const paper = { approvedOn: '2026-06-26', by: '示例矿业集团一矿党委', docNo: '一矿党〔2026〕21号', note: '' }
      for (const personId of best)
        await stage.owner('merits.reward', { personId, honour: 'outstandingMember', level: 'unit', title: '优秀共产党员', ...paper })
      await stage.as(stage.people.get(`${BRANCH} 记录`)!, 'care.contact', { id: stage.people.get('流动党员 联系')!, on: '2026-07-01' })
    },
  },
  {
    on: '2026-09-16',
    time: '17:00',
    run: async (stage) => {
      const [fromId, toId] = [stage.people.get(`${OTHER} 书记`)!, stage.people.get(`${OTHER} 记录`)!]
      await stage.owner('handover.begin', { orgId: stage.orgs.get(OTHER)!, fromId, toId, on: '2026-09-16' })
      const who = await stage.as(stage.people.get('YK0193')!, 'privacy.ask', {
        what: '党员档案',
        says: '学历应为大学，毕业证书已交组织委员',
      })
      stage.people.set('更正请求', who.id)
    },
  },
]
