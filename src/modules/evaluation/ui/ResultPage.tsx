import { Link } from '@tanstack/react-router'
import { useRef } from 'react'
import { useAddress } from '#web/address.ts'
import { downloadOf, useRead } from '#web/api.ts'
import { useOrg } from '#web/org.ts'
import { Empty } from '#web/parts/Empty.tsx'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { Icon } from '#web/parts/Icon.tsx'
import { PageTitle } from '#web/parts/PageTitle.tsx'
import { Skeleton } from '#web/parts/Skeleton.tsx'
import { usePhone } from '#web/screen.ts'
import { dateText } from '#web/text.ts'
import { Absent } from './Absent.tsx'
import { BandScale } from './BandScale.tsx'
import { Distribution } from './Distribution.tsx'
import { ItemCard } from './ItemCard.tsx'
import { ScoreTree } from './ScoreTree.tsx'
import { BeforeAfter } from './StepForms.tsx'
import { ToDos } from './ToDos.tsx'
import './evaluation.css'
import { marksText, periodName, type Ref, type Result, schemeRef } from './words.ts'

interface Search {
  run?: string
  scheme?: string
  period?: string | number
  item?: string
}

/** 03 考核结果: where every mark comes from, what was lost, and what can be done about it. */
export function ResultPage() {
  const { org } = useOrg()
  const [search, change] = useAddress<Search>()
  const which = search.run ? { runId: search.run } : { ...schemeRef(search.scheme ?? ''), period: String(search.period ?? '') }
  const input: Ref = { orgId: org?.id ?? '', ...which }
  const { data, error, isPending, refetch } = useRead('evaluation.result', input, { enabled: org !== undefined })
  const open = (item: string) => change({ item })
  if (error)
    return (
      <>
        <PageTitle conclusion="这份结果现在看不了" />
        <ErrorCard error={error} again={refetch} />
        <p className="small ev-after">
          <Link to="/evaluation">回到考核结果</Link>
        </p>
      </>
    )
  if (isPending || !org) return <Skeleton lines={10} doing="正在由实绩计算得分" />
  return (
    <>
      <Head data={data} input={input} />
      {data.state === 'selfCheck' && <OnlyForYou />}
      <ResultBody data={data} input={input} chosen={search.item} onOpen={open} />
    </>
  )
}

/** Said on every score of a period that still runs. */
export const OnlyForYou = () => (
  <p className="note dai ev-after">
    <Icon name="info" />
    <span>按今天已存入的记录计算，考核期结束前还会变，上级看不到这一页。</span>
  </p>
)

interface BodyProps {
  data: Result
  input: Ref
  /** Path of the indicator on show; left out, the first that lost marks. */
  chosen: string | undefined
  onOpen: (path: string) => void
}

/** The score tree, the chosen indicator with its evidence, and what follows from it. */
export function ResultBody({ data, input, chosen: path, onOpen }: BodyProps) {
  const phone = usePhone()
  const item = useRef<HTMLDivElement>(null)
  const openItem = (to: string) => {
    onOpen(to)
    // On a phone the indicator stands below the tree.
    if (phone) item.current?.scrollIntoView({ block: 'start' })
  }
  const items = data.dimensions.flatMap((d) => d.items)
  const chosen = items.find((i) => i.path === path) ?? items.find((i) => Number(i.lost) > 0) ?? items[0]
  return (
    <div className="ev-result">
      <ScoreTree dimensions={data.dimensions} chosen={chosen?.path} onOpen={openItem} />
      <div ref={item} className="ev-chosen">
        {chosen ? <ItemCard key={chosen.path} item={chosen} input={input} result={data} /> : <Empty why="这份方案没有指标。" />}
      </div>
      <div className="stack">
        {data.runId && <Distribution orgId={input.orgId} runId={data.runId} path={chosen?.path} name={chosen?.name} />}
        <Recalculated data={data} />
        <ToDos orgId={input.orgId} items={data.toDos} onOpen={openItem} />
        <Absent result={data} onOpen={openItem} />
        <Elsewhere data={data} />
      </div>
    </div>
  )
}

/** Name, score and grade; on a page that has its own title the name is a heading below it. */
export function Head({ data, input, as }: { data: Result; input: Ref; as?: 'h2' }) {
  return (
    <section className="card ev-head">
      {as ? (
        <h2>
          {data.org.name} {periodName(data.period)}
        </h2>
      ) : (
        <PageTitle
          conclusion={data.org.name}
          note={`${periodName(data.period)}考核 · ${data.stateName}`}
          crumb={`${data.org.name} ${periodName(data.period)}`}
        />
      )}
      <p className="ev-score">
        <b>{marksText(data.score)}</b>
        <span>/ {data.outOf ?? '未定'}</span>
      </p>
      <BandScale data={data} />
      <div className="ev-head-actions">
        <button type="button" className="button" onClick={() => window.print()}>
          <Icon name="print" /> 打印
        </button>
        <a className="button" href={downloadOf('evaluation.resultWorkbook', input)}>
          <Icon name="download" /> 导出得分依据
        </a>
      </div>
    </section>
  )
}

/** What appeals changed: the marks before and after, never silently. */
function Recalculated({ data }: { data: Result }) {
  if (data.recalculated.length === 0) return null
  return (
    <section className="card">
      <header>
        <h2>申诉后重算</h2>
      </header>
      <ul className="ev-lines">
        {data.recalculated.map((r) => (
          <li key={r.on + r.scoreAfter}>
            <span className="row between">
              <span>{dateText(r.on)}</span>
              <BeforeAfter change={r} />
            </span>
            <span className="small t2">{r.items.map((i) => `${i.name} ${i.before ?? '未定'} → ${i.after ?? '未定'}`).join('；')}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Bars and vetoes, and what the result means elsewhere; and what the whole rests on. */
function Elsewhere({ data }: { data: Result }) {
  return (
    <>
      {data.bars.length > 0 && (
        <section className="card">
          <header>
            <h2>资格与否决</h2>
          </header>
          <ul className="ev-lines">
            {data.bars.map((b) => (
              <li key={b.says}>{b.says}</li>
            ))}
          </ul>
        </section>
      )}
      {data.linkage.length > 0 && (
        <section className="card">
          <header>
            <h2>结果用到哪里</h2>
          </header>
          <ul className="ev-lines">
            {data.linkage.map((l) => (
              <li key={l.to}>
                <b>{l.to}</b>
                <span className="small t2">{l.says}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <p className="tiny t3 ev-basis">
        {data.schemeName} · 方案指纹 <span className="mono">{data.fingerprint.slice(0, 12)}</span> · 按 {dateText(data.asAt)} 的情况 ·
        账本第 {data.through} 号 · 树根 <span className="mono">{data.root.slice(0, 12)}</span>
      </p>
    </>
  )
}
