import type { z } from 'zod'
import type { Verification } from './contract.ts'
import { services } from './services.ts'

type Shown = z.output<typeof Verification>

let last: Shown = { state: 'none', startedAt: null, endedAt: null, checked: 0, report: null }

/** How the last examination stands. */
export const verification = (): Shown => last

/** Begins an examination of the whole ledger; while one runs, that one goes on. */
export function beginVerification(): void {
  if (last.state === 'running') return
  const run: Shown = { state: 'running', startedAt: new Date().toISOString(), endedAt: null, checked: 0, report: null }
  last = run
  const end = (more: Pick<Shown, 'state' | 'report'>) => {
    last = { ...run, ...more, endedAt: new Date().toISOString() }
  }
  services()
    .verify((n) => {
      run.checked = n
    })
    .then(
      ({ ok, size, heads, waiting, findings, remarks }) => {
        run.checked = size
        end({ state: 'done', report: { ok, size, heads, waiting, remarks, findings: findings.map(({ n, says }) => ({ n, says })) } })
      },
      () => end({ state: 'failed', report: null }),
    )
}
