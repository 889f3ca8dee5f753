import type { Actor } from '#kernel/actor.ts'

type Placed = { path: string }

/** Who may see what is owed, and who may set the rules. */
export const policy = {
  read: (actor: Actor, org: Placed) => actor.holds('duties.read', org.path),
  ask: (actor: Actor, org: Placed) => actor.holds('duties.ask', org.path),
  manage: (actor: Actor, org: Placed) => actor.holds('duties.manage', org.path),
}
