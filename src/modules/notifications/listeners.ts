type Listener = () => void

const listening = new Map<string, Set<Listener>>()

/** Calls `listener` whenever something new is there for the person, in this process; answers how to stop. */
export function onNews(personId: string, listener: Listener): () => void {
  const of = listening.get(personId) ?? new Set()
  listening.set(personId, of.add(listener))
  return () => {
    of.delete(listener)
    if (of.size === 0 && listening.get(personId) === of) listening.delete(personId)
  }
}

export const listenersOf = (personId: string): number => listening.get(personId)?.size ?? 0

/** Tells the open pages of these persons that something changed; what, they ask themselves. */
export function wake(personIds: Iterable<string>): void {
  for (const id of personIds) for (const listener of listening.get(id) ?? []) listener()
}
