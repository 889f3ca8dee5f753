import { Link } from '@tanstack/react-router'
import { useRead } from '#web/api.ts'
import { Icon } from '#web/parts/Icon.tsx'
import { useLive } from './live.ts'

const MINUTE = 60_000
const MOST = 99

/** In the top bar: how many notices this person has not read, live, and the way to them. */
export function NoticeCount() {
  useLive()
  const { data } = useRead('notifications.count', {}, { refetchInterval: 5 * MINUTE })
  const unread = data?.unread ?? 0
  const words = unread === 0 ? '没有新消息' : `${unread} 条没看的消息`
  return (
    <Link className="top-icon top-bell" to="/notices" aria-label={words} title={words}>
      <Icon name="chat" size={18} />
      {unread > 0 && <b aria-hidden>{unread > MOST ? `${MOST}+` : unread}</b>}
    </Link>
  )
}
