/** 甲、乙 as a list; nothing where nothing is written. */
export const wordsOf = (text: string): string[] | undefined => {
  const words = text
    .split(/[、,，]/)
    .map((w) => w.trim())
    .filter(Boolean)
  return words.length > 0 ? words : undefined
}

/** One member a line; empty lines are none. */
export const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)

/** As `wordsOf`, but an end that is still being typed stands as an empty member. */
export const openWords = (text: string): string[] => (/[、,，]\s*$/.test(text) ? [...(wordsOf(text) ?? []), ''] : (wordsOf(text) ?? []))
