/** What a table says of itself in its comment: see "Database" in ARCHITECTURE.md. */
export type Kind = 'ref' | 'fact' | 'local'
export type Kinds = ReadonlyMap<string, Kind>

/**
 * What would not run on a distributed PostgreSQL (Citus), where `fact` tables are spread by org_id and `ref` tables are copied
 * everywhere. An analysis of the text: it knows tables by `schema.table alias`, columns by `alias.column`. Answers what is wrong.
 */
export function faultsOf(statement: string, kinds: Kinds): string[] {
  const text = plain(statement)
  const scopes = scopesOf(text, kinds)
  return [
    ...WORDS.filter(([, pattern]) => pattern.test(text)).map(([says]) => says),
    ...scopes.flatMap((scope) => [...joinedApart(scope), ...drivenFromRef(scope), ...lockedAcross(scope), ...movedOrg(scope)]),
  ]
}

const WORDS: [string, RegExp][] = [
  ['a recursive query: keep the tree as a path', /\bwith\s+recursive\b/],
  ['MERGE: write insert … on conflict', /^merge\s+into\b/],
  ['GROUPING SETS: send one grouped query for each', /\b(grouping\s+sets|rollup|cube)\s*\(/],
  ['a trigger: keep the rule by rights, checks and the operation', /\bcreate\s+(or\s+replace\s+)?(constraint\s+)?trigger\b/],
  ['a function in the database: write it in the operation', /\bcreate\s+(or\s+replace\s+)?(function|procedure)\b/],
]

/** Lower case, without comments and quoting; the contents of texts are taken out. */
const plain = (statement: string) =>
  statement
    .replace(/--[^\n]*/g, ' ')
    .replace(/'(?:[^']|'')*'/g, "''")
    .replace(/"/g, '')
    .replace(/\s+/g, ' ')
    .toLowerCase()
    .trim()

/** One select, insert, update or delete with the tables it names itself; subqueries are scopes of their own inside it. */
interface Scope {
  text: string
  /** Alias to what it stands for; undefined for what is no table of ours. */
  tables: Map<string, { table: string; kind: Kind }>
  parent: Scope | undefined
}

function scopesOf(text: string, kinds: Kinds, parent?: Scope): Scope[] {
  const { own, inner } = split(text)
  return own.split(/\b(?:union(?: all)?|except|intersect)\b/).flatMap((part) => {
    const scope: Scope = { text: part, tables: tablesIn(part, kinds), parent }
    const inside = [...part.matchAll(/§(\d+)/g)].flatMap((m) => scopesOf(inner[Number(m[1])]!, kinds, scope))
    return [scope, ...inside]
  })
}

/** The text with each bracketed query replaced by §n, and those queries. */
function split(text: string) {
  const inner: string[] = []
  let own = ''
  for (let at = 0; at < text.length; at++) {
    if (text[at] !== '(' || !/^\(\s*(select|with|insert|update|delete|values)\b/.test(text.slice(at, at + 20))) {
      own += text[at]
      continue
    }
    const end = closing(text, at)
    own += `(§${inner.length})`
    inner.push(text.slice(at + 1, end))
    at = end
  }
  return { own, inner }
}

function closing(text: string, from: number): number {
  let depth = 0
  for (let at = from; at < text.length; at++) {
    if (text[at] === '(') depth++
    if (text[at] === ')' && --depth === 0) return at
  }
  return text.length
}

const NO_ALIAS =
  /^(on|where|left|right|inner|join|cross|full|using|set|order|group|limit|for|values|default|union|returning|and|natural|select)$/

function tablesIn(text: string, kinds: Kinds): Scope['tables'] {
  const found: Scope['tables'] = new Map()
  for (const [, table, alias] of text.matchAll(/(?<!:)\b([a-z_]+\.[a-z_]+)\b(?!\s*\()(?:\s+(?:as\s+)?([a-z_][a-z_0-9]*))?/g)) {
    const kind = kinds.get(table!)
    if (kind) found.set(alias && !NO_ALIAS.test(alias) ? alias : table!, { table: table!, kind })
  }
  return found
}

const factsIn = ({ tables }: Scope) => [...tables].filter(([, t]) => t.kind === 'fact').map(([alias]) => alias)

/** Tables of facts that are joined must be joined by their organisation, or all be asked for the same given one. */
function joinedApart(scope: Scope): string[] {
  const facts = factsIn(scope)
  if (facts.length < 2 || /^\s*insert/.test(scope.text)) return []
  const together = new Set([facts[0]!])
  for (let grown = true; grown; ) {
    grown = false
    for (const alias of facts)
      if (!together.has(alias) && [...together].some((other) => sameOrg(scope.text, alias, other))) {
        together.add(alias)
        grown = true
      }
  }
  const apart = facts.filter((alias) => !together.has(alias))
  return apart.length > 0 ? [`facts joined without org_id: ${nameOf(scope, facts[0]!)} with ${apart.map((a) => nameOf(scope, a))}`] : []
}

function sameOrg(text: string, a: string, b: string): boolean {
  if (/\busing\s*\(\s*org_id\b/.test(text)) return true
  if (equalities(text).some(([x, y]) => (x === `${a}.org_id` && y === `${b}.org_id`) || (x === `${b}.org_id` && y === `${a}.org_id`)))
    return true
  return givenOrg(text, a) && givenOrg(text, b)
}

/** Is the organisation of that table a parameter? */
const givenOrg = (text: string, alias: string) => equalities(text).some(([x, y]) => x === `${alias}.org_id` && y.startsWith('$'))

/** Every `a.x = b.y` and `a.x = $1`, also where written as rows. */
function equalities(text: string): [string, string][] {
  const single = [...text.matchAll(/([a-z_0-9.]+)\s*=\s*([a-z_0-9.]+|\$\d+)/g)].map((m) => [m[1]!, m[2]!] as [string, string])
  const rows = [...text.matchAll(/\(([a-z_0-9., ]+)\)\s*=\s*\(([a-z_0-9., $]+)\)/g)].flatMap(([, left, right]) => {
    const [as, bs] = [left!.split(','), right!.split(',')]
    return as.map((a, i) => [a.trim(), bs[i]?.trim() ?? ''] as [string, string])
  })
  return [...single, ...rows]
}

/** A subquery over facts for each row around it works only where those rows are facts of the same organisation. */
function drivenFromRef(scope: Scope): string[] {
  const faults: string[] = []
  for (const alias of factsIn(scope))
    for (let outer = scope.parent; outer; outer = outer.parent) {
      const asked = [...outer.tables.keys()].filter(
        (name) => !scope.tables.has(name) && new RegExp(`(?<![a-z_.])${name.replace('.', '\\.')}\\.`).test(scope.text),
      )
      if (asked.length === 0 || givenOrg(scope.text, alias)) continue
      const around = factsIn(outer)
      if (around.length === 0) faults.push(`facts asked for each row of ref: ${nameOf(scope, alias)} for ${nameOf(outer, asked[0]!)}`)
      else if (!around.some((other) => sameOrg(scope.text, alias, other)))
        faults.push(`facts asked for each fact without org_id: ${nameOf(scope, alias)} for ${nameOf(outer, around[0]!)}`)
    }
  return faults
}

/** Rows of facts are locked within one organisation only. */
function lockedAcross(scope: Scope): string[] {
  const lock = /\bfor (?:no key )?update(?: of ([a-z_0-9]+))?/.exec(scope.text)
  if (!lock) return []
  const locked = factsIn(scope).filter((alias) => !lock[1] || lock[1] === alias)
  const bound = (alias: string) => new RegExp(`(?<![a-z_.])(${alias.replace('.', '\\.')}\\.)?org_id\\s*(=|,)`).test(scope.text)
  return locked.filter((alias) => !bound(alias)).map((alias) => `facts locked across organisations: ${nameOf(scope, alias)}`)
}

/** A fact stays in the organisation in which it happened. */
function movedOrg(scope: Scope): string[] {
  const update = /^\s*(?:with .*\) )?update ([a-z_]+\.[a-z_]+)\b.*?\bset (.*?)(?:\bwhere\b|\bfrom\b|\breturning\b|$)/.exec(scope.text)
  if (!update || scope.tables.get(update[1]!)?.kind !== 'fact') return []
  return /(^|,)\s*\(?\s*org_id\b/.test(update[2]!) ? [`org_id of a fact changed: ${update[1]}`] : []
}

const nameOf = (scope: Scope, alias: string) => scope.tables.get(alias)!.table
