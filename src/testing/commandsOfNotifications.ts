import type { Examples, Ground } from './commands.ts'
import { makeMember, makeOrg } from './people.ts'
import { OWNER } from './world.ts'

const ROBOT = 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=0000'
const MAILBOX = { address: 'wang@example.com' }

/** The commands about what people are told. */
export const notificationExamples: Examples = {
  'notifications.read': async (g) => ({ as: await someone(g), input: { ids: [] } }),
  'notifications.setMailbox': async (g) => ({ as: await someone(g), input: MAILBOX }),
  'notifications.confirmMailbox': async (g) => {
    const as = await someone(g)
    await g.w.done(as, 'notifications.setMailbox', MAILBOX)
    const { rows } = await g.w.pool.query('select body from notifications.delivery where person_id = $1', [as])
    return { as, input: { code: /\d{6}/.exec(rows[0].body)![0] } }
  },
  'notifications.changeMailbox': async (g) => {
    const as = await someone(g)
    await g.w.done(as, 'notifications.setMailbox', MAILBOX)
    return { as, input: { digest: false } }
  },
  'notifications.setRobot': async (g) => ({ as: OWNER, input: { ...(await robotOfNew(g)), address: ROBOT } }),
  'notifications.removeRobot': async (g) => ({ as: OWNER, input: await withRobot(g) }),
  'notifications.setQuiet': async ({ w }) => {
    const { unit } = await w.done(OWNER, 'notifications.quiet', {})
    const { version } = unit.hours ? unit : await w.done(OWNER, 'notifications.setQuiet', { hours: { from: 20, until: 8 }, version: 0 })
    return { as: OWNER, input: { hours: { from: 22, until: unit.hours?.until === 7 ? 6 : 7 }, version } }
  },
  'notifications.setOwnQuiet': async (g) => {
    const as = await someone(g)
    await g.w.done(as, 'notifications.setOwnQuiet', { hours: { from: 20, until: 8 }, version: 0 })
    return { as, input: { hours: { from: 22, until: 7 }, version: 1 } }
  },
  'notifications.tryRobot': async (g) => ({ as: OWNER, input: await withRobot(g) }),
}

const someone = ({ w, branch }: Ground) => makeMember(w, branch.id)

const robotOfNew = async ({ w, branch }: Ground) => ({
  orgId: await makeOrg(w, { kind: 'partyBranch', parentId: branch.committeeId }),
  service: 'wecom' as const,
})

async function withRobot(g: Ground) {
  const robot = await robotOfNew(g)
  await g.w.done(OWNER, 'notifications.setRobot', { ...robot, address: ROBOT })
  return robot
}
