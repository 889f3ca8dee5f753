import { chairOf, recorderOf } from './acts.ts'
import type { Event } from './event.ts'

/** What is planned at the end of the story: the assembly that the branch still owes this quarter, called and partly answered. */
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
          { topic: '讨论四季度检修党员攻关安排', presenterId: null, papers: [], back: null },
        ],
      })
      const { items } = await stage.owner('members.roster', { orgId, on: '2026-09-24', limit: 100 })
      const others = items.map((p) => p.personId).filter((p) => p !== chairOf(stage, '机电队'))
      for (const personId of others.slice(2, 14)) await stage.as(personId, 'meetings.answer', { id, answer: 'comes', note: '' })
      await stage.as(others[14]!, 'meetings.answer', { id, answer: 'leave', reason: 'onDuty', note: '当天中班' })
    },
  },
]
