import { useState } from 'react'
import { downloadOf, useRead, useReadPages } from '#web/api.ts'
import { Empty } from '#web/parts/Empty.tsx'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { PageTitle } from '#web/parts/PageTitle.tsx'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { Skeleton } from '#web/parts/Skeleton.tsx'
import { StepButton } from '#web/parts/StepButton.tsx'
import { TextArea } from '#web/parts/TextArea.tsx'
import { momentText } from '#web/text.ts'
import { STATES } from '../contract.ts'
import './privacy.css'

/** Everything that the system holds about the person who is signed in, who looked, and how to have it corrected. */
export function MyDataPage() {
  const { data, error, refetch } = useRead('privacy.mine', {})
  const [about, setAbout] = useState<string | null>(null)
  if (error) return <ErrorCard error={error} again={refetch} />
  const held = data?.parts.filter(({ lines }) => lines.length > 0) ?? []
  const none = data?.parts.filter(({ lines }) => lines.length === 0) ?? []
  return (
    <>
      <PageTitle
        conclusion="系统里关于你的全部内容"
        crumb="我的数据"
        note="每一类写明为什么存；哪里不对，点“请支部更正”"
        actions={
          <a className="button" href={downloadOf('privacy.download', {})} download>
            全部下载（Excel）
          </a>
        }
      />
      <div className="stack narrow">
        <MyRequests />
        <Viewers />
        {!data && <Skeleton lines={8} />}
        {held.map(({ title, why, lines }) => (
          <section className="card" key={title} aria-label={title}>
            <header>
              <h2 className="grow">{title}</h2>
              <button type="button" className="button text small" onClick={() => setAbout(title)}>
                请支部更正
              </button>
            </header>
            <p className="inside small t3">{why}</p>
            <dl className="my-data">
              {lines.map(({ label, value }, i) => (
                // The lines of one answer never change place.
                // biome-ignore lint/suspicious/noArrayIndexKey: lines have no name of their own
                <div key={i}>
                  <dt>{label}</dt>
                  <dd>{value}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
        {none.length > 0 && <p className="small t3">这些地方没有存你的内容：{none.map(({ title }) => title).join('、')}。</p>}
      </div>
      {about !== null && <AskForm about={about} onClose={() => setAbout(null)} />}
    </>
  )
}

function AskForm({ about, onClose }: { about: string; onClose: () => void }) {
  const [says, setSays] = useState('')
  return (
    <PanelForm
      name="privacy.ask"
      open
      onClose={onClose}
      kicker={about}
      title="请支部更正"
      note="支部核对后答复你；改没改、为什么，都会写给你"
      input={() => (says.trim().length < 2 ? '请写明哪里不对、应该是什么' : { what: about, says })}
      submit="请支部核对"
      done="已交给支部，答复会告诉你"
    >
      {(problems) => <TextArea label="哪里不对，应该是什么，凭什么" value={says} onChange={setSays} problem={problems.says} max={500} />}
    </PanelForm>
  )
}

function MyRequests() {
  const { items } = useReadPages('privacy.corrections', { limit: 20 })
  if (items.length === 0) return null
  return (
    <section className="card" aria-label="我请支部更正的">
      <header>
        <h2>我请支部更正的</h2>
      </header>
      <ul className="inside stack">
        {items.map((r) => (
          <li key={r.id}>
            <p className="row wrap">
              <span className="strong grow">
                {r.what}：{STATES[r.state]}
              </span>
              {r.can.withdraw && (
                <StepButton name="privacy.withdraw" kind="small" label="撤回" input={{ id: r.id, version: r.version }} can done="已撤回" />
              )}
            </p>
            <p className="small t2">{r.says}</p>
            {r.answer && (
              <p className="note">
                {r.answeredBy}答复：{r.answer}
              </p>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Viewers() {
  const list = useReadPages('privacy.viewers', { limit: 10 })
  return (
    <section className="card" aria-label="谁看过">
      <header>
        <h2 className="grow">谁看过你的证件号、电话、住址</h2>
        <span className="small t3">纪律审查按规定不在此列</span>
      </header>
      {list.isPending ? (
        <Skeleton lines={2} />
      ) : list.items.length === 0 ? (
        <Empty done why="没有人看过，也没有人把你导出在名册里" />
      ) : (
        <dl className="my-data">
          {list.items.map(({ id, at, who, what, reason }) => (
            <div key={id}>
              <dt>{momentText(at)}</dt>
              <dd>
                {who}
                {what}
                {reason && `：${reason}`}
              </dd>
            </div>
          ))}
        </dl>
      )}
      {list.more && (
        <div className="inside">
          <button type="button" className="button small" onClick={list.more}>
            往前看
          </button>
        </div>
      )}
    </section>
  )
}
