import { Link } from '@tanstack/react-router'
import { useRead } from '#web/api.ts'

/** On one's own page, for those who do political work. */
export function MyFileCard(_: { id: string }) {
  const { data } = useRead('politicalwork.mine', {})
  if (!data?.has) return null
  return (
    <section className="card" aria-label="我的政工档案">
      <header>
        <h2>我的政工档案</h2>
        <Link className="button small" to={'/my-political-work' as '/'}>
          打开
        </Link>
      </header>
      <p className="inside small t2">九个方面用自己的话写，旁边是记录里有的；不打分、不排名。</p>
    </section>
  )
}
