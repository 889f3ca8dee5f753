import type { Examples } from './commands.ts'
import { OWNER } from './world.ts'

let year = 2030

/** The commands about tasks and the working days their terms are counted in. */
export const taskExamples: Examples = {
  'workdays.setYear': async () => {
    year++
    const days = [{ day: `${year}-10-01`, rest: true, name: '国庆节' }]
    return { as: OWNER, input: { year, version: 0, source: '某年放假安排的通知', days } }
  },
}
