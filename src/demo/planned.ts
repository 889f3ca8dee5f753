import { xlsxBuffer } from '#runtime/sheets/write.ts'
import { chairOf, recorderOf } from './acts.ts'
import type { Event } from './event.ts'
import type { Stage } from './stage.ts'

/** What is planned at the end of the story: the assembly that a branch still owes this quarter, called and partly answered, and an election. */
export const plannedEvents = (): Event[] => [
  {
    on: '2026-09-17',
    time: '16:20',
    run: async (stage) => {
      const orgId = stage.orgs.get('机电队')!
      const { id } = await stage.as(recorderOf(stage, '机电队'), 'meetings.plan', {
        orgId,
        kinds: ['memberAssembly'],
        title: '第三季度党员大会',
        heldOn: '2026-09-24',
        start: '16:30',
        end: '18:00',
        place: '井口调度楼 302',
        chairId: chairOf(stage, '机电队'),
        recorderId: recorderOf(stage, '机电队'),
        guestIds: [],
        observers: [],
        note: '夜班的同志请提前说明，能调班的尽量到会。',
        items: [
          { topic: '跟进学习上级党委会议精神', presenterId: null, papers: ['学习材料'], back: null },
          { topic: '听取支委会第三季度工作报告', presenterId: chairOf(stage, '机电队'), papers: ['支委会工作报告'], back: null },
          { topic: '讨论四季度检修党员攻关安排', presenterId: null, papers: [], fileIds: [await paper(stage, orgId)], back: null },
        ],
      })
      const { items } = await stage.owner('members.roster', { orgId, on: '2026-09-24', limit: 100 })
      const others = items.map((p) => p.personId).filter((p) => p !== chairOf(stage, '机电队'))
      for (const personId of others.slice(2, 14)) await stage.as(personId, 'meetings.answer', { id, answer: 'comes', note: '' })
      await stage.as(others[14]!, 'meetings.answer', { id, answer: 'leave', reason: 'onDuty', note: '当天中班' })
    },
  },
  { on: '2026-09-17', time: '17:00', run: electionCalled },
]

/** A file laid before the assembly, sent by who plans it. */
async function paper(stage: Stage, orgId: string): Promise<string> {
  const rows = [
    ['主提升机钢丝绳更换', '10 月 12 日', '党员突击队'],
    ['主排水泵大修', '11 月 5 日', '机修党小组'],
  ]
  const data = await xlsxBuffer([{ name: '四季度检修', columns: ['项目', '时间', '负责'].map((title) => ({ title })), rows }])
  const upload = { fileName: '四季度检修党员攻关安排.xlsx', data }
  return (await stage.as(recorderOf(stage, '机电队'), 'files.send', { orgId }, upload)).id
}

/** An assembly that fills a vacancy: one who lies ill is left out with both papers, one who is away still lacks the assembly's decision. */
async function electionCalled(stage: Stage): Promise<void> {
  const branch = '运输队'
  const [orgId, recorderId] = [stage.orgs.get(branch)!, recorderOf(stage, branch)]
  const { id } = await stage.as(recorderId, 'meetings.plan', {
    ...{
      orgId,
      kinds: ['memberAssembly'],
      title: '增补支部委员选举大会',
      election: true,
      heldOn: '2026-09-25',
      start: '15:30',
      end: '17:00',
    },
    ...{ place: '运输队会议室', chairId: chairOf(stage, branch), recorderId },
    items: [{ topic: '通过选举办法和监票人' }, { topic: '无记名投票选举支部委员' }],
  })
  const { invited } = await stage.as(recorderId, 'meetings.planned', { id })
  const leaders = [recorderId, chairOf(stage, branch)]
  const [ill, away] = invited.filter((i) => i.entitled && !leaders.includes(i.personId)).slice(-2)
  const agreed = { agreedOn: '2026-09-11', letterNo: '一矿党〔2026〕24号' }
  const left = { id, personId: ill!.personId, reason: 'bedridden' as const, ...agreed, decidedOn: '2026-09-15' }
  await stage.as(recorderId, 'meetings.leaveOut', { ...left, version: 1 })
  await stage.as(recorderId, 'meetings.leaveOut', { id, version: 2, personId: away!.personId, reason: 'awayUnmoved', ...agreed })
}
