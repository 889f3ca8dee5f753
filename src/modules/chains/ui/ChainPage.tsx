import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useRead } from '#web/api.ts'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { Icon } from '#web/parts/Icon.tsx'
import { PageTitle } from '#web/parts/PageTitle.tsx'
import { Skeleton } from '#web/parts/Skeleton.tsx'
import { StepButton } from '#web/parts/StepButton.tsx'
import { LoopBar } from '#web/parts/Steps.tsx'
import { dateText } from '#web/text.ts'
import { CHAIN_KINDS, type ChainView, nextOf } from '../contract.ts'
import { DropForm, HandInForm, LinkForm, ReportForm } from './ChainForms.tsx'
import { LinesForm } from './LinesForm.tsx'
import { MyComparison } from './MyComparison.tsx'
import { OpinionForm } from './OpinionForm.tsx'

export type Open = 'opinions' | 'handIn' | 'link' | 'lines' | 'report' | 'drop' | null

/** One 组织生活会 or 民主生活会 from the first opinion to the rectification list, with what comes next. */
export function ChainPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const { data: c, error, refetch } = useRead('chains.get', { id })
  const [open, setOpen] = useState<Open>(null)
  if (error) return <ErrorCard error={error} again={refetch} />
  if (!c) return <Skeleton lines={8} />
  const shut = () => setOpen(null)
  return (
    <>
      <PageTitle
        conclusion={c.title}
        crumb={CHAIN_KINDS[c.kind]}
        {...(c.droppedReason ? { badge: <span className="tag">已作废：{c.droppedReason}</span> } : {})}
        note={`${dateText(c.openedOn)}开始筹备。意见和对照检查的内容只有本组织的书记、委员看得到。`}
      />
      <div className="stack">
        <Next c={c} onOpen={setOpen} />
        {c.mine && <MyComparison c={c} />}
        {c.can.addOpinions === true && <Opinions c={c} />}
        {c.people.length > 0 && <People c={c} />}
        {c.lines.length > 0 && <Lines c={c} />}
      </div>
      {open === 'opinions' && <OpinionForm c={c} onClose={shut} />}
      {open === 'handIn' && <HandInForm c={c} onClose={shut} />}
      {open === 'link' && <LinkForm c={c} onClose={shut} />}
      {open === 'lines' && <LinesForm c={c} onClose={shut} />}
      {open === 'report' && <ReportForm c={c} onClose={shut} />}
      {open === 'drop' && <DropForm c={c} onClose={shut} />}
    </>
  )
}

function Next({ c, onOpen }: { c: ChainView; onOpen: (open: Open) => void }) {
  const next = nextOf(c.steps)
  const at = next ? c.steps.indexOf(next) : c.steps.length
  const button = (open: Open, label: string, primary: boolean) => (
    <button type="button" className={`button ${primary ? 'primary' : ''}`} onClick={() => onOpen(open)}>
      {label}
    </button>
  )
  return (
    <section className="card" aria-label="办到哪一步">
      <div className="inside stack">
        <LoopBar steps={c.steps.map((s) => s.title)} now={at} done={c.steps.map((s) => s.done)} />
        <ul className="chain-says">
          {c.steps.map((s) => (
            <li key={s.key} className="row wrap">
              <Icon name={s.done ? 'tick' : 'clock'} size={15} />
              <b>{s.title}</b>
              <span className="t2">{s.says}</span>
              {s.key === 'talks' && c.talksLeft.length > 0 && <Link to="/talks">{names(c.talksLeft)}</Link>}
              {s.key === 'meeting' && c.meeting && (
                <Link to={`/meetings/${c.meeting.id}`}>
                  {c.meeting.title}（应到 {c.meeting.expected}，实到 {c.meeting.present}）
                </Link>
              )}
              {s.key === 'report' && !s.done && c.reportBy && (
                <span className="t2">一般在会后 15 日内，即 {dateText(c.reportBy)} 前（核对原文）</span>
              )}
            </li>
          ))}
        </ul>
        <div className="row wrap">
          {c.can.addOpinions === true && button('opinions', '记征求到的意见', next?.key === 'opinions')}
          {c.can.handIn === true && c.people.some((p) => !p.written) && button('handIn', '登记交了纸质的', false)}
          {c.can.link === true && button('link', '关联开过的会', next?.key === 'meeting')}
          {c.can.list === true && button('lines', '列整改清单', next?.key === 'list')}
          {c.can.report === true && button('report', c.reportedOn ? '更正上报日期' : '登记已上报', next?.key === 'report')}
          {c.can.unlink === true && (
            <StepButton
              name="chains.unlink"
              label="取消关联的会"
              input={{ id: c.id, version: c.version }}
              can
              warn="关联错了才取消；已经列出的整改任务不受影响。"
              done="已取消关联"
            />
          )}
          {c.can.drop === true && (
            <button type="button" className="button danger" onClick={() => onOpen('drop')}>
              作废这次筹备
            </button>
          )}
        </div>
      </div>
    </section>
  )
}

const names = (all: readonly string[]) => (all.length > 6 ? `${all.slice(0, 6).join('、')}等` : all.join('、'))

function People({ c }: { c: ChainView }) {
  const left = c.people.filter((p) => !p.written)
  return (
    <section className="card">
      <header>
        <h2>对照检查</h2>
        <span className="small t2">{left.length === 0 ? '都写了' : `还有 ${left.length} 人没写`}</span>
      </header>
      <div className="inside stack">
        {left.length > 0 && <p className="t2">没写：{left.map((p) => p.name).join('、')}</p>}
        {c.people
          .filter((p) => p.written)
          .map((p) =>
            p.text ? (
              <details key={p.personId}>
                <summary>{p.name}</summary>
                <p className="said">{p.text}</p>
              </details>
            ) : (
              <p key={p.personId}>
                {p.name} <span className="t2 small">{p.onPaper ? '已交纸质' : '已写'}</span>
              </p>
            ),
          )}
      </div>
    </section>
  )
}

function Opinions({ c }: { c: ChainView }) {
  return (
    <section className="card">
      <header>
        <h2>征求到的意见</h2>
        <span className="small t2">只有本组织的书记、委员看得到</span>
      </header>
      <div className="inside stack">
        {c.opinions.length === 0 && <p className="t2">还没有。座谈会、谈话、意见箱收到的都可以记在这里。</p>}
        {c.opinions.map((o) => (
          <div key={o.id} className="row wrap">
            <div className="grow">
              <p className="said">{o.text}</p>
              <p className="small t2">{[o.fromWhom, `${o.by ?? ''}收集`, dateText(o.on)].filter(Boolean).join(' · ')}</p>
            </div>
            <StepButton
              name="chains.withdrawOpinion"
              label="撤回"
              kind="small"
              input={{ id: o.id }}
              can
              warn="撤回这条意见？账上会留下撤回的记录。"
              done="已撤回"
            />
          </div>
        ))}
      </div>
    </section>
  )
}

function Lines({ c }: { c: ChainView }) {
  return (
    <section className="card">
      <header>
        <h2>整改清单</h2>
        <span className="small t2">每一项是一件任务，办结在任务里验收</span>
      </header>
      <ul className="plain-links">
        {c.lines.map((l) => (
          <li key={l.id}>
            <Link to={l.taskId ? `/todo/${l.taskId}` : '/tasks'}>
              <span className="grow">
                <b>{l.measure}</b>
                <small className="t2 small">
                  问题：{l.problem} · {l.owner ?? '支部'} · {dateText(l.dueOn)}前
                </small>
              </span>
              <span className="tag nowrap">{l.taskState ?? ''}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
