import { Status } from '#web/parts/Status.tsx'
import { STATES, type TransferRow } from '../contract.ts'

/** The state of a transfer in a word; a letter that ran out stands out. */
export function TransferStatus({ state, daysLeft }: Pick<TransferRow, 'state' | 'daysLeft'>) {
  if (state === 'received') return <Status kind="done">{STATES.received}</Status>
  if (state !== 'sent') return <Status kind="calm">{STATES[state]}</Status>
  const left = daysLeft ?? 0
  if (left < 0) return <Status kind="late">介绍信过期 {-left} 天</Status>
  return <Status kind={left <= 3 ? 'soon' : 'calm'}>{left === 0 ? '介绍信今天到期' : `待接收，剩 ${left} 天`}</Status>
}
