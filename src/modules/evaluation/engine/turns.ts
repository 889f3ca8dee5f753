const TURN = 20

/** How far a long piece of work is. */
export interface Progress {
  doing: string
  done: number
  total: number
}
export type Tell = (progress: Progress) => void

/** Maps a long list a few milliseconds at a time, so that whoever else waits for this process is served in between. */
export async function inTurns<T, R>(list: readonly T[], one: (item: T) => R, tell: (done: number) => void = () => {}): Promise<R[]> {
  const results: R[] = []
  let since = performance.now()
  for (const item of list) {
    results.push(one(item))
    if (performance.now() - since < TURN) continue
    tell(results.length)
    await rest()
    since = performance.now()
  }
  tell(list.length)
  return results
}

/** Lets what waits for this process have its turn. */
export const rest = (): Promise<void> => new Promise((done) => setImmediate(done))
