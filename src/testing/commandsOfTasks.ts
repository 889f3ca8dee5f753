import type { Api } from '../platform.ts'
import type { Examples, Ground } from './commands.ts'
import type { Branch } from './meetings.ts'
import { givePost, makeMember } from './people.ts'
import { OWNER, type World } from './world.ts'

let made = 0
const years = new WeakMap<World, number>()

/** The commands about tasks and the working days their terms are counted in. */
export const taskExamples: Examples = {
  'workdays.setYear': async ({ w }) => {
    const year = (years.get(w) ?? 2030) + 1
    years.set(w, year)
    const days = [{ day: `${year}-10-01`, rest: true, name: '国庆节' }]
    const input = { year, version: 0, source: '某年放假安排的通知', days }
    await w.done(OWNER, 'workdays.setYear', { ...input, days: [{ day: `${year}-01-01`, rest: true, name: '元旦' }] })
    return { as: OWNER, input: { ...input, version: 1 } }
  },

  'tasks.give': async ({ branch }) => ({
    as: branch.secretary,
    input: { ...given(branch.id), coOwners: [{ orgId: branch.committeeId }] },
  }),
  'tasks.deploy': async ({ branch }) => ({ as: OWNER, input: deployed(branch.committeeId, [branch.id]) }),
  'tasks.receive': async (g) => ({ as: g.branch.deputy, input: await aTask(g) }),
  'tasks.plan': async (g) => ({ as: g.branch.deputy, input: { ...(await aTask(g)), text: '由张某某本周内办好' } }),
  'tasks.note': async (g) => ({ as: g.branch.deputy, input: { ...(await aTask(g)), text: '已经采购' } }),
  'tasks.assign': async (g) => ({ as: g.branch.deputy, input: { ...(await aTask(g)), personId: g.branch.members[0]! } }),
  'tasks.invite': async (g) => ({ as: g.branch.deputy, input: { ...(await aTask(g)), party: { orgId: g.other } } }),
  'tasks.answer': async (g) => {
    const { w, branch } = g
    const { id: taskId } = await w.done(branch.secretary, 'tasks.give', {
      ...given(branch.id),
      coOwners: [{ orgId: branch.id, personId: branch.members[1]! }],
    })
    const { coOwners } = await w.done(branch.secretary, 'tasks.get', { id: taskId })
    return { as: branch.members[1]!, input: { taskId, id: coOwners[0]!.id, version: 1, accept: true } }
  },
  'tasks.submit': async (g) => ({ as: g.branch.deputy, input: { ...(await aTask(g)), result: '已经配齐，附照片' } }),
  'tasks.verify': async (g) => ({ as: g.branch.secretary, input: { ...(await submitted(g)), effectAfterDays: 30 } }),
  'tasks.return': async (g) => ({ as: g.branch.secretary, input: { ...(await submitted(g)), reason: '还差一只' } }),
  'tasks.askExtension': async (g) => ({
    as: g.branch.deputy,
    input: { ...(await aTask(g)), dueOn: '2027-03-01', reason: '等供货' },
  }),
  'tasks.decideExtension': async (g) => {
    const input = { ...(await aTask(g)), dueOn: '2027-03-01', reason: '等供货' }
    const { id, version } = await g.w.done(g.branch.deputy, 'tasks.askExtension', input)
    return { as: g.branch.secretary, input: { id, version, agree: true } }
  },
  'tasks.handOff': async (g) => ({
    as: await memberOfBoth(g),
    input: { ...(await aTask(g)), to: { orgId: g.other }, reason: '由它管' },
  }),
  'tasks.settle': async (g) => {
    const officer = await officerOf(g)
    return { as: officer, input: { ...(await passedUp(g)), lead: { orgId: g.branch.id }, text: '设备在它那里' } }
  },
  'tasks.checkEffect': async (g) => ({ as: g.branch.secretary, input: { ...(await closed(g)), holds: true, note: '没有再缺' } }),
  'tasks.reopen': async (g) => ({ as: g.branch.secretary, input: { ...(await closed(g)), note: '又缺了', workingDays: 5 } }),
  'tasks.adoptDutyItem': async ({ branch }) => ({ as: OWNER, input: dutyItem(branch.id, branch.secretary) }),
  'tasks.endDutyItem': async ({ w, branch }) => {
    const { id } = await w.done(OWNER, 'tasks.adoptDutyItem', dutyItem(branch.id, branch.secretary))
    return { as: OWNER, input: { id, version: 1 } }
  },
  'tasks.cancel': async (g) => ({ as: g.branch.secretary, input: { ...(await aTask(g)), reason: 'changed', note: '不用了' } }),
  'tasks.label': async (g) => {
    const person = await makeMember(g.w, g.other)
    await givePost(g.w, g.branch.committeeId, person, 'disciplineCommissioner')
    return { as: person, input: { ...(await aTask(g)), label: 'slowAction', basis: '经调查核实' } }
  },
  'tasks.withdrawLabel': async (g) => {
    const person = await makeMember(g.w, g.other)
    await givePost(g.w, g.branch.committeeId, person, 'disciplineCommissioner')
    const { id, version } = await aTask(g)
    const found = await g.w.done(person, 'tasks.label', { id, version, label: 'slowAction', basis: '经调查核实' })
    return { as: person, input: { id, version: found.version, reason: '复核后情况不符' } }
  },
}

