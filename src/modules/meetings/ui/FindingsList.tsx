import { Link } from '@tanstack/react-router'
import { useRead } from '#web/api.ts'
import { Empty } from '#web/parts/Empty.tsx'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { Formula } from '#web/parts/Quorum.tsx'
import { Skeleton } from '#web/parts/Skeleton.tsx'
import type { Api } from '../../../platform.ts'

type Finding = Api['meetings.findings']['output']['items'][number]

const NAMES: Record<Finding['key'], { words: string; tone: string }> = {
  'below-quorum': { words: '表决无效', tone: 'zhe' },
  'exactly-half': { words: '恰好一半', tone: 'zhe' },
  'recorded-otherwise': { words: '结果与票数不符', tone: 'zhe' },
  'probationary-vote': { words: '计票有误', tone: 'zhe' },
  'late-entry': { words: '补录', tone: 'hu' },
  unsigned: { words: '未签字', tone: 'hu' },
  'roster-changed': { words: '应到有变', tone: 'hu' },
}

/** What the records of a year show that wants a look: which rule, and what to do. */
export function FindingsList({ orgId, year }: { orgId: string; year: number }) {
  const { data, error, refetch } = useRead('meetings.findings', { orgId, from: `${year}-01-01`, to: `${year}-12-31` })
  if (error) return <ErrorCard error={error} again={refetch} />
  if (!data) return <Skeleton lines={6} />
  if (data.items.length === 0) return <Empty done why={`${year} 年的会议记录没有需要核对的。`} />
  return (
    <ul className="lines findings">
      {data.items.map((f) => (
        <li key={f.key + f.meetingId + f.says}>
          <span className={`tag ${NAMES[f.key].tone}`}>{NAMES[f.key].words}</span>
          <div className="grow">
            <p>
              <Formula text={f.says} />
            </p>
            <p className="small t2">
              {f.remedy}。<span className="t3">依据：{f.source}</span>
            </p>
          </div>
          <Link className="button small" to={f.open}>
            去核对
          </Link>
        </li>
      ))}
    </ul>
  )
}
