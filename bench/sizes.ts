/** The reference sizes: a mine, a second-level group, a provincial group. Branches are the last level of the tree. */
export interface Size {
  /** How many organisations stand on each level below the root. */
  levels: readonly number[]
  members: number
  /** The calendar years that hold a year's records; about fifty meetings a branch and year. */
  years: readonly number[]
  /** Rows of attendance beside the facts; at L only the facts, since no evaluation reads the rows. */
  attendance: boolean
}

export const SIZES = {
  S: { levels: [3, 20], members: 450, years: [2025], attendance: true },
  M: { levels: [12, 60, 600], members: 14_000, years: [2025], attendance: true },
  L: { levels: [20, 200, 1000, 5000], members: 110_000, years: [2024, 2025], attendance: false },
} satisfies Record<string, Size>

export type SizeName = keyof typeof SIZES

export const branchesOf = (name: SizeName): number => SIZES[name].levels.at(-1)!
