import { Link } from '@tanstack/react-router'
import { today } from '#kernel/civilDate.ts'
import { useAddress } from '#web/address.ts'
import { useRead } from '#web/api.ts'
import { Empty } from '#web/parts/Empty.tsx'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { PageTitle } from '#web/parts/PageTitle.tsx'
import { Skeleton } from '#web/parts/Skeleton.tsx'
import { YearPick } from '#web/parts/YearPick.tsx'
import { dateText } from '#web/text.ts'
import { DutyItems } from './DutyItems.tsx'
import './tasks.css'

/** 我的职责: what this person answers for in Party work. It may be empty, and then says so. */
export function MyDutiesPage() {
  const [{ year = Number(today().slice(0, 4)) }, go] = useAddress<{ year?: number }>()
  const { data, error, refetch } = useRead('tasks.myDuties', { year })
  if (error) return <ErrorCard error={error} again={refetch} />
  if (!data) return <Skeleton lines={8} />
  const { posts, items, leading, helping } = data
  const nothing = posts.length === 0 && items.length === 0 && leading + helping === 0
  return (
    <>
      <PageTitle
        conclusion={nothing ? '你现在没有党务上的职责' : saysOf(posts.length, items.filter((i) => i.done < i.target).length)}
        note="职务来自任职登记，清单进度由会议记录和任务算出，不用自己填。"
        actions={<YearPick year={year} onChange={(y) => go({ year: y })} />}
      />
      <div className="stack">
        {nothing && <Empty done why="没有职务、清单和任务。" later="任职、列入一岗双责清单或交办给你的事，会出现在这里。" />}
        {posts.length > 0 && (
          <section className="card" aria-label="职务">
            <header>
              <h2>职务</h2>
            </header>
            <ul className="lines">
              {posts.map((p) => (
                <li key={p.orgName + p.post} className="tk-line">
                  <b className="grow">
                    {p.orgName} {p.post}
                  </b>
                  <span className="small t2">{dateText(p.from)}起</span>
                </li>
              ))}
            </ul>
          </section>
        )}
        {items.length > 0 && (
          <section className="card" aria-label="一岗双责清单">
            <header>
              <h2>{year} 年一岗双责清单</h2>
              <span className="small t2">{items.length} 项</span>
            </header>
            <DutyItems items={items} />
          </section>
        )}
        {leading + helping > 0 && (
          <section className="card" aria-label="在办的事">
            <p className="inside">
              在办：牵头 {leading} 件，协办 {helping} 件。<Link to="/todo">去看我的待办</Link>
            </p>
          </section>
        )}
      </div>
    </>
  )
}

const saysOf = (posts: number, open: number) =>
  `${posts > 0 ? `${posts} 个职务` : '没有职务'}${open > 0 ? `，清单还有 ${open} 项没有完成` : ''}`
