import type { Examples, Ground } from './commands.ts'

let made = 0
const next = () => ++made
const dayOf = (n: number) => new Date(Date.UTC(2027, 0, n)).toISOString().slice(0, 10)

/** The commands about meetings planned ahead, each with a plan it can be carried out on. */
export const planExamples: Examples = {
  'meetings.plan': async (g) => ({ as: g.branch.commissioner, input: planInput(g) }),
  'meetings.changePlan': async (g) => {
    const { orgId: _, ...content } = planInput(g)
    return { as: g.branch.commissioner, input: { ...(await planned(g)), content } }
  },
  'meetings.renewInvited': async (g) => ({ as: g.branch.commissioner, input: await planned(g) }),
  'meetings.cancelPlan': async (g) => ({ as: g.branch.commissioner, input: { ...(await planned(g)), reason: '停产检修' } }),
  'meetings.answer': async (g) => ({ as: g.branch.members[0]!, input: { id: (await planned(g)).id, answer: 'comes' } }),
  'meetings.excuse': async (g) => {
    const { id } = await planned(g)
    const personId = g.branch.members[0]!
    await g.w.done(personId, 'meetings.answer', { id, answer: 'leave', reason: 'onDuty' })
    return { as: g.branch.secretary, input: { id, personId, excused: true } }
  },
  'meetings.signIn': async (g) => {
    const { id } = await running(g)
    const { address } = await g.w.done(g.branch.secretary, 'meetings.signInCode', { id, origin: 'http://127.0.0.1' })
    return { as: g.branch.members[0]!, input: { token: address.split('t=')[1]! } }
  },
  'meetings.tick': async (g) => {
    const { id } = await running(g)
    return { as: g.branch.commissioner, input: { id, people: [{ personId: g.branch.members[0]!, present: true }] } }
  },
  'meetings.openCount': async (g) => ({ as: g.branch.commissioner, input: countInput(g) }),
  'meetings.typeCount': async (g) => {
    const { id } = await g.w.done(g.branch.commissioner, 'meetings.openCount', countInput(g))
    const figures = { returned: 9, invalid: 0, votes: { inFavour: 9, against: 0, abstained: 0 } }
    return { as: g.branch.members[0]!, input: { id, lines: [{ position: 0, figures }] } }
  },
  'meetings.dropCount': async (g) => {
    const { id } = await g.w.done(g.branch.commissioner, 'meetings.openCount', countInput(g))
    return { as: g.branch.commissioner, input: { id, reason: '发错了票' } }
  },
  'meetings.addTopic': async (g) => ({ as: g.branch.secretary, input: topic(g) }),
  'meetings.changeTopic': async (g) => {
    const { orgId: _, year: _year, ...content } = topic(g)
    return { as: g.branch.secretary, input: { ...(await g.w.done(g.branch.secretary, 'meetings.addTopic', topic(g))), ...content } }
  },
  'meetings.dropTopic': async (g) => ({
    as: g.branch.secretary,
    input: await g.w.done(g.branch.secretary, 'meetings.addTopic', topic(g)),
  }),
  'meetings.leaveOut': async (g) => ({ as: g.branch.commissioner, input: { ...(await election(g)), ...LEFT(g) } }),
  'meetings.countAgain': async (g) => {
    const step = await election(g)
    const left = await g.w.done(g.branch.commissioner, 'meetings.leaveOut', { ...step, ...LEFT(g) })
    return { as: g.branch.commissioner, input: { ...left, personId: g.branch.members[0]! } }
  },
  'meetings.addOwnKind': async (g) => ({ as: g.branch.secretary, input: ownKind(g) }),
  'meetings.changeOwnKind': async (g) => {
    const { id, version } = await g.w.done(g.branch.secretary, 'meetings.addOwnKind', ownKind(g))
    return { as: g.branch.secretary, input: { id, version, name: `读书分享会 ${next()}`, agenda: [] } }
  },
  'meetings.retireOwnKind': async (g) => ({
    as: g.branch.secretary,
    input: await g.w.done(g.branch.secretary, 'meetings.addOwnKind', ownKind(g)),
  }),
  'meetings.setTemplate': async (g) => {
    const input = { orgId: g.branch.id, kind: 'other' as const }
    const before = await g.w.done(g.branch.commissioner, 'meetings.template', input)
    const change = { ...input, version: before.version, items: [{ topic: `议题 ${next()}` }] }
    const { version } = await g.w.done(g.branch.commissioner, 'meetings.setTemplate', change)
    return { as: g.branch.commissioner, input: { ...change, version, items: [{ topic: `议题 ${next()}` }] } }
  },
}

export const planInput = ({ branch }: Ground) => ({
  orgId: branch.id,
  kinds: ['memberAssembly' as const],
  title: '第一季度党员大会',
  heldOn: dayOf(next()),
  start: '15:00',
  end: '16:00',
  chairId: branch.secretary,
  recorderId: branch.commissioner,
  items: [{ topic: '听取支委会工作报告' }],
})

const ownKind = ({ branch }: Ground) => ({ orgId: branch.id, name: `班前学习会 ${next()}`, attends: 'all' as const, votes: false })

const topic = ({ branch }: Ground) => ({ orgId: branch.id, year: 2100 - (next() % 90), month: 6, title: '学习新发展理念' })

const LEFT = ({ branch }: Ground) => ({ personId: branch.members[0]!, reason: 'bedridden' as const })

async function election(g: Ground): Promise<{ id: string; version: number }> {
  const { id, version } = await g.w.done(g.branch.commissioner, 'meetings.plan', { ...planInput(g), election: true })
  return { id, version }
}

const countInput = ({ branch }: Ground) => ({
  orgId: branch.id,
  title: '讨论接收预备党员',
  entitled: 9,
  present: 9,
  issued: 9,
  tellerIds: [branch.members[0]!],
  scrutineerIds: [branch.members[1]!],
  lines: [{ title: '接收周某某为预备党员' }],
})

/** A meeting that has just begun on the day on which all this happens. */
const running = (g: Ground) =>
  g.w.done(g.branch.commissioner, 'meetings.plan', { ...planInput(g), heldOn: '2026-11-20', start: '09:30', end: '11:00' })

export async function planned(g: Ground): Promise<{ id: string; version: number }> {
  const { id, version } = await g.w.done(g.branch.commissioner, 'meetings.plan', planInput(g))
  return { id, version }
}
