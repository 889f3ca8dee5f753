import type { Event } from './event.ts'
import type { Stage } from './stage.ts'

/** What an operation of the product says about a seeded problem; nothing is declared found. */
export interface Sight {
  /** The operation that was asked. */
  by: string
  says: string
  facts: string[]
  /** The address of the page that shows it. */
  open: string
}

interface Told {
  key: string
  /** Ordinary meetings that the story plays itself: `branch kind month`. */
  takes?: readonly string[]
  /** What happens; with the fault in it or without. */
  events: (faulty: boolean) => Event[]
}

/** Something wrong that the product must find by itself. */
export interface Problem extends Told {
  look: (stage: Stage) => Promise<Sight | undefined>
}

/** Something unusual but right, about which nobody may be alarmed. `events(true)` breaks it, and then it must be raised. */
export interface Innocence extends Told {
  isRaised: (stage: Stage) => Promise<boolean>
}
