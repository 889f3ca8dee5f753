import { Link, useSearch } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useCommand } from '#web/api.ts'
import { Empty } from '#web/parts/Empty.tsx'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { Icon } from '#web/parts/Icon.tsx'
import { PageTitle } from '#web/parts/PageTitle.tsx'
import { Skeleton } from '#web/parts/Skeleton.tsx'
import './meetings.css'

/** Where a scanned code leads: signs in by itself and says so. Without a connection it is kept and sent later. */
export function SignInPage() {
  const { t } = useSearch({ strict: false }) as { t?: string }
  const command = useCommand('meetings.signIn', { keepOffline: '会议签到' })
  const sent = useRef<string | undefined>(undefined)
  useEffect(() => {
    if (!t || sent.current === t) return
    sent.current = t
    command.mutate({ token: String(t) })
  })
  if (!t) return <Empty why="没有签到码。请扫主持人屏幕上的二维码签到。" />
  const done = command.data
  return (
    <>
      <PageTitle conclusion={done ? (done.toConfirm ? '已送到，等记录人核对' : '已签到') : '会议签到'} crumb="会议签到" />
      <section className="card">
        <div className="inside stack">
          {command.error && <ErrorCard error={command.error} />}
          {!done && !command.error && <Skeleton lines={3} />}
          {done && (
            <>
              <p className="row song">
                <Icon name="tick" size={22} weight={2} />
                <b>
                  {done.orgName}「{done.title}」
                </b>
              </p>
              <p className="t2">
                {done.already
                  ? '你之前已经签过到，不用再签。'
                  : done.toConfirm
                    ? '这个码已经换过，你的签到标为断网后补送，由记录人核对。'
                    : '可以放下手机开会了。'}
              </p>
              <p>
                <Link to={`/meetings/plans/${done.planId}`}>看这次会的议程</Link>
              </p>
            </>
          )}
        </div>
      </section>
    </>
  )
}
