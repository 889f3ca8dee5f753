import { z } from 'zod'
import { Standing } from './contract.ts'

/** Of more branches a cell for each says nothing to an eye: then the organisations directly below are counted. */
export const CELLS = 600
/** So many branches are named on the workbench; all are in the grid. */
export const SHOWN = 8

export const Named = Standing.extend({ orgId: z.uuid(), name: z.string() })
export type Named = z.output<typeof Named>

export const OverviewGroup = z.object({
  orgId: z.uuid(),
  name: z.string(),
  /** Branches in all, those with something overdue, and those with something due within a fortnight. */
  total: z.int(),
  help: z.int(),
  soon: z.int(),
  /** Each branch in the order of the tree; none where they are too many. */
  cells: z.array(Named),
})
export type OverviewGroup = z.output<typeof OverviewGroup>

interface Below {
  id: string
  name: string
  path: string
}

type Placed = Standing & { id: string; path: string; name?: string }

/**
 * How branches stand, counted together and by the organisation directly below that they stand under. `below` is in the order of the tree;
 * its last is the organisation that is looked at, for the branches directly below it. `help` and `soon` keep the order of the groups.
 */
export function foldOverview<B extends Placed>(branches: readonly B[], below: readonly Below[], most = CELLS) {
  const own = below.at(-1)!
  const children = new Map(below.slice(0, -1).map((g) => [g.path, g.id]))
  const length = below[0]!.path.length
  const groupOf = (b: B) => (b.path.length > length ? (children.get(b.path.slice(0, length)) ?? own.id) : own.id)
  const grouped = Map.groupBy(branches, groupOf)
  const inOrder = below.flatMap((g) => grouped.get(g.id) ?? [])
  const cells = branches.length <= most
  return {
    branches: branches.length,
    onTime: branches.filter((b) => b.overdue === 0 && !b.soon).length,
    help: inOrder.filter(isHelp),
    soon: inOrder.filter(isSoon),
    allDone: branches.filter((b) => b.done === b.expected).length,
    groups: below.flatMap(({ id, name }): OverviewGroup[] => {
      const of = grouped.get(id)
      if (!of) return []
      const counts = { total: of.length, help: of.filter(isHelp).length, soon: of.filter(isSoon).length }
      return [{ orgId: id, name, ...counts, cells: cells ? of.map(cellOf) : [] }]
    }),
  }
}

const isHelp = (b: Standing) => b.overdue > 0
const isSoon = (b: Standing) => b.overdue === 0 && b.soon

const cellOf = ({ id, name = '', done, expected, overdue, soon }: Placed): Named => ({ orgId: id, name, done, expected, overdue, soon })
