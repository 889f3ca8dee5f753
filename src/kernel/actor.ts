import { type RawBuilder, sql } from 'kysely'
import { forbidden, type Verdict } from './errors.ts'

/** A capability held on an organisation, and on all below it when `subtree`. `path` is the place of that organisation today. */
export interface Grant {
  capability: string
  orgId: string
  path: string
  subtree: boolean
}

export interface Who {
  accountId: string | null
  personId: string | null
  name: string
  /** The session's own id, for listing and revoking; null on the console. */
  sessionId: string | null
  grants: readonly Grant[]
}

/** Who is asking, and where in the tree they hold which capability. */
export class Actor {
  readonly accountId: string | null
  readonly personId: string | null
  readonly name: string
  readonly sessionId: string | null
  readonly grants: readonly Grant[]
  readonly #byCapability: Map<string, Grant[]>

  constructor(who: Who) {
    this.accountId = who.accountId
    this.personId = who.personId
    this.name = who.name
    this.sessionId = who.sessionId
    this.grants = who.grants
    this.#byCapability = Map.groupBy(who.grants, (g) => g.capability) as Map<string, Grant[]>
  }

  /** Does this actor hold the capability at the place `path`? */
  holds(capability: string, path: string): Verdict {
    return this.grantsOf(capability).some((g) => covers(g, path)) || lacks(capability)
  }

  /** At the place and at everything below it: for what counts a whole subtree, which a grant on one organisation alone does not open. */
  holdsBelow(capability: string, path: string): Verdict {
    const wide = this.grantsOf(capability).some((g) => g.subtree && covers(g, path))
    return wide || (this.holds(capability, path) === true ? forbidden(`not-below-${capability}`, ONLY_HERE) : lacks(capability))
  }

  holdsAnywhere(capability: string): Verdict {
    return this.grantsOf(capability).length > 0 || lacks(capability)
  }

  grantsOf(capability: string): readonly Grant[] {
    return this.#byCapability.get(capability) ?? []
  }

  /** A condition for SQL: the path in `column` lies where the capability is held. Never a list of ids. */
  within(capability: string, column: string): RawBuilder<boolean> {
    const grants = widest(this.grantsOf(capability))
    if (grants.length === 0) return sql<boolean>`false`
    const ref = sql.ref(column)
    const parts = grants.map((g) => (g.subtree ? sql`(${ref} >= ${g.path} and ${ref} < ${beyond(g.path)})` : sql`${ref} = ${g.path}`))
    return sql<boolean>`(${sql.join(parts, sql` or `)})`
  }
}

/** The first text after every path below `path`, in byte order: a subtree is one index range. */
export const beyond = (path: string) => `${path}~`

const covers = (g: Grant, path: string) => (g.subtree ? path.startsWith(g.path) : path === g.path)

const ONLY_HERE = '这里要数下级的记录，你的授权只到这个组织本身。需要的话，请找本单位党务干部开通'

const lacks = (capability: string) => forbidden(`lacks-${capability}`, '你没有办这件事的权限。需要的话，请找本单位党务干部开通')

function widest(grants: readonly Grant[]): Grant[] {
  const ordered = [...grants].sort((a, b) => a.path.length - b.path.length || Number(b.subtree) - Number(a.subtree))
  const kept: Grant[] = []
  for (const g of ordered) if (!kept.some((k) => covers(k, g.path))) kept.push(g)
  return kept
}
