import { Status } from '#web/parts/Status.tsx'
import { usePhone } from '#web/screen.ts'
import { SHORT_STATES, type TaskCard } from '../contract.ts'
import { factsOf, stateLook } from './words.ts'

/** The state of a task with what is known of it; in a list on a phone only the one or the other. */
export function StateOfTask({ task, brief = false }: { task: TaskCard; brief?: boolean }) {
  const look = stateLook(task.state)
  const phone = usePhone()
  if (brief && phone)
    return (
      <Status kind={task.overdueDays > 0 ? 'late' : look.kind}>
        {task.overdueDays > 0 ? `逾期 ${task.overdueDays} 天` : SHORT_STATES[task.state]}
      </Status>
    )
  return (
    <span className="row wrap">
      <Status kind={task.overdueDays > 0 ? 'late' : look.kind}>{look.words}</Status>
      {factsOf(task).map((fact) => (
        <span key={fact} className={`tag nowrap ${task.overdueDays > 0 && fact.startsWith('逾期') ? 'zhe' : ''}`}>
          {fact}
        </span>
      ))}
    </span>
  )
}
