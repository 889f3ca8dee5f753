import { Link, useParams } from '@tanstack/react-router'
import { App } from 'antd'
import { downloadOf, useCommand, useRead } from '#web/api.ts'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { Icon } from '#web/parts/Icon.tsx'
import { PageTitle } from '#web/parts/PageTitle.tsx'
import { PaperLinks } from '#web/parts/PaperLinks.tsx'
import { Skeleton } from '#web/parts/Skeleton.tsx'
import type { InvitedView, PlanView } from '../contract.ts'
import './meetings.css'
import { Quorate } from './Quorate.tsx'
import { kindsText, planWhen } from './words.ts'

/** 签到: the code on the screen of whoever leads, the list to tick beside it, and the count as it grows. */
export function CodePage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const { data: p, error, refetch } = useRead('meetings.planned', { id }, { refetchInterval: 5_000 })
  if (error) return <ErrorCard error={error} again={refetch} />
  if (!p) return <Skeleton lines={10} />
  const here = p.invited.filter((i) => i.signedAt && i.way !== 'codeLater')
  return (
    <>
      <PageTitle
        conclusion={`已签到 ${here.length} 人，应到 ${p.expected} 人`}
        crumb="签到"
        note={`${p.title} · ${kindsText(p)} · ${planWhen(p)}${p.place ? ` · ${p.place}` : ''}。扫码、点名、纸质签到一样算数，不用照片和定位。`}
        actions={<Actions p={p} />}
      />
      <div className="columns meeting-columns">
        <section className="card">
          <header>
            <h2>点名</h2>
            <span className="small t2">点名字记为到会，再点取消</span>
          </header>
          <div className="inside stack">
            {p.quorum && <Quorate check={p.quorum} gotName="有表决权实到" />}
            <Roll p={p} />
          </div>
        </section>
        <aside className="stack">
          <Code id={id} />
        </aside>
      </div>
    </>
  )
}

const Actions = ({ p }: { p: PlanView }) => (
  <>
    <PaperLinks
      label="纸质签到表"
      of={(format) => downloadOf('meetings.signInSheet', { id: p.id, format })}
      excel={downloadOf('meetings.signInTable', { id: p.id })}
    />
    {p.can.record === true && (
      <Link className="button primary" to="/record" search={{ plan: p.id } as never}>
        去记录
      </Link>
    )}
  </>
)

/** Everybody called, to tick; who sent a code from a phone without connection is to be confirmed. */
function Roll({ p }: { p: PlanView }) {
  const { message } = App.useApp()
  const tick = useCommand('meetings.tick', { keepOffline: '点名' })
  const called = p.invited.filter((i) => !i.gone)
  const isHere = (i: InvitedView) => i.signedAt !== null && i.way !== 'codeLater'
  const later = called.filter((i) => i.way === 'codeLater')
  const send = (people: { personId: string; present: boolean }[]) =>
    tick.mutate({ id: p.id, people }, { onError: (error) => void message.info(error.message) })
  const missing = called.filter((i) => i.part === 'expected' && !i.signedAt && i.answer !== 'leave')
  return (
    <>
      {later.length > 0 && (
        <div className="note hu" role="status">
          <Icon name="warning" />
          <p className="grow">{later.map((i) => i.name).join('、')} 是断网后补送的签到，请核对人在不在场，在的点一下名字。</p>
        </div>
      )}
      <fieldset className="chips" aria-label="点名">
        {called.map((i) => (
          <button
            key={i.personId}
            type="button"
            className="chip"
            aria-pressed={isHere(i)}
            onClick={() => send([{ personId: i.personId, present: !isHere(i) }])}
          >
            <span className="row">
              {isHere(i) && <Icon name="tick" size={13} />}
              {i.name}
              {i.part === 'guest' && <span className="t3">列席</span>}
              {i.answer === 'leave' && !i.signedAt && <span className="t3">请假</span>}
            </span>
          </button>
        ))}
      </fieldset>
      {missing.length > 0 && (
        <div>
          <button
            type="button"
            className="button"
            aria-disabled={tick.isPending || undefined}
            onClick={() => !tick.isPending && send(missing.map(({ personId }) => ({ personId, present: true })))}
          >
            没请假的 {missing.length} 人都到了
          </button>
        </div>
      )}
    </>
  )
}

/** The code, which turns by itself; a photo of it is worth nothing a minute later. */
function Code({ id }: { id: string }) {
  const { data, error } = useRead('meetings.signInCode', { id, origin: location.origin }, { refetchInterval: 5_000 })
  if (error) return <ErrorCard error={error} />
  return (
    <section className="card">
      <header>
        <h2>扫码签到</h2>
        {data && !data.closed && <span className="small t2">每 {data.turn} 秒换一次</span>}
      </header>
      <div className="inside stack sign-in-code">
        {data?.closed ? (
          <p className="t2">{data.closed}</p>
        ) : data ? (
          <img alt="签到二维码" src={`data:image/svg+xml,${encodeURIComponent(data.picture)}`} />
        ) : (
          <Skeleton lines={6} />
        )}
        <p className="small t2">用企业微信或手机相机扫，登录后自动签到。没带手机的，点名字即可。</p>
      </div>
    </section>
  )
}
