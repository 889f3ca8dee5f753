import type { Examples, Ground } from './commands.ts'
import { makeMember, makeOrg } from './people.ts'
import { sheetOf } from './sheet.ts'
import { OWNER } from './world.ts'

/** The commands about 党费, each with a branch and a member they can be carried out on. */
export const duesExamples: Examples = {
  'dues.setBase': async (g) => ({
    as: OWNER,
    input: { personId: (await payer(g)).personId, payer: 'employed', cents: 500_001, month: '2026-10' },
  }),
  'dues.revealBase': async (g) => ({ as: OWNER, input: { personId: (await payer(g)).personId } }),
  'dues.makeList': async (g) => ({ as: OWNER, input: await month(g) }),
  'dues.pay': async (g) => ({ as: OWNER, input: await paying(g) }),
  'dues.takeBackPayment': async (g) => {
    const input = await paying(g)
    await g.w.done(OWNER, 'dues.pay', input)
    const { items } = await g.w.done(OWNER, 'dues.month', { orgId: input.orgId, month: '2026-10' })
    return { as: OWNER, input: { id: items[0]!.payments[0]!.id, version: 1 } }
  },
  'dues.donate': async (g) => ({ as: OWNER, input: await giving(g) }),
  'dues.takeBackDonation': async (g) => {
    const { id } = await g.w.done(OWNER, 'dues.donate', await giving(g))
    return { as: OWNER, input: { id, version: 1 } }
  },
  'dues.disclose': async (g) => {
    const input = await month(g)
    await g.w.done(OWNER, 'dues.makeList', input)
    return { as: OWNER, input: { orgId: input.orgId, year: 2026 } }
  },
  'dues.chooseRounding': async (g) => ({ as: OWNER, input: { orgId: await branch(g), mode: 'jiao', month: '2026-01' } }),
  'dues.askReduction': async (g) => ({ as: OWNER, input: await reducing(g) }),
  'dues.endReduction': async (g) => {
    const step = await g.w.done(OWNER, 'dues.askReduction', await reducing(g))
    return { as: OWNER, input: { ...step, month: '2026-11' } }
  },
  'dues.importFile': async (g) => {
    const { personId } = await payer(g)
    const { name } = await g.w.done(OWNER, 'members.get', { personId })
    return {
      as: OWNER,
      input: { dryRun: false },
      file: await sheetOf(['姓名', '月份', '月基数', '交纳类别'], [name, '2026-11', '4000', '在职']),
    }
  },
}

const branch = ({ w, branch }: Ground) => makeOrg(w, { kind: 'partyBranch', parentId: branch.committeeId })

async function payer(g: Ground) {
  const orgId = await branch(g)
  const personId = await makeMember(g.w, orgId)
  await g.w.done(OWNER, 'dues.setBase', { personId, payer: 'employed', cents: 300_000, month: '2026-01' })
  return { orgId, personId }
}

const month = async (g: Ground) => ({ orgId: (await payer(g)).orgId, month: '2026-10' })

async function paying(g: Ground) {
  const { orgId, personId } = await payer(g)
  await g.w.done(OWNER, 'dues.makeList', { orgId, month: '2026-10' })
  return { orgId, month: '2026-10', items: [{ personId, cents: 1500 }], paidOn: '2026-10-12', method: 'cash' as const }
}

const giving = async (g: Ground) => ({ ...(await payer(g)), cents: 100_000, paidOn: '2026-10-12' })
const reducing = async (g: Ground) => ({
  ...(await payer(g)),
  from: '2026-11',
  until: '2027-04',
  cents: 0,
  reason: '本人患病，交纳确有困难',
})
