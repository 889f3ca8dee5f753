import type { Event } from './event.ts'
import type { Stage } from './stage.ts'

const BRANCH = '机电队'
const WEAK = '培训中心'

const orgOf = (stage: Stage, key: string) => stage.orgs.get(key)!
const who = (stage: Stage, key: string) => stage.people.get(key)!

/** Who does political work, what a branch is known for, what people promised in public, and the unit's own rules: the ordinary course. */
export const buildingEvents = (): Event[] => [
  { on: '2026-01-08', run: staffed },
  { on: '2026-02-20', run: promised },
  { on: '2026-03-05', run: branded },
  { on: '2026-06-01', run: ruled },
  { on: '2026-06-08', run: overhauled },
  { on: '2026-07-16', run: shown },
  { on: '2026-09-07', run: noticed },
  { on: '2026-09-14', run: accounted },
]

async function staffed(stage: Stage) {
  const orgId = orgOf(stage, '党委')
  const worker = who(stage, '党务干部')
  await stage.owner('politicalwork.setHeadcount', { orgId, version: 0, employees: 1860, asOf: '2025-12-31' })
  const full = { orgId, personId: worker, engagement: 'fullTime' as const, duty: '党群工作部干事', from: '2021-03-01' }
  const { id } = await stage.owner('politicalwork.enter', full)
  await stage.owner('politicalwork.enter', {
    orgId: orgOf(stage, BRANCH),
    personId: who(stage, `${BRANCH} 记录`),
    engagement: 'partTime',
    duty: '组织委员',
    from: '2024-05-06',
  })
  const { items } = await stage.owner('members.roster', {
    orgId: orgOf(stage, '机关第一'),
    standings: ['fullMember'],
    sort: 'staffNo',
    limit: 30,
  })
  for (const { personId } of items.slice(-6))
    await stage.owner('politicalwork.enter', { ...full, personId, duty: '党群工作部', from: '2023-07-03' })
  const course = { kind: 'training' as const, title: '党务干部业务培训班', issuer: '示例矿业集团党校', on: '2025-10-24', hours: 24 }
  await stage.owner('politicalwork.train', { serviceId: id, ...course })
  const words = {
    learning: '每周读一次条例原文，弄不准的先查再答。',
    service: '支部来问的当天回，回不了的说清哪天回。',
    responsibility: '通知发出去三天，逐个支部问有没有难处。',
  }
  for (const [heading, text] of Object.entries(words))
    await stage.as(worker, 'politicalwork.write', { heading: heading as keyof typeof words, version: 0, text })
}

async function promised(stage: Stage) {
  const chief = who(stage, '党委书记')
  const made = await stage.as(chief, 'pledges.publish', {
    kind: 'integrity',
    text: '不插手物资采购和工程分包，亲属不在本单位承揽业务；每季度下井带班不少于三次。',
    audienceId: orgOf(stage, '党委'),
    untilOn: '2026-12-31',
  })
  stage.people.set('党委书记 承诺', made.id)
  const own = await stage.as(who(stage, `${BRANCH} 书记`), 'pledges.publish', {
    kind: 'service',
    text: '班中餐保温箱两个月内配齐，检修班的意见当周答复。',
    audienceId: orgOf(stage, BRANCH),
    untilOn: '2026-08-31',
  })
  stage.people.set(`${BRANCH} 书记 承诺`, own.id)
  await stage.as(who(stage, `${BRANCH} 记录`), 'pledges.publish', {
    kind: 'work',
    text: '上半年把支部历年会议记录补齐归档。',
    audienceId: orgOf(stage, BRANCH),
    untilOn: '2026-06-30',
  })
}

async function branded(stage: Stage) {
  const secretary = who(stage, `${BRANCH} 书记`)
  const { id } = await stage.as(secretary, 'brands.begin', {
    orgId: orgOf(stage, BRANCH),
    name: '机电先锋',
    feature: '党员带班组查机电隐患',
    plan: '每月一次党员带队查隐患，查出的当月整改；年底把好办法写成操作提示。',
    leadId: secretary,
  })
  stage.people.set(`${BRANCH} 品牌`, id)
}

