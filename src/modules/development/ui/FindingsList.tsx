import { Link } from '@tanstack/react-router'
import { useRead } from '#web/api.ts'
import { Empty } from '#web/parts/Empty.tsx'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { Skeleton } from '#web/parts/Skeleton.tsx'
import { Status } from '#web/parts/Status.tsx'
import { stepRule } from '../contract.ts'

/** Steps whose days do not fit the rules: what is said, its clause, and that paper is to be checked with the original. */
export function FindingsList({ orgId }: { orgId: string }) {
  const { data, error, refetch } = useRead('development.findings', { orgId })
  if (error) return <ErrorCard error={error} again={refetch} />
  if (!data) return <Skeleton lines={5} />
  if (data.items.length === 0) return <Empty why="没有需要核对的地方" done />
  return (
    <ul className="development-findings">
      {data.items.map((f) => (
        <li key={f.courseId + f.no + f.on + f.code}>
          <div className="row wrap">
            <Link to={`/development/${f.courseId}` as '/development'}>
              {f.name}，第 {f.no} 步「{stepRule(f.no).title}」
            </Link>
            <span className="small t2">{f.orgName}</span>
            <Status kind={f.level === 'verify' ? 'note' : 'late'}>{f.level === 'verify' ? '核对原文' : '不合一般要求'}</Status>
            {f.entered && <span className="tag">据纸质材料补录</span>}
          </div>
          <p>{f.says}</p>
          <p className="small t3">{f.clause}</p>
        </li>
      ))}
    </ul>
  )
}
