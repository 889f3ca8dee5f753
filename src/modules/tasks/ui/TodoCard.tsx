import { Link } from '@tanstack/react-router'
import { useRead } from '#web/api.ts'
import { TodoRows } from './TodoRows.tsx'

/** On the workbench: the first of what waits for this person over all posts. Nothing waiting, nothing shown. */
export function TodoCard() {
  const { data } = useRead('tasks.mine', { limit: 5 })
  if (!data || data.items.length === 0) return null
  return (
    <section className="card" aria-label="交办给我的事">
      <header>
        <h2>交办给我的事</h2>
        <Link className="small" to="/todo">
          看全部
        </Link>
      </header>
      <TodoRows items={data.items} />
    </section>
  )
}
