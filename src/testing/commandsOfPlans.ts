import type { Api } from '../platform.ts'
import type { Examples, Ground } from './commands.ts'
import { makeBranch } from './meetings.ts'

/** The commands of the year plan; entries begin anew each time. */
export const planYearExamples: Examples = {
  'plans.adopt': async ({ branch }) => ({ as: branch.secretary, input: entry(branch.id, 'said') }),
  'plans.markDone': async (g) => ({
    as: g.branch.secretary,
    input: { id: await adopted(g, 'said'), version: 1, on: '2026-11-20', note: '已经办完' },
  }),
  'plans.end': async (g) => ({ as: g.branch.secretary, input: { id: await adopted(g, 'said'), version: 1 } }),
  'plans.giveTask': async (g) => ({ as: g.branch.secretary, input: { id: await adopted(g, 'task'), version: 1 } }),
  'plans.pair': async (g) => {
    const { id } = await g.w.done(g.branch.secretary, 'plans.adopt', { ...entry(g.branch.id, 'said'), side: 'business' })
    return { as: g.branch.secretary, input: { id, version: 1, measureIds: [await adopted(g, 'said')] } }
  },
  'plans.say': async (g) => {
    const b = await makeBranch(g.w, { full: 3, committeeId: g.branch.committeeId })
    const of = { orgId: b.id, year: 2026 }
    const { version } = await g.w.done(b.secretary, 'plans.say', { ...of, text: '先写一句', version: 0 })
    return { as: b.secretary, input: { ...of, text: '全年围绕安全生产抓党建', version } }
  },
}

let made = 0

const entry = (orgId: string, counted: 'task' | 'said'): Api['plans.adopt']['input'] => ({
  ...{ orgId, year: 2026, title: `开展岗位安全承诺 ${++made}`, dueOn: '2026-12-20', counted, target: 1 },
})

const adopted = async ({ w, branch }: Ground, counted: 'task' | 'said') =>
  (await w.done(branch.secretary, 'plans.adopt', entry(branch.id, counted))).id
