import { useSyncExternalStore } from 'react'

const phone = matchMedia('(max-width: 767px)')

/** True below 768 pixels, where lists and forms take their phone shape. */
export const usePhone = () => useSyncExternalStore(subscribe, () => phone.matches)

function subscribe(told: () => void) {
  phone.addEventListener('change', told)
  return () => phone.removeEventListener('change', told)
}
