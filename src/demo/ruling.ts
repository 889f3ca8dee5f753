import { chairOf, meetingOf, recordAndSign } from './acts.ts'
import type { Event } from './event.ts'
import type { Stage } from './stage.ts'
import { BEGAN } from './unit.ts'

const office = (stage: Stage) => stage.people.get('党务干部')!

const REGULATIONS = [
  {
    name: '党支部工作实施细则', letterNo: '一矿党〔2024〕6号', owner: '党群工作部', validFrom: '2024-05-01', reviewOn: '2026-10-15',
    source: '《中国共产党支部工作条例（试行）》',
  },
  {
    name: '党费收缴、使用和管理办法', letterNo: '一矿党〔2025〕3号', owner: '党群工作部', validFrom: '2025-03-01', reviewOn: '2028-03-01',
    source: '《关于中国共产党党费收缴、使用和管理的规定》',
  },
  {
    name: '党员责任区、示范岗管理办法', letterNo: '一矿党〔2025〕11号', owner: '党群工作部', validFrom: '2025-07-01', reviewOn: '2027-07-01',
    source: '示例矿业集团党委党建工作责任制实施办法',
  },
  {
    name: '党支部标准化建设评分办法', letterNo: '一矿党〔2023〕9号', owner: '党群工作部', validFrom: '2023-09-01', reviewOn: null,
    source: '示例矿业集团党委标准化建设意见',
  },
] // biome-ignore format: a table

/** The unit's own regulations, an exemption asked and decided, marks of the check-list, own kinds of meeting and the 中心组's year. */
export const rulingEvents = (): Event[] => [
  { on: BEGAN, time: '11:00', run: registered },
  { on: BEGAN, time: '11:20', run: topicsListed },
  { on: '2026-03-27', time: '15:00', run: (stage) => studied(stage, '学习安全生产重要论述', '2026-03-26') },
  { on: '2026-04-10', time: '09:30', run: ownKindAdded },
  { on: '2026-06-26', time: '15:00', run: (stage) => studied(stage, '学习国企改革深化提升行动部署', '2026-06-25') },
  { on: '2026-07-15', time: '10:00', run: changed },
  { on: '2026-09-08', time: '18:00', run: morningStudy },
  { on: '2026-09-09', time: '10:00', run: marked },
  { on: '2026-09-10', time: '09:20', run: exempted },
  { on: '2026-09-17', time: '11:00', run: (stage) => ask(stage, '开拓队', '十月上旬全队外出支援邻矿贯通') },
]

async function registered(stage: Stage): Promise<void> {
  const orgId = stage.orgs.get('党委')!
  for (const regulation of REGULATIONS) {
    const { id } = await stage.as(office(stage), 'rulebook.enact', { orgId, ...regulation })
    stage.people.set(`制度 ${regulation.name}`, id)
  }
}

/** One is revised in summer, another ends. */
async function changed(stage: Stage): Promise<void> {
  const [areas, marks] = [stage.people.get('制度 党员责任区、示范岗管理办法')!, stage.people.get('制度 党支部标准化建设评分办法')!]
  await stage.as(office(stage), 'rulebook.revise', {
    ...REGULATIONS[2]!, id: areas, version: 1, letterNo: '一矿党〔2026〕18号', validFrom: '2026-08-01', reviewOn: '2028-08-01',
    note: '示范岗一年没有活动记录的摘牌',
  }) // biome-ignore format: one edition
  await stage.as(office(stage), 'rulebook.repeal', { id: marks, version: 1, on: '2026-07-31', why: '由《党建工作考核办法》代替' })
}

const ask = (stage: Stage, branch: string, reason: string) =>
  stage.as(chairOf(stage, branch), 'duties.askExemption', {
    ...{ orgId: stage.orgs.get(branch)!, duty: 'themePartyDay' as const, from: '2026-10-01', until: '2026-10-31', reason },
  })

