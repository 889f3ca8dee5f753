import type { AboutSource } from '#kernel/about.ts'
import { defineModule } from '#kernel/module.ts'
import { answer, ask, corrections, withdraw } from './operations/corrections.ts'
import { mineOf, viewers } from './operations/mine.ts'
import { sealOld } from './sealing.ts'

/** What the system knows about oneself, told by every module; who looked at it; and the way to have it corrected. */
export const privacyOf = (sources: readonly AboutSource[]) =>
  defineModule({
    name: 'privacy',
    operations: [...mineOf(sources), viewers, ask, answer, withdraw, corrections],
    install: sealOld,
    migrations: new URL('./migrations/', import.meta.url),
  })
