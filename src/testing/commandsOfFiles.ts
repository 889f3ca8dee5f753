import type { Examples } from './commands.ts'
import { OWNER } from './world.ts'

/** The commands about files. */
export const fileExamples: Examples = {
  'files.send': async ({ branch }) => ({
    as: OWNER,
    input: { orgId: branch.id },
    file: { name: '说明.txt', data: Buffer.from('支部工作说明') },
  }),
}
