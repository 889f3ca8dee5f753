/** Lets at most `atOnce` works run in all, and one of each owner; the others wait, in the order they came. */
export function turns(atOnce: number): <T>(owner: string, work: () => Promise<T>) => Promise<T> {
  const waiting: { owner: string; start: () => void }[] = []
  const atWork = new Set<string>()
  const next = () => {
    const first = atWork.size < atOnce ? waiting.findIndex(({ owner }) => !atWork.has(owner)) : -1
    if (first < 0) return
    const [{ owner, start }] = waiting.splice(first, 1) as [(typeof waiting)[number]]
    atWork.add(owner)
    start()
  }
  return async (owner, work) => {
    await new Promise<void>((start) => {
      waiting.push({ owner, start })
      next()
    })
    try {
      return await work()
    } finally {
      atWork.delete(owner)
      next()
    }
  }
}