async function ruled(stage: Stage) {
  const orgId = orgOf(stage, '党委')
  await stage.owner('standards.setWeakRule', {
    orgId,
    version: 0,
    isOn: true,
    reasons: ['vacant', 'life', 'development'],
    source: '一矿党委整顿软弱涣散党支部实施办法第四条',
  })
  const again = { rule: 'again' as const, isOn: true, months: 6, source: '一矿党委发展党员工作实施细则第十二条' }
  await stage.owner('development.setLocalRule', { orgId, version: 0, ...again })
}

/** A branch without anybody received for two years is looked after: confirmed by a person, helped, with one thing to do. */
async function overhauled(stage: Stage) {
  const worker = who(stage, '党务干部')
  const { items } = await stage.as(worker, 'standards.weakFound', { orgId: orgOf(stage, '党委'), limit: 200 })
  const found = items.find(({ orgId }) => orgId === orgOf(stage, WEAK))
  if (!found) return
  const { id, version } = await stage.as(worker, 'standards.beginOverhaul', {
    orgId: found.orgId,
    reasons: found.situations.map(({ reason }) => reason),
    helperId: who(stage, '党委书记'),
    untilOn: '2026-12-15',
    plan: '摸清青年骨干情况，年内至少确定一名入党积极分子；每月到支部一次，听意见、帮着理清材料。',
  })
  const measure = { title: '推荐入党积极分子', text: '听取班组和团员意见，支委会研究后报备案。', leadId: null, dueOn: '2026-10-30' }
  const given = await stage.as(worker, 'standards.giveMeasure', { id, version, ...measure })
  const says = '支部三年没有新分来的职工，年轻人都在外委队；已和人力资源部商量今年补两名。'
  await stage.as(who(stage, `${WEAK} 书记`), 'standards.sayOverhaul', { id, version: given.version, text: says })
}

/** Records of the branch show what was done for its brand; those above say what they saw. */
async function shown(stage: Stage) {
  const secretary = who(stage, `${BRANCH} 书记`)
  const id = who(stage, `${BRANCH} 品牌`)
  const { items } = await stage.as(secretary, 'brands.records', { id })
  let { version } = await stage.as(secretary, 'brands.get', { id })
  for (const { recordId } of items.filter(({ on, says }) => on >= '2026-03-05' && says.includes('主题党日')).slice(0, 3))
    ({ version } = await stage.as(secretary, 'brands.link', { id, version, recordId }))
  const text = '每月有活动、有记录；隐患整改的结果可以再写具体些。'
  await stage.as(who(stage, '党务干部'), 'brands.review', { id, version, year: 2026, outcome: 'continue', text })
}

async function noticed(stage: Stage) {
  const secretary = who(stage, `${BRANCH} 书记`)
  const { items } = await stage.as(secretary, 'development.list', { orgId: orgOf(stage, BRANCH), text: '孔某某' })
  const { id, version } = items[0]!
  await stage.as(secretary, 'development.postNotice', { id, version, about: 'admission', from: '2026-09-07', place: '机电队公示栏' })
}

async function accounted(stage: Stage) {
  const secretary = who(stage, `${BRANCH} 书记`)
  const text = '保温箱五月配齐；意见多数当周答复，两条超过一周，已向检修班说明。'
  await stage.as(secretary, 'pledges.account', { id: who(stage, `${BRANCH} 书记 承诺`), version: 1, account: 'partly', text })
  const { items } = await stage.as(secretary, 'development.list', { orgId: orgOf(stage, BRANCH), text: '孔某某' })
  const { id, version } = items[0]!
  const { notices } = await stage.as(secretary, 'development.get', { id })
  const closing = { noticeId: notices[0]!.id, result: 'none' as const, on: '2026-09-14' }
  await stage.as(secretary, 'development.closeNotice', { id, version, ...closing })
}
