interface Asked {
  accountId: string
  name: string
  at: Date
}

const HALF_AN_HOUR = 30 * 60_000

let last: Asked | undefined

/** Who asked for a new epoch and waits for a second officer. Kept in memory only: the database may not be written then. */
export const asked = (now: Date): Asked | undefined => (last && now.getTime() - last.at.getTime() < HALF_AN_HOUR ? last : undefined)

/** Keeps who asked, for half an hour. */
export function keepAsked(by: Asked): void {
  last = by
}

export function forgetAsked(): void {
  last = undefined
}
