import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useRead, useReadPages } from '#web/api.ts'
import { useOrg } from '#web/org.ts'
import { Empty } from '#web/parts/Empty.tsx'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { PageTitle } from '#web/parts/PageTitle.tsx'
import { Skeleton } from '#web/parts/Skeleton.tsx'
import { Status } from '#web/parts/Status.tsx'
import { dateText } from '#web/text.ts'
import type { Api } from '../../../platform.ts'
import { RunForm } from './RunForm.tsx'
import { RunSteps } from './RunSteps.tsx'
import { SelfCheckCard } from './SelfCheckCard.tsx'
import './evaluation.css'
import { periodName } from './words.ts'

type Run = Api['evaluation.runs']['output']['items'][number]

/** 考核结果: what was published about the organisations a person may see; no running scores of others, no order by marks. */
export function ResultsPage() {
  const { org } = useOrg()
  const [running, setRunning] = useState(false)
  const { items, more, isPending, error, again } = useReadPages('evaluation.runs', org ? { orgId: org.id } : {})
  const check = useRead('evaluation.selfCheck', { orgId: org?.id ?? '' }, { enabled: org !== undefined })
  if (!org) return <Empty why="你还没有所在的党组织，这里没有考核结果。" />
  const manages = check.data?.can.set === true
  return (
    <>
      <PageTitle
        conclusion={items.length === 0 ? '还没有发布的考核结果' : conclusionOf(items)}
        note="每个得分都能点开看依据。名单按名称排列，不按得分，不排名次。"
        actions={
          manages && (
            <>
              <Link className="button" to="/evaluation/preview" search={{ org: org.id } as never}>
                试算
              </Link>
              <button type="button" className="button primary" onClick={() => setRunning(true)}>
                计算并发布一期结果
              </button>
            </>
          )
        }
      />
      <div className="columns">
        <div className="stack">
          {error ? (
            <ErrorCard error={error} again={again} />
          ) : isPending ? (
            <Skeleton lines={6} />
          ) : items.length === 0 ? (
            <section className="card">
              <Empty
                why="这里还没有发布过考核结果。"
                later={
                  manages ? '先凭文号发布一份考核方案，考核期结束后再计算并发布结果。' : '上级发布以后会出现在这里；平时看「应办事项」。'
                }
              />
            </section>
          ) : (
            items.map((run: Run) => <RunCard key={run.id} run={run} ownId={org.id} />)
          )}
          {more && (
            <button type="button" className="button" onClick={more}>
              往下看
            </button>
          )}
        </div>
        <div className="stack">{check.data && <SelfCheckCard orgId={org.id} name={org.name} check={check.data} />}</div>
      </div>
      {running && <RunForm orgId={org.id} onClose={() => setRunning(false)} />}
    </>
  )
}

const conclusionOf = (runs: readonly Run[]): string => {
  const waiting = runs.reduce((n, r) => n + r.openAppeals, 0)
  const checking = runs.filter((r) => r.state === 'checking').length
  const final = runs.filter((r) => r.state === 'final').length
  if (waiting > 0) return `有 ${waiting} 件申诉等待复核`
  if (checking > 0) return `${checking} 期结果正在核对，可以申诉`
  return final === runs.length ? `已确定 ${runs.length} 期结果` : `${runs.length - final} 期结果还没有确定`
}

function RunCard({ run, ownId }: { run: Run; ownId: string }) {
  return (
    <section className="card" aria-label={`${run.schemeName} ${periodName(run.period)}`}>
      <header>
        <h2>
          {run.schemeName} · {periodName(run.period)}
        </h2>
        <Status kind={run.state === 'final' ? 'done' : 'soon'}>{run.stateName}</Status>
      </header>
      <div className="inside stack">
        <p className="small t2">
          {run.orgName}发布，按 {dateText(run.asAt)} 的情况，数据冻结在账本第 {run.through} 号
        </p>
        <RunSteps run={run} />
        <ul className="ev-objects">
          {run.objects.map((o) => (
            <li key={o.orgId}>
              <Link className={o.orgId === ownId ? 'strong' : ''} to="/evaluation/result" search={{ org: o.orgId, run: run.id } as never}>
                {o.orgName}
              </Link>
            </li>
          ))}
        </ul>
      </div>
    </section>
  )
}
