import { Link, useParams } from '@tanstack/react-router'
import { App } from 'antd'
import { useState } from 'react'
import { instant } from '#kernel/civilDate.ts'
import { useRead } from '#web/api.ts'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { FileLinks } from '#web/parts/FileLinks.tsx'
import { Icon } from '#web/parts/Icon.tsx'
import { PageTitle } from '#web/parts/PageTitle.tsx'
import { Skeleton } from '#web/parts/Skeleton.tsx'
import { Status } from '#web/parts/Status.tsx'
import { StepButton } from '#web/parts/StepButton.tsx'
import { Slot } from '#web/Slot.tsx'
import { momentText } from '#web/text.ts'
import { PLAN_STATES, type PlanView } from '../contract.ts'
import { Answer } from './Answer.tsx'
import { CalledList } from './CalledList.tsx'
import { CountsCard } from './CountsCard.tsx'
import { ElectionCard } from './ElectionCard.tsx'
import './meetings.css'
import { StepForm } from './StepForm.tsx'
import { kindsText, planWhen } from './words.ts'

/** A meeting planned ahead: the notice, who answered what, and the steps from here to the record. */
export function PlanPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const { data: p, error, refetch } = useRead('meetings.planned', { id })
  if (error) return <ErrorCard error={error} again={refetch} />
  if (!p) return <Skeleton lines={10} />
  return (
    <>
      <PageTitle
        conclusion={p.title}
        crumb={p.title}
        note={`${p.orgName} · ${kindsText(p)} · ${planWhen(p)}${p.place ? ` · ${p.place}` : ''}`}
        badge={<Status kind={p.state === 'cancelled' ? 'wrong' : p.state === 'held' ? 'done' : 'calm'}>{PLAN_STATES[p.state]}</Status>}
        actions={<Actions p={p} />}
      />
      <div className="columns meeting-columns">
        <div className="stack">
          <Answer p={p} />
          {p.state === 'cancelled' && (
            <div className="note zhe">
              <Icon name="warning" />
              <p>这次会已取消：{p.reason}</p>
            </div>
          )}
          {p.hidden && (
            <div className="note">
              <Icon name="info" />
              <p>这是委员会的会议，议程只有委员和通知到的人能看。</p>
            </div>
          )}
          {p.clashes.map((c) => (
            <div key={c.says} className="note hu">
              <Icon name="warning" />
              <p>{c.says}。</p>
            </div>
          ))}
          {!p.hidden && <Agenda p={p} />}
          {p.election && !p.hidden && <ElectionCard p={p} />}
          {!p.hidden && <CalledList p={p} />}
        </div>
        <aside className="stack">
          {!p.hidden && <Notice p={p} />}
          {!p.hidden && <CountsCard p={p} />}
          <Steps p={p} />
          <Slot name="plan" id={p.id} />
        </aside>
      </div>
    </>
  )
}

function Actions({ p }: { p: PlanView }) {
  if (p.meetingId)
    return (
      <Link className="button primary" to={`/meetings/${p.meetingId}`}>
        看会议记录
      </Link>
    )
  return (
    <>
      {p.can.change === true && (
        <Link className="button" to="/meetings/plan" search={{ edit: p.id } as never}>
          变更安排
        </Link>
      )}
      {p.can.tick === true && (
        <Link className="button" to={`/meetings/plans/${p.id}/code`}>
          <Icon name="tick" /> 签到
        </Link>
      )}
      {p.can.record === true && (
        <Link className={`button ${begun(p) ? 'primary' : ''}`} to="/record" search={{ plan: p.id } as never}>
          会开完了，记录
        </Link>
      )}
    </>
  )
}

const begun = (p: PlanView) => new Date(`${p.heldOn}T${p.start}:00+08:00`) <= instant()

const Agenda = ({ p }: { p: PlanView }) => (
  <section className="card">
    <header>
      <h2>议程</h2>
      <span className="small t2">{p.items.length} 项</span>
    </header>
    <ol className="inside agenda">
      {p.items.map((i) => (
        <li key={i.position} className="agenda-item">
          <span className="no">{i.position + 1}</span>
          <div>
            <p className="said">{i.topic}</p>
            <p className="small t2">
              {[i.presenter && `汇报：${i.presenter.name}`, i.papers.length > 0 && `材料：${i.papers.join('、')}`, i.back && '上次没有议完']
                .filter(Boolean)
                .join(' · ')}
            </p>
            <FileLinks files={i.files} />
          </div>
        </li>
      ))}
    </ol>
  </section>
)

/** The call as text, with the address of this page, to copy into any chat group. */
function Notice({ p }: { p: PlanView }) {
  const { message } = App.useApp()
  const text = `${p.notice}\n${location.origin}/meetings/plans/${p.id}`
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text)
      message.success('已复制，粘贴到群里即可')
    } catch {
      message.info('浏览器不让复制，请长按通知文字选择后复制')
    }
  }
  return (
    <section className="card">
      <header>
        <h2>会议通知</h2>
        <button type="button" className="button small" onClick={() => void copy()}>
          复制通知
        </button>
      </header>
      <pre className="inside said plan-notice">{text}</pre>
    </section>
  )
}

function Steps({ p }: { p: PlanView }) {
  const [cancelling, setCancelling] = useState(false)
  const step = { id: p.id, version: p.version }
  return (
    <section className="card">
      <header>
        <h2>安排</h2>
      </header>
      <div className="inside stack">
        <dl className="facts-list">
          <dt>主持人</dt>
          <dd>{p.chair.name}</dd>
          <dt>记录人</dt>
          <dd>{p.recorder.name}</dd>
          {p.observers.length > 0 && (
            <>
              <dt>列席</dt>
              <dd>{p.observers.join('、')}</dd>
            </>
          )}
          <dt>安排</dt>
          <dd>
            {p.madeBy ?? '系统管理'} · {momentText(p.madeAt)}
          </dd>
        </dl>
        {cancelling ? (
          <StepForm
            name="meetings.cancelPlan"
            title="取消这次会议"
            field="reason"
            label="原因（通知里会带上）"
            input={step}
            button="取消这次会议"
            danger
            onDone={() => setCancelling(false)}
          />
        ) : (
          <div className="row wrap">
            {p.can.renew === true && (p.joined.length > 0 || p.invited.some((i) => i.gone)) && (
              <StepButton name="meetings.renewInvited" label="按当天名册更新名单" input={step} can done="名单已更新" />
            )}
            {p.can.cancel === true && (
              <button type="button" className="button danger" onClick={() => setCancelling(true)}>
                取消这次会议
              </button>
            )}
          </div>
        )}
      </div>
    </section>
  )
}
