import { useRead, useReadPages } from '#web/api.ts'
import { Empty } from '#web/parts/Empty.tsx'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { PageTitle } from '#web/parts/PageTitle.tsx'
import { Skeleton } from '#web/parts/Skeleton.tsx'
import { Slot } from '#web/Slot.tsx'
import { useSession } from '#web/session.ts'
import { TodoRows } from './TodoRows.tsx'
import './tasks.css'

/** 我的待办: everything that waits for this person over all posts, late first, then what others wait for, then by term. */
export function TodoPage() {
  const { orgs } = useSession()
  const list = useReadPages('tasks.mine', { limit: 50 })
  const { data: count } = useRead('tasks.mineCount', {})
  if (list.error) return <ErrorCard error={list.error} again={list.again} />
  if (list.isPending) return <Skeleton lines={8} />
  return (
    <>
      <PageTitle
        conclusion={saysOf(count?.open ?? list.items.length, count?.overdue ?? 0)}
        note="你所有职务上要办的事都在这里：逾期的在前，别人等着你的其次，然后按时限。"
      />
      <div className="stack">
        <section className="card" aria-label="交办给我的事">
          {list.items.length === 0 ? (
            <Empty done why="现在没有交办给你的事。" later="会议决议、上级部署和交办给你的事，签字或下达后出现在这里。" />
          ) : (
            <TodoRows items={list.items} />
          )}
          {list.more && (
            <div className="list-foot">
              <button type="button" className="button small pager" onClick={list.more}>
                往下看
              </button>
            </div>
          )}
        </section>
        <Slot name="workbench.first" id={orgs[0]?.id ?? ''} />
        {orgs.map((org) => (
          <Slot key={org.id} name="todo" id={org.id} />
        ))}
      </div>
    </>
  )
}

const saysOf = (open: number, overdue: number) =>
  open === 0 ? '现在没有交办给你的事' : overdue === 0 ? `交办给你的事 ${open} 件` : `交办给你的事 ${open} 件，其中 ${overdue} 件逾期`
