import { Link } from '@tanstack/react-router'
import { useAddress } from '#web/address.ts'
import { useCommand, useRead, useReadPages } from '#web/api.ts'
import { Empty } from '#web/parts/Empty.tsx'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { PageTitle } from '#web/parts/PageTitle.tsx'
import { Skeleton } from '#web/parts/Skeleton.tsx'
import { Tabs } from '#web/parts/Tabs.tsx'
import { countText, momentText } from '#web/text.ts'
import './notifications.css'

/** What one was told, newest first; opening one marks it as read. */
export function NoticesPage() {
  const [{ view = 'unread' }, change] = useAddress<{ view?: 'unread' | 'all' }>()
  const list = useReadPages('notifications.list', { unread: view === 'unread' })
  const { data: count } = useRead('notifications.count', {})
  const read = useCommand('notifications.read')
  const unread = count?.unread ?? 0
  return (
    <>
      <PageTitle
        conclusion={count === undefined ? '消息' : unread === 0 ? '没有没看的消息' : `${countText(unread)} 条没看的消息`}
        note="同一件事只告诉一次；办完的自己会消失。要用邮件收，在「我的」里设置邮箱，每个工作日最多一封"
        actions={
          unread > 0 && (
            <button type="button" className="button" disabled={read.isPending} onClick={() => read.mutate({ ids: [] })}>
              全部标为已看
            </button>
          )
        }
      />
      <section className="card">
        <Tabs
          label="看哪些消息"
          tabs={[
            { key: 'unread', label: '没看的' },
            { key: 'all', label: '全部' },
          ]}
          active={view}
          onChange={(key) => change({ view: key === 'all' ? key : undefined })}
        />
        {list.error ? (
          <ErrorCard error={list.error} again={list.again} />
        ) : list.isPending ? (
          <Skeleton lines={6} />
        ) : list.items.length === 0 ? (
          <Empty done why={view === 'unread' ? '都看过了。' : '还没有消息。'} later="有交给你办的、有答复的、快到期的，会出现在这里。" />
        ) : (
          <ul className="notices">
            {list.items.map(({ id, text, open, at, read: seen }) => (
              <li key={id}>
                <Link to={open as never} className={seen ? 't2' : 'unread'} onClick={() => seen || read.mutate({ ids: [id] })}>
                  {!seen && <span className="hidden-text">没看：</span>}
                  <span className="grow">{text}</span>
                  <time className="small t3" dateTime={at}>
                    {momentText(at)}
                  </time>
                </Link>
              </li>
            ))}
          </ul>
        )}
        {list.more && (
          <p className="list-foot">
            <button type="button" className="button text" disabled={list.isFetching} onClick={list.more}>
              看更早的
            </button>
          </p>
        )}
      </section>
    </>
  )
}
