import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { Icon } from '#web/parts/Icon.tsx'
import { holds, useSession } from '#web/session.ts'
import { countText } from '#web/text.ts'
import type { Api } from '../../../platform.ts'
import type { SchemeData } from './SchemePage.tsx'
import { useLater } from './useLater.ts'
import { lastYear, marksText } from './words.ts'

type WhatIf = Api['evaluation.whatIf']['output']

interface Props {
  data: SchemeData
  content: any
  touched: boolean
  orgId: string | undefined
}

/** 用去年实绩试算: the distribution before and after, and whose grade changes by which indicator, while the hand is still on the slider. */
export function WhatIfCard({ data, content, touched, orgId }: Props) {
  const session = useSession()
  const [asked, setAsked] = useState(false)
  const [through, setThrough] = useState<number>()
  const allowed = orgId !== undefined && holds(session, 'evaluation.manage') && data.readOnlyBecause === null
  const on = allowed && (asked || touched)
  const ref = data.schemeId ? { schemeId: data.schemeId } : { shipped: data.shipped }
  const input = on ? { ...ref, orgId, period: lastYear(), content, ...(through === undefined ? {} : { through }) } : null
  const { data: answer, error, isPending } = useLater<WhatIf>('evaluation.whatIf', input, 150)
  if (answer && through === undefined) setThrough(answer.through)
  if (!allowed) return null
  return (
    <section className="card" aria-busy={isPending}>
      <header>
        <h2>用去年实绩试算</h2>
        {answer && (
          <span className="small t2" role="status">
            {isPending ? '正在算…' : '已算完'}
          </span>
        )}
      </header>
      {!on ? (
        <div className="inside">
          <p className="small t2">改动分值或规则后自动试算；也可以先看现行的分布。试算都有记录，不影响任何结果。</p>
          <button type="button" className="button small ev-after" onClick={() => setAsked(true)}>
            试算 {lastYear()} 年
          </button>
        </div>
      ) : error ? (
        <div className="inside">
          <ErrorCard error={error} />
        </div>
      ) : (
        answer && <Outcome answer={answer} />
      )}
    </section>
  )
}

function Outcome({ answer }: { answer: WhatIf }) {
  const [all, setAll] = useState(false)
  const most = Math.max(1, ...answer.grades.flatMap((g) => [g.before, g.after]))
  const shown = all ? answer.changes : answer.changes.slice(0, 3)
  return (
    <>
      <div className="inside">
        <p className="row between small t2">
          <span>
            {lastYear()} 年 {answer.objects} 个组织，账本第 {countText(answer.through)} 号
          </span>
          <span className="ev-legend">
            <i /> 现行 <i className="after" /> 本稿
          </span>
        </p>
        <ul className="ev-grades">
          {answer.grades.map((g) => (
            <li key={g.name}>
              <span className="ellipsis">{g.name}</span>
              <span className="ev-bars" aria-hidden="true">
                <i style={{ width: `${(g.before / most) * 100}%` }} />
                <i className="after" style={{ width: `${(g.after / most) * 100}%` }} />
              </span>
              <span className="nowrap">
                {g.before} → <b>{g.after}</b>
              </span>
              <span className="right nowrap">
                {g.after === g.before ? <span className="t3">不变</span> : <b>{signed(g.after - g.before)}</b>}
              </span>
            </li>
          ))}
        </ul>
      </div>
      <p className="ev-changed">
        等次变化 <b>{answer.changes.length}</b> 个组织
        <span className="t2">，得分变化 {answer.moved} 个</span>
      </p>
      <ul className="ev-lines">
        {shown.map((c) => (
          <li key={c.orgId}>
            <span className="row between">
              <Link to="/evaluation" search={{ org: c.orgId } as never}>
                {c.name}
              </Link>
              <span className="nowrap">
                <span className="t3">{marksText(c.scoreBefore)} →</span> {marksText(c.scoreAfter)}
              </span>
            </span>
            <span className="small">
              {c.from} → {c.to}
              <span className="t2">
                ，因{' '}
                {c.by
                  .slice(0, 3)
                  .map((b) => `${b.name} ${b.before ?? '未定'}→${b.after ?? '未定'}`)
                  .join('、') || '等次界限'}
              </span>
            </span>
          </li>
        ))}
      </ul>
      <p className="ev-changed small">{stabilityText(answer.stability)}</p>
      <p className="inside tiny t3">
        这一期第 {answer.trials} 次试算，已记录。{answer.milliseconds} 毫秒算完。
      </p>
      {answer.changes.length > 3 && (
        <button type="button" className="link ev-more" onClick={() => setAll(!all)}>
          {all ? '收起' : `看全部 ${answer.changes.length} 个，逐个看是哪一项引起的`} <Icon name="right" size={13} />
        </button>
      )}
    </>
  )
}

/** How stable the order is when one weight moves by a tenth; a count of pairs, never a name. */
function stabilityText({ pairs, flipped, by, still, items }: WhatIf['stability']): string {
  if (pairs === 0) return '同类组织不足两个，谈不上先后是否稳定。'
  if (flipped === 0) return `稳定：任何一项分值上下浮动 10%，同类组织之间 ${countText(pairs)} 对先后都不变。`
  const share = (flipped / pairs) * 100
  const worst = `「${by}」浮动 10%，${countText(pairs)} 对先后中有 ${countText(flipped)} 对换位`
  return `${share >= 5 ? '不够稳定' : '较稳定'}：影响最大的是${worst}（${share.toFixed(1)}%）；${items} 项里有 ${still} 项浮动不改变先后。`
}

const signed = (n: number) => (n > 0 ? `+${n}` : `−${-n}`)
