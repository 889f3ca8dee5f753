import { Suspense } from 'react'
import { uis } from './moduleUi.ts'

/** A place in a page that higher modules fill: all components registered under `name`, each given the `id` it is about. */
export function Slot({ name, id }: { name: string; id: string }) {
  const fillers = uis.flatMap((ui) => ui.slots?.[name] ?? [])
  return (
    <Suspense fallback={null}>
      {fillers.map((Filler, i) => (
        // The order of the modules never changes while the page lives.
        // biome-ignore lint/suspicious/noArrayIndexKey: the list is constant
        <Filler key={i} id={id} />
      ))}
    </Suspense>
  )
}
