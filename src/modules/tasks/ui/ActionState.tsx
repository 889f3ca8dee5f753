import { Link } from '@tanstack/react-router'
import { useRead } from '#web/api.ts'
import { StateOfTask } from './TaskState.tsx'

/** In the minutes, beside an action: how its task stands. Before the signature, and for who may not see it, nothing. */
export function ActionState({ id }: { id: string }) {
  const { data } = useRead('tasks.ofAction', { actionId: id })
  if (!data?.task) return null
  return (
    <Link to="/tasks/$id" params={{ id: data.task.id } as never}>
      <StateOfTask task={data.task} />
    </Link>
  )
}
