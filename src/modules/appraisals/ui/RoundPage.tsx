import { Link, useParams } from '@tanstack/react-router'
import { App } from 'antd'
import { useState } from 'react'
import { ApiError, useCommand, useRead } from '#web/api.ts'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { PageTitle } from '#web/parts/PageTitle.tsx'
import { Skeleton } from '#web/parts/Skeleton.tsx'
import { TextArea } from '#web/parts/TextArea.tsx'
import { dateText } from '#web/text.ts'
import { GRADES, type RoundView } from '../contract.ts'
import { Grading } from './Grading.tsx'
import { RoundStatus } from './RoundsPage.tsx'
import { NextStep } from './Steps.tsx'

/** One year's 民主评议党员: one's own words and grade; for the committee the whole chain and its next step. */
export function RoundPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const { data: r, error, refetch } = useRead('appraisals.get', { id })
  if (error) return <ErrorCard error={error} again={refetch} />
  if (!r) return <Skeleton lines={8} />
  const committee = r.people.length > 0
  return (
    <>
      <PageTitle
        conclusion={r.title}
        crumb="民主评议"
        badge={<RoundStatus state={r.state} />}
        note={`参加 ${r.members} 人，定等次 ${r.graded} 人；已自评 ${r.reviewed} 人，已反馈 ${r.told} 人。`}
      />
      <div className="stack">
        {r.mine && <Mine r={r} />}
        {committee && <NextStep r={r} />}
        {committee && (r.countState === 'agreed' || r.state === 'feedback' || r.state === 'closed') && <Grading key={r.version} r={r} />}
        {committee && <Reviews r={r} />}
      </div>
    </>
  )
}

function Mine({ r }: { r: RoundView }) {
  const { message } = App.useApp()
  const [text, setText] = useState(r.mine!.selfReview ?? '')
  const command = useCommand('appraisals.selfReview', { keepOffline: '个人自评' })
  const problem = command.error instanceof ApiError ? command.error.fields?.text?.[0] : undefined
  const send = () => command.mutate({ id: r.id, text }, { onSuccess: () => void message.success('自评已存，互评以前都可以再改') })
  return (
    <section className="card">
      <header>
        <h2>我的自评</h2>
        {r.mine!.grade && r.mine!.toldOn && (
          <span className="tag dai">
            评议意见：{GRADES[r.mine!.grade]}（{dateText(r.mine!.toldOn)}反馈）
          </span>
        )}
      </header>
      <div className="inside stack">
        {r.can.review === true ? (
          <>
            <TextArea
              label="这一年做了什么、还差什么、明年怎么改（只有你和支委会看得到）"
              value={text}
              onChange={setText}
              problem={problem}
              rows={6}
              max={4000}
            />
            {command.error && !problem && <ErrorCard error={command.error} />}
            <div>
              <button
                type="button"
                className="button primary"
                aria-disabled={command.isPending || text.trim() === '' || undefined}
                onClick={() => !command.isPending && text.trim() !== '' && send()}
              >
                {command.isPending ? '正在存…' : '存下自评'}
              </button>
            </div>
          </>
        ) : (
          <p className="said">{r.mine!.selfReview ?? '没有写自评。'}</p>
        )}
      </div>
    </section>
  )
}

function Reviews({ r }: { r: RoundView }) {
  const missing = r.people.filter((p) => !p.reviewed)
  return (
    <section className="card">
      <header>
        <h2>个人自评</h2>
        <span className="small t2">{missing.length === 0 ? '都写了' : `还有 ${missing.length} 人没写`}</span>
      </header>
      <div className="inside stack">
        {missing.length > 0 && r.state === 'selfReview' && <p className="t2">没写：{missing.map((p) => p.name).join('、')}</p>}
        {r.people
          .filter((p) => p.selfReview)
          .map((p) => (
            <details key={p.personId}>
              <summary>{p.name}</summary>
              <p className="said">{p.selfReview}</p>
            </details>
          ))}
        {r.countId && (
          <p className="small">
            <Link to={`/meetings/counts/${r.countId}`}>看民主测评的计数</Link>
          </p>
        )}
      </div>
    </section>
  )
}
