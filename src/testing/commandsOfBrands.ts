import type { Examples, Ground } from './commands.ts'
import { makeBranch, meetingOf } from './meetings.ts'
import { OWNER } from './world.ts'

const BRAND = { name: '井下先锋', feature: '党员带班组查隐患', plan: '每月一次下井查隐患，查出的当月整改', leadId: null }

/** The commands about what a branch is known for, each with a brand of its own. */
export const brandExamples: Examples = {
  'brands.begin': async ({ w, branch }) => {
    const b = await makeBranch(w, { full: 3, committeeId: branch.committeeId })
    return { as: b.secretary, input: { orgId: b.id, ...BRAND } }
  },
  'brands.edit': async (g) => {
    const { step, b } = await begun(g)
    return { as: b.secretary, input: { ...step, ...BRAND, name: '井下先锋岗' } }
  },
  'brands.link': async (g) => {
    const { step, b, recordId } = await begun(g)
    return { as: b.secretary, input: { ...step, recordId } }
  },
  'brands.unlink': async (g) => {
    const { step, b, recordId } = await begun(g)
    const { version } = await g.w.done(b.secretary, 'brands.link', { ...step, recordId })
    const { links } = await g.w.done(b.secretary, 'brands.get', { id: step.id })
    return { as: b.secretary, input: { id: step.id, version, linkId: links[0]!.id } }
  },
  'brands.review': async (g) => ({
    as: OWNER,
    input: { ...(await begun(g)).step, year: 2026, outcome: 'continue', text: '每月有活动，隐患整改有记录' },
  }),
  'brands.withdraw': async (g) => {
    const { step, b } = await begun(g)
    return { as: b.secretary, input: { ...step, why: 'replaced', note: '另立一个' } }
  },
}

async function begun({ w, branch }: Ground) {
  const b = await makeBranch(w, { full: 3, committeeId: branch.committeeId })
  const step = await w.done(b.secretary, 'brands.begin', { orgId: b.id, ...BRAND })
  const { id: recordId } = await w.done(b.commissioner, 'meetings.record', meetingOf(b, { title: '下井查隐患主题党日' }))
  return { b, step, recordId }
}
