import { votesToElect } from './contract.ts'

/** Votes in favour of one person. */
export interface Tally {
  personId: string
  inFavour: number
}

export interface Outcome {
  elected: Tally[]
  /** Seats still open, and among whom the next ballot decides; empty when nobody is left. */
  left: number
  next: string[]
  /** The next ballot is between those who have the same number of votes. */
  tied: boolean
}

/**
 * Who is elected: more than half of those present; of more than there are seats those with most votes; where the last seat is tied,
 * nobody gets it before another ballot between the tied.
 */
export function outcomeOf(tallies: readonly Tally[], seats: number, present: number): Outcome {
  const enough = votesToElect(present)
  const ranked = [...tallies].sort((a, b) => b.inFavour - a.inFavour)
  const passed = ranked.filter(({ inFavour }) => inFavour >= enough)
  const last = passed[seats - 1]?.inFavour
  if (passed.length > seats && passed[seats]!.inFavour === last) {
    const elected = passed.filter(({ inFavour }) => inFavour > last!)
    const next = passed.filter(({ inFavour }) => inFavour === last).map(({ personId }) => personId)
    return { elected, left: seats - elected.length, next, tied: true }
  }
  const elected = passed.slice(0, seats)
  const left = seats - elected.length
  const rest = ranked.filter((t) => !elected.includes(t)).map(({ personId }) => personId)
  return { elected, left, next: left > 0 ? rest : [], tied: false }
}
