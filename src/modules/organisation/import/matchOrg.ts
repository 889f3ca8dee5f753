/** An organisation as far as its names go. */
export type NamedOrg = { id: string; name: string; shortName?: string | null }

/** What a written name stands for: one organisation, one or more that it could mean (a person confirms), or none. */
export type OrgMatch = { kind: 'found'; id: string } | { kind: 'proposed'; proposals: { id: string; name: string }[] } | { kind: 'none' }

// No organisation has a longer name; taking the endings off a cell full of 临时联合 would take seconds.
const LONGEST = 200

/**
 * Gives a function that finds organisations by written name. The full or the recorded short name finds; any other short or long form
 * (without 党支部, with the company in front, 1 for 一) is only proposed; the name of two organisations proposes both.
 */
export const orgMatcher = (orgs: NamedOrg[]): ((written: string) => OrgMatch) => {
  const exact = new Map<string, NamedOrg[]>()
  for (const org of orgs) {
    for (const name of new Set([org.name, org.shortName ?? org.name].map(plainName))) exact.set(name, [...(exact.get(name) ?? []), org])
  }
  const cores = orgs.map((org) => ({ org, names: [org.name, org.shortName ?? org.name].map(coreOf) }))
  const answers = new Map<string, OrgMatch>()
  return (written) => {
    if (written.length > LONGEST) return { kind: 'none' }
    const known = answers.get(written)
    if (known) return known
    const answer = match(plainName(written), exact, cores)
    answers.set(written, answer)
    return answer
  }
}

type Core = { core: string; bare: string; level: Level | null }
type Level = 'committee' | 'generalBranch' | 'branch' | 'group'

const match = (name: string, exact: Map<string, NamedOrg[]>, cores: { org: NamedOrg; names: Core[] }[]): OrgMatch => {
  const same = exact.get(name) ?? []
  if (same.length === 1) return { kind: 'found', id: same[0]!.id }
  if (same.length > 1) return proposed(same)
  const written = coreOf(name)
  if (written.core === '') return { kind: 'none' }
  const fitting = (fits: (core: string) => boolean) =>
    cores.filter(({ names }) => names.some(({ core, level }) => (written.level ?? level) === level && fits(core))).map(({ org }) => org)
  const equal = fitting((core) => core === written.core)
  if (equal.length > 0) return proposed(equal)
  const contained = fitting(
    (core) => (written.bare.length > 1 && core.endsWith(written.core)) || (core.length > 1 && written.core.endsWith(core)),
  )
  return contained.length > 0 ? proposed(contained) : { kind: 'none' }
}

const proposed = (orgs: NamedOrg[]): OrgMatch => ({
  kind: 'proposed',
  proposals: orgs.slice(0, 5).map(({ id, name }) => ({ id, name })),
})

/** A name without blanks, in half-width letters, without 中共 in front and without the brackets' style. */
const plainName = (name: string): string =>
  name
    .normalize('NFKC')
    .replace(/[\s“”"]/g, '')
    .replace(/^(中国共产党|中共)/, '')

const endings: [RegExp, Level][] = [
  [/(党的?)?总支部?(委员会)?$/, 'generalBranch'],
  [/(临时|联合)*(党的?)?支部(委员会)?$/, 'branch'],
  [/党小组$/, 'group'],
  [/(党委|党的?委员会|工作委员会|委员会|党工委)$/, 'committee'],
]

const coreOf = (name: string): Core => {
  const plain = plainName(name.slice(0, LONGEST))
  const [ending, level] = endings.find(([pattern]) => pattern.test(plain)) ?? [/$/, null]
  const bare = plain.replace(ending, '')
  return { core: digits(bare).replace(/第(?=\d)/g, ''), bare, level }
}

// 机关第一党支部, 机关1支部 and 机关一党支部 are one way of speaking.
const digits = (text: string): string =>
  text
    .replace(/([一二三四五六七八九])?十([一二三四五六七八九])?/g, (_, tens?: string, ones?: string) =>
      String((tens ? numerals.indexOf(tens) : 1) * 10 + (ones ? numerals.indexOf(ones) : 0)),
    )
    .replace(/[一二三四五六七八九]/g, (numeral) => String(numerals.indexOf(numeral)))

const numerals = '〇一二三四五六七八九'
