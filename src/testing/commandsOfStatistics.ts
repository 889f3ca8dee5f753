import type { Examples, Ground } from './commands.ts'
import { makeBranch } from './meetings.ts'

/** The commands of the yearly tables; each branch begins without entries. */
export const statisticsExamples: Examples = {
  'statistics.enter': async (g) => {
    const b = await branch(g)
    const cell = { orgId: b.id, year: 2026, sheet: 'fees', row: 'unable', column: 'total', source: '支部困难党员台账' }
    const { version } = await g.w.done(b.secretary, 'statistics.enter', { ...cell, value: 1, version: 0 })
    return { as: b.secretary, input: { ...cell, value: 2, version } }
  },
  'statistics.sort': async (g) => {
    const b = await branch(g)
    const text = { orgId: b.id, kind: 'job' as const, text: '采煤工' }
    const { version } = await g.w.done(b.secretary, 'statistics.sort', { ...text, code: '014', version: 0 })
    return { as: b.secretary, input: { ...text, code: '016', version } }
  },
  'statistics.submit': async (g) => {
    const b = await branch(g)
    const year = { orgId: b.id, year: 2026, note: '岗位还没有全部填' }
    await g.w.done(b.secretary, 'statistics.submit', { ...year, number: 1 })
    return { as: b.secretary, input: { ...year, number: 2 } }
  },
}

const branch = (g: Ground) => makeBranch(g.w, { full: 3, committeeId: g.branch.committeeId })
