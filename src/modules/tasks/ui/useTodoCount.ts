import { useRead } from '#web/api.ts'

/** How many things wait for this person, over all posts. */
export function useTodoCount(): number | undefined {
  const { data } = useRead('tasks.mineCount', {})
  return data?.open || undefined
}