type Given = Api['tasks.give']['input']

const given = (orgId: string): Given => ({ orgId, title: `配齐保温箱 ${++made}`, lead: { orgId }, dueOn: '2026-12-01' })

const dutyItem = (orgId: string, personId: string): Api['tasks.adoptDutyItem']['input'] => ({
  ...{ orgId, personId, year: 2026, side: 'party', text: '参加支部主题党日', target: 12 },
  ...{ counted: 'meetingsAttended', meetingKind: 'themePartyDay' },
})

const deployed = (orgId: string, orgIds: string[]): Api['tasks.deploy']['input'] => ({
  orgId,
  title: `冬季安全大检查 ${++made}`,
  text: '各支部在本月内排查本队隐患并逐条销号',
  to: 'chosen',
  orgIds,
})

async function aTask({ w, branch }: Ground) {
  const { id } = await w.done(branch.secretary, 'tasks.give', given(branch.id))
  return { id, version: 1 }
}

async function submitted(g: Ground) {
  const { id, version } = await g.w.done(g.branch.deputy, 'tasks.submit', { ...(await aTask(g)), result: '已经配齐' })
  return { id, version }
}

async function closed(g: Ground) {
  const { id, version } = await g.w.done(g.branch.secretary, 'tasks.verify', { ...(await submitted(g)), effectAfterDays: 30 })
  return { id, version }
}

/** Handed on three times: to another branch, back, and there again. */
async function passedUp(g: Ground) {
  const { w, branch, other } = g
  const there = await makeMember(w, other)
  await givePost(w, other, there, 'committeeMember')
  let at = await aTask(g)
  for (const [who, orgId] of [
    [branch.deputy, other],
    [there, branch.id],
    [branch.deputy, other],
  ] as const) {
    const { id, version } = await w.done(who, 'tasks.handOff', { ...at, to: { orgId }, reason: '由它管' })
    at = { id, version }
  }
  return at
}

/** Somebody of both committees, to whom it is no secret that somebody else was faster. */
async function memberOfBoth({ w, branch, other }: Ground) {
  const person = await makeMember(w, branch.id)
  for (const orgId of [branch.id, other]) await givePost(w, orgId, person, 'committeeMember')
  return person
}

const officers = new WeakMap<Branch, string>()
async function officerOf({ w, branch, other }: Ground) {
  const officer = officers.get(branch) ?? (await makeMember(w, other))
  officers.set(branch, officer)
  await givePost(w, branch.committeeId, officer, 'partyAffairsWorker').catch(() => {})
  return officer
}
