import type { Stage } from './stage.ts'

/** Something that happens in the story at a moment of its clock. */
export interface Event {
  /** Civil date. */
  on: string
  /** Time of the day; events of one moment keep their order. */
  time?: string
  run: (stage: Stage) => Promise<unknown>
}

/** Plays events in the order of their moments. `onDay` is told each new day. */
export async function play(stage: Stage, events: readonly Event[], onDay: (day: string, done: number) => void = () => {}): Promise<void> {
  const moment = (e: Event) => `${e.on} ${e.time ?? '09:00'}`
  const ordered = events
    .map((e, i) => ({ e, i }))
    .sort((a, b) => (moment(a.e) < moment(b.e) ? -1 : moment(a.e) > moment(b.e) ? 1 : a.i - b.i))
  let day = ''
  for (const [done, { e }] of ordered.entries()) {
    if (e.on !== day) onDay(e.on, done / ordered.length)
    day = e.on
    stage.setClock(e.on, e.time)
    await e.run(stage)
  }
}
