import { useSyncExternalStore } from 'react'

const listeners = new Set<() => void>()
let out = false

/** True after the server said that nobody is signed in any more; the page stays, with what was typed. */
export const useSignedOut = () => useSyncExternalStore(subscribe, () => out)

/** Told by every answer 401, and by a new sign-in. */
export function markSignedOut(is: boolean) {
  if (out === is) return
  out = is
  for (const told of listeners) told()
}

function subscribe(told: () => void) {
  listeners.add(told)
  return () => void listeners.delete(told)
}
