import type { Actor } from '#kernel/actor.ts'
import { forbidden, type Verdict } from '#kernel/errors.ts'

type Placed = { path: string }

/** An organisation's own place ends with its own part; what is decided above is held there. */
export const placeAbove = (path: string) => path.slice(0, path.lastIndexOf('/', path.length - 2) + 1)

/** Who may see what is owed, and who may set the rules. */
export const policy = {
  read: (actor: Actor, org: Placed) => actor.holds('duties.read', org.path),
  ask: (actor: Actor, org: Placed) => actor.holds('duties.ask', org.path),
  manage: (actor: Actor, org: Placed) => actor.holds('duties.manage', org.path),
  /** What is owed is remitted above; only where nobody is above, by the office there on a paper of the superior outside. */
  exempt: (actor: Actor, org: Placed & { parentId: string | null }): Verdict =>
    actor.holds('duties.manage', org.parentId === null ? org.path : placeAbove(org.path)) === true
      ? true
      : forbidden('not-above', '豁免由上级党组织审批，本组织不能自己登记。请用「请上级豁免」'),
}
