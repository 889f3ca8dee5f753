import { TaskRow } from '#web/parts/TaskRow.tsx'
import { ACTS, type TodoItem } from '../contract.ts'
import { ACT_WORDS, factsOf, lineOf } from './words.ts'

/** What waits for a person, one row each with the button that leads there. */
export const TodoRows = ({ items }: { items: readonly TodoItem[] }) => (
  <ul>
    {items.map((t) => (
      <TaskRow
        key={t.id}
        due={t.dueOn}
        title={t.title}
        line={[ACT_WORDS[t.act], lineOf(t), ...factsOf(t)].join(' · ')}
        to={`/todo/${t.id}`}
        action={ACTS[t.act]}
      />
    ))}
  </ul>
)
