import type { Size } from './sizes.ts'

/** One organisation of a generated tree. */
export interface Node {
  id: string
  key: string
  path: string
  parentId: string | null
  kind: string
  name: string
  /** On its own roster; branches only. */
  members: number
}

/** The tree of a size: a root, then each level spread evenly under the one above; every fourth branch has exactly twenty members. */
export function tree({ levels, members }: Size) {
  const root: Node = {
    id: idOf(0),
    key: keyOf(0),
    path: `/${keyOf(0)}/`,
    parentId: null,
    kind: 'partyCommittee',
    name: '示例集团党委',
    members: 0,
  }
  const orgs: Node[] = [root]
  let above: Node[] = [root]
  for (const [depth, count] of levels.entries()) {
    const last = depth === levels.length - 1
    const level = Array.from({ length: count }, (_, i): Node => {
      const parent = above[Math.floor((i * above.length) / count)]!
      const n = orgs.length + i
      const kind = last ? 'partyBranch' : depth === levels.length - 2 && depth > 0 ? 'generalBranch' : 'partyCommittee'
      const name = `第${n}${last ? '党支部' : kind === 'generalBranch' ? '党总支' : '党委'}`
      return { id: idOf(n), key: keyOf(n), path: `${parent.path}${keyOf(n)}/`, parentId: parent.id, kind, name, members: 0 }
    })
    orgs.push(...level)
    above = level
  }
  people(above, members)
  return { orgs, branches: above, ofTwenty: above.filter((b) => b.members === 20) }
}

/** Rosters from 5 to 41 around the mean, summing to `members`. */
function people(branches: Node[], members: number) {
  for (const [i, branch] of branches.entries()) branch.members = i % 4 === 0 ? 20 : 5 + ((i * 7919) % 37)
  let left = members - branches.reduce((sum, b) => sum + b.members, 0)
  for (let i = 1; left !== 0; i = (i + 1) % branches.length) {
    if (i % 4 === 0 || (left < 0 && branches[i]!.members <= 5)) continue
    branches[i]!.members += Math.sign(left)
    left -= Math.sign(left)
  }
}

const keyOf = (n: number) => n.toString(36).padStart(8, '0')
const idOf = (n: number) => `01900009-0000-7000-8000-${n.toString(16).padStart(12, '0')}`
