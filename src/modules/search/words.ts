/** Characters of a record that are looked through. */
export const TEXT_LIMIT = 200_000

/**
 * The tokens under which a text is found: every two characters that stand together, the last one of a run alone, and words of letters and
 * digits whole. So a name nobody has in a dictionary is found as surely as any other word.
 */
export function tokensOf(text: string): string[] {
  const tokens = new Set<string>()
  for (const [run] of plain(text).matchAll(RUN)) {
    if (LATIN.test(run)) tokens.add(run)
    else for (let i = 0; i < run.length; i++) tokens.add(run.slice(i, i + 2))
  }
  return [...tokens]
}

/** What must stand in a text that holds all these words, as a tsquery; undefined when there is nothing to look for. */
export function queryOf(text: string): string | undefined {
  const wanted = wordsOf(text).flatMap((word) => [...word.matchAll(RUN)].flatMap(([run]) => wantedOf(run)))
  return wanted.length > 0 ? [...new Set(wanted)].join(' & ') : undefined
}

/** The words of a search, as they stand in plain text. */
export const wordsOf = (text: string): string[] => plain(text).split(/\s+/).filter(Boolean)

/** One way of writing for what differs only in width or case. Keeps the length, so that places in it are places in the text. */
export const plain = (text: string): string => [...text].map((c) => same(c)).join('')

const RUN = /[a-z0-9]+|(?:(?![a-z0-9])[\p{L}\p{N}])+/gu
const LATIN = /^[a-z0-9]/

/** A single character is found wherever a token begins with it. */
const wantedOf = (run: string): string[] => {
  if (LATIN.test(run)) return [`'${run}':*`]
  if (run.length === 1) return [`'${run}':*`]
  return Array.from({ length: run.length - 1 }, (_, i) => `'${run.slice(i, i + 2)}'`)
}

function same(character: string): string {
  const normal = character.normalize('NFKC').toLowerCase()
  return normal.length === character.length ? normal : character
}
