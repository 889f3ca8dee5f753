import { Status } from '#web/parts/Status.tsx'
import type { TaskCard } from '../contract.ts'
import { factsOf, stateLook } from './words.ts'

/** The state of a task with what is known of it. */
export function StateOfTask({ task }: { task: TaskCard }) {
  const look = stateLook(task.state)
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
