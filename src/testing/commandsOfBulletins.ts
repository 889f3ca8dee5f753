import type { Examples, Ground } from './commands.ts'
import { givePost, makeMember } from './people.ts'

/** The commands of notices to those below, by an office that stays when one is issued. */
export const bulletinExamples: Examples = {
  'bulletins.draft': async (g) => ({ as: await office(g), input: { orgId: g.branch.committeeId, ...words() } }),
  'bulletins.edit': async (g) => {
    const as = await office(g)
    return { as, input: { id: await drafted(g, as), version: 1, ...words() } }
  },
  'bulletins.issue': async (g) => {
    const as = await office(g)
    return { as, input: { id: await drafted(g, as), version: 1, docNo: `一矿党通〔2026〕${++made}号`, on: '2026-11-20' } }
  },
  'bulletins.withdraw': async (g) => {
    const as = await office(g)
    const id = await drafted(g, as)
    const { version } = await g.w.done(as, 'bulletins.issue', { id, version: 1, docNo: `一矿党通〔2026〕${++made}号`, on: '2026-11-20' })
    return { as, input: { id, version, why: '数据核对有误' } }
  },
}

let made = 0
const words = () => ({ title: `组织生活情况通报 ${++made}`, from: '2026-07-01', to: '2026-09-30', body: '' })

async function office({ w, branch }: Ground): Promise<string> {
  const person = await makeMember(w, branch.committeeId)
  await givePost(w, branch.committeeId, person, 'partyAffairsWorker')
  return person
}

const drafted = async ({ w, branch }: Ground, as: string) =>
  (await w.done(as, 'bulletins.draft', { orgId: branch.committeeId, ...words() })).id
