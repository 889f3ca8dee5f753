import { useSyncExternalStore } from 'react'

/** True below 768 pixels, where lists and forms take their phone shape. */
export const usePhone = mediaHook('(max-width: 767px)')

/** True where the person asked their machine for no movement. */
export const useStill = mediaHook('(prefers-reduced-motion: reduce)')

function mediaHook(query: string) {
  const media = matchMedia(query)
  const subscribe = (told: () => void) => {
    media.addEventListener('change', told)
    return () => media.removeEventListener('change', told)
  }
  return () => useSyncExternalStore(subscribe, () => media.matches)
}
