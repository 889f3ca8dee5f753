import type { Locator } from 'playwright-core'

/** What people typed in the course of a journey; typing the same words a second time fails. */
export function typedOnce() {
  const [printed, own] = [new Set<string>(), new Set<string>()]
  const typed = (into: Set<string>) => async (field: Locator, text: string) => {
    if (printed.has(text) || own.has(text)) throw new Error(`「${text}」 was typed before: the product should know it`)
    into.add(text)
    await field.fill(text)
  }
  return {
    /** Types these words, which nobody has typed before; they belong in the year's papers. */
    type: typed(printed),
    /** The same with words that only some may read, and that stand in no paper. */
    typeInConfidence: typed(own),
    words: (): readonly string[] => [...printed],
    confidences: (): readonly string[] => [...own],
  }
}
