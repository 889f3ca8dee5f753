import type { Examples, Ground } from './commands.ts'
import { makeMember } from './people.ts'
import { OWNER } from './world.ts'

const PLAN = { since: '2026-03-01', place: '省外工地', settled: false, abroad: false, contactId: null, everyDays: 30, arrangement: null }

/** The commands about members away, lost or retired and about 慰问, each with what it can be carried out on. */
export const careExamples: Examples = {
  'care.open': async ({ w, other }) => ({ as: OWNER, input: { personId: await makeMember(w, other), kind: 'floating', ...PLAN } }),
  'care.change': async (g) => ({ as: OWNER, input: { ...(await planned(g)), ...PLAN, everyDays: 60 } }),
  'care.contact': async (g) => ({ as: OWNER, input: { id: (await planned(g)).id, on: '2026-11-19' } }),
  'care.dropContact': async (g) => {
    const { id } = await planned(g)
    await g.w.done(OWNER, 'care.contact', { id, on: '2026-11-18' })
    return { as: OWNER, input: { id, on: '2026-11-18' } }
  },
  'care.end': async (g) => ({ as: OWNER, input: { ...(await planned(g)), on: '2026-11-19', why: 'returned' } }),
  'care.condole': async ({ w, other }) => ({
    as: OWNER,
    input: { personId: await makeMember(w, other), on: '2026-07-01', occasion: 'festival', form: 'visit' },
  }),
  'care.dropCondolence': async ({ w, other }) => {
    const personId = await makeMember(w, other)
    const { id } = await w.done(OWNER, 'care.condole', { personId, on: '2026-07-01', occasion: 'festival', form: 'visit' })
    return { as: OWNER, input: { id, reason: 'mistake' } }
  },
}

async function planned({ w, other }: Ground) {
  const personId = await makeMember(w, other)
  return w.done(OWNER, 'care.open', { personId, kind: 'floating', ...PLAN })
}
