import type { Locator } from 'playwright-core'

/** What people typed in the course of a journey; typing the same words a second time fails. */
export function typedOnce() {
  const words = new Set<string>()
  return {
    /** Types these words, which nobody has typed before. */
    async type(into: Locator, text: string): Promise<void> {
      if (words.has(text)) throw new Error(`「${text}」 was typed before: the product should know it`)
      words.add(text)
      await into.fill(text)
    },
    words: (): readonly string[] => [...words],
  }
}
