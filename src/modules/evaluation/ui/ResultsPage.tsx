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
import { FinaliseForm } from './FinaliseForm.tsx'
import { RunForm } from './RunForm.tsx'
import { SelfCheckCard } from './SelfCheckCard.tsx'
import './evaluation.css'
import { periodName } from './words.ts'

type Run = Api['evaluation.runs']['output']['items'][number]

/** 考核结果: what was published about the organisations a person may see; no running scores of others, no order by marks. */
export function ResultsPage() {
  const { org } = useOrg()
  const [running, setRunning] = useState(false)
  const [finalising, setFinalising] = useState<Run>()
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
            items.map((run: Run) => <RunCard key={run.id} run={run} ownId={org.id} onFinalise={() => setFinalising(run)} />)
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
      {finalising && <FinaliseForm run={finalising} onClose={() => setFinalising(undefined)} />}
    </>
  )
}

const conclusionOf = (runs: readonly Run[]): string => {
  const checking = runs.filter((r) => r.state === 'checking').length
  return checking > 0 ? `${checking} 期结果正在核对，可以申诉` : `已确定 ${runs.length} 期结果`
}

function RunCard({ run, ownId, onFinalise }: { run: Run; ownId: string; onFinalise: () => void }) {
  return (
    <section className="card" aria-label={`${run.schemeName} ${periodName(run.period)}`}>
      <header>
        <h2>
          {run.schemeName} · {periodName(run.period)}
        </h2>
        <Status kind={run.state === 'final' ? 'done' : 'soon'}>{run.stateName}</Status>
      </header>
      <div className="inside">
        <p className="small t2">
          {run.orgName}发布，按 {dateText(run.asAt)} 的情况，账本第 {run.through} 号{run.documentNo && `，${run.documentNo}`}
        </p>
        <ul className="ev-objects">
          {run.objects.map((o) => (
            <li key={o.orgId}>
              <Link className={o.orgId === ownId ? 'strong' : ''} to="/evaluation/result" search={{ org: o.orgId, run: run.id } as never}>
                {o.orgName}
              </Link>
            </li>
          ))}
        </ul>
        {run.can.finalise && (
          <button type="button" className="button small" onClick={onFinalise}>
            凭文号确定结果
          </button>
        )}
      </div>
    </section>
  )
}
