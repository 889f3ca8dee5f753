import type { Examples, Ground } from './commands.ts'
import { makeMember } from './people.ts'

const PLEDGE = { kind: 'integrity' as const, text: '不收服务对象的礼品礼金，不打招呼', untilOn: '2026-12-31' }

/** The commands about what people promise in public, each with a pledge of its own. */
export const pledgeExamples: Examples = {
  'pledges.publish': async ({ w, other }) => ({ as: await makeMember(w, other), input: { audienceId: other, ...PLEDGE } }),
  'pledges.account': async (g) => {
    const { as, step } = await published(g)
    return { as, input: { ...step, account: 'kept', text: '全年没有收受，亲友也打过招呼' } }
  },
  'pledges.withdraw': async (g) => {
    const { as, step } = await published(g)
    return { as, input: { ...step, note: '岗位调整，另行承诺' } }
  },
}

async function published({ w, other }: Ground) {
  const as = await makeMember(w, other)
  return { as, step: await w.done(as, 'pledges.publish', { audienceId: other, ...PLEDGE }) }
}