async function exempted(stage: Stage): Promise<void> {
  const { id } = await ask(stage, '掘进三队', '十月整月井下搬家，三班连续作业')
  stage.setClock('2026-09-14', '10:40')
  await stage.as(office(stage), 'duties.decideExemption', { id, version: 1, grant: true, answer: '一矿党〔2026〕25号' })
  stage.setClock('2026-09-10', '09:20')
}

/** What the office saw when it went round. */
async function marked(stage: Stage): Promise<void> {
  const look = (branch: string, item: 'place' | 'archive' | 'openness' | 'library', met: boolean, note = '') =>
    stage.as(office(stage), 'standards.mark', { orgId: stage.orgs.get(branch)!, item, version: 0, met, seenOn: '2026-09-09', note })
  await look('机电队', 'place', true)
  await look('机电队', 'archive', true)
  await look('机电队', 'openness', false, '八月的党费收缴没有公示')
  await look('运输队', 'place', true)
  await look('运输队', 'library', false, '图书角只有去年的资料')
}

const TOPICS: [month: number, title: string, papers: string[]][] = [
  [3, '学习安全生产重要论述', ['安全生产论述摘编']],
  [6, '学习国企改革深化提升行动部署', ['行动方案', '集团实施意见']],
  [9, '学习智能化矿山建设有关部署', ['智能化建设指南']],
  [11, '学习全面从严治党有关要求', ['有关规定汇编']],
]

async function topicsListed(stage: Stage): Promise<void> {
  const [orgId, speakerId] = [stage.orgs.get('党委')!, stage.people.get('党委书记')!]
  for (const [month, title, papers] of TOPICS)
    await stage.as(speakerId, 'meetings.addTopic', { orgId, year: 2026, month, title, papers, ...(month === 9 ? { speaker: '煤炭科学研究院专家' } : { speakerId }) }) // biome-ignore format: one call
}

/** A session of the 中心组 that takes up a topic of its year and says what is to be done. */
async function studied(stage: Stage, title: string, heldOn: string): Promise<void> {
  const [orgId, chairId] = [stage.orgs.get('党委')!, stage.people.get('党委书记')!]
  const { items: topics } = await stage.as(chairId, 'meetings.topics', { orgId, year: 2026 })
  const prepared = await stage.as(chairId, 'meetings.prepare', { orgId, day: heldOn, kinds: ['centerGroupStudy'] })
  const recorderId = prepared.people.find((p) => p.personId !== chairId)!.personId
  const actions = [{ text: `把“${title}”的要求列进下月工作清单，逐条对照`, ownerId: recorderId, dueOn: '2026-10-31' }]
  const items = [{ topic: title, topicId: topics.find((t) => t.title === title)!.id, discussion: '班子成员逐一发言。', actions }]
  const given = { orgId, chairId, recorderId, items, title: `党委理论学习中心组：${title}` }
  const record = meetingOf(stage, '机电队', ['centerGroupStudy'], heldOn, given)
  const { id, version } = await stage.as(recorderId, 'meetings.record', record)
  await stage.as(chairId, 'meetings.sign', { id, version })
}

async function ownKindAdded(stage: Stage): Promise<void> {
  const orgId = stage.orgs.get('党委')!
  const agenda = [{ topic: '学一条操作规程' }, { topic: '讲一个本队事故案例' }]
  await stage.as(office(stage), 'meetings.addOwnKind', { orgId, name: '党员班前学习会', attends: 'all', votes: false, agenda })
  await stage.as(office(stage), 'meetings.addOwnKind', { orgId, name: '党员责任区碰头会', attends: 'chosen', votes: false })
}

async function morningStudy(stage: Stage): Promise<void> {
  const { items } = await stage.as(chairOf(stage, '机电队'), 'meetings.ownKinds', { orgId: stage.orgs.get('机电队')! })
  const ownKindId = items.find((k) => k.name === '党员班前学习会')!.id
  const topics = [{ topic: '学一条操作规程', discussion: '学习电气设备停送电规程。' }]
  const given = { ownKindId, title: '9月党员班前学习会', start: '07:20', end: '07:45', items: topics }
  await recordAndSign(stage, '机电队', meetingOf(stage, '机电队', ['otherOfAll'], '2026-09-08', given))
}
