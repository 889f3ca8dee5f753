import { useSyncExternalStore } from 'react'

const listeners = new Set<() => void>()
let settle: ((proven: boolean) => void) | null = null

/** Asks the person for the password or the six digits once more; answers whether they were shown. */
export function askProof(): Promise<boolean> {
  settleProof(false)
  return new Promise((resolve) => {
    settle = resolve
    tellAll()
  })
}

/** Ends the question. */
export function settleProof(proven: boolean) {
  const asked = settle
  settle = null
  asked?.(proven)
  tellAll()
}

/** True while the person is being asked. */
export const useProofAsked = () => useSyncExternalStore(subscribe, () => settle !== null)

function tellAll() {
  for (const told of listeners) told()
}

function subscribe(told: () => void) {
  listeners.add(told)
  return () => void listeners.delete(told)
}
