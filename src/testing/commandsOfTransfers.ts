import type { Examples, Ground } from './commands.ts'
import { makeMember } from './people.ts'
import { OWNER } from './world.ts'

/** The commands about 组织关系转接, each with a transfer it can be carried out on. */
export const transferExamples: Examples = {
  'transfers.send': async (g) => ({ as: OWNER, input: await sending(g) }),
  'transfers.receive': async (g) => ({ as: OWNER, input: { ...(await sent(g)), on: '2026-11-20' } }),
  'transfers.giveBack': async (g) => ({ as: OWNER, input: { ...(await sent(g)), reason: 'notCome', note: '' } }),
  'transfers.withdraw': async (g) => ({ as: OWNER, input: { ...(await sent(g)), reason: 'staying' } }),
  'transfers.reissue': async (g) => ({ as: OWNER, input: { ...(await sent(g)), days: 30 } }),
  'transfers.enterReceipt': async (g) => ({ as: OWNER, input: { ...(await sent(g, '外地某公司党委')), on: '2026-11-20' } }),
  'transfers.takeIn': async ({ other }) => ({
    as: OWNER,
    input: {
      orgId: other, name: `来某${next()}`, standing: 'fullMember', joined: '2012-07-01', converted: '2013-07-01', place: '外地某公司党委',
      letterNo: `外转 ${next()}`, cause: 'job', issuedOn: '2026-11-10', validUntil: '2026-12-10', on: '2026-11-20',
    },
  }), // biome-ignore format: one letter
  'transfers.setApart': async ({ w, other, branch }) => {
    const name = `同名${next()}`
    const [personId, otherId] = [await makeMember(w, other, { name }), await makeMember(w, branch.id, { name })]
    return { as: OWNER, input: { personId, otherId, reason: '身份证号不同' } }
  },
  'transfers.correctDay': async (g) => {
    const step = await sent(g)
    const { id, version } = await g.w.done(OWNER, 'transfers.receive', { ...step, on: '2026-11-20' })
    return { as: OWNER, input: { id, version, on: '2026-11-19', reason: 'mistake' } }
  },
}

let made = 0
const next = () => ++made

async function sending({ w, other, branch }: Ground, place?: string) {
  const personId = await makeMember(w, other)
  const where = place ? { place } : { toOrgId: branch.id }
  return { orgId: other, personId, ...where, cause: 'job' as const, sentOn: '2026-11-15', days: 30 }
}

async function sent(g: Ground, place?: string) {
  const { id } = await g.w.done(OWNER, 'transfers.send', await sending(g, place))
  return { id, version: 1 }
}
