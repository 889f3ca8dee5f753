import { useSyncExternalStore } from 'react'

export type TextSize = 'standard' | 'large' | 'huge'
export type Tone = 'light' | 'dark'

export const TEXT_SIZES: Record<TextSize, string> = { standard: '标准', large: '大', huge: '特大' }

interface Display {
  size: TextSize
  tone: Tone
}

const KEY = 'rongjian.display'
const listeners = new Set<() => void>()
let display = remembered()

/** How this browser shows the page: text size and tone, remembered on the machine. */
export const useDisplay = () => useSyncExternalStore(subscribe, () => display)

/** Changes the text size or the tone at once, for every page of this browser. */
export function setDisplay(change: Partial<Display>) {
  display = { ...display, ...change }
  try {
    localStorage.setItem(KEY, JSON.stringify(display))
  } catch {
    // A browser that stores nothing still shows what was chosen until it is closed.
  }
  applyDisplay()
  for (const told of listeners) told()
}

/** Writes the choice onto the document, where the style sheets read it. */
export function applyDisplay() {
  const { dataset } = document.documentElement
  dataset.theme = display.tone
  dataset.size = display.size
}

function remembered(): Display {
  const preferred: Display = { size: 'standard', tone: 'light' }
  try {
    return { ...preferred, ...JSON.parse(localStorage.getItem(KEY) ?? '{}') }
  } catch {
    return preferred
  }
}

function subscribe(told: () => void) {
  listeners.add(told)
  return () => void listeners.delete(told)
}
