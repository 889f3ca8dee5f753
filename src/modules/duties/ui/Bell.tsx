import { Link } from '@tanstack/react-router'
import { useRead } from '#web/api.ts'
import { useOrg } from '#web/org.ts'
import { Icon } from '#web/parts/Icon.tsx'
import { holds, useSession } from '#web/session.ts'

/** In the top bar, for who records or looks after duties: how many things people are reminded of today, and the way to them. */
export function Bell() {
  const session = useSession()
  const { org } = useOrg()
  const asked = org !== undefined && (holds(session, 'meetings.record') || holds(session, 'duties.manage'))
  const { data } = useRead('duties.reminderCount', { orgId: org?.id ?? '' }, { enabled: asked })
  if (!asked) return null
  const count = data?.count ?? 0
  const words = count === 0 ? '今天没有提醒' : `今天提醒 ${count} 件${data?.more ? '以上' : ''}`
  return (
    <Link className="top-icon top-bell" to="/duties/reminders" search={{ org: org.id } as never} aria-label={words} title={words}>
      <Icon name="bell" size={18} />
      {count > 0 && (
        <b aria-hidden>
          {count}
          {data?.more && '+'}
        </b>
      )}
    </Link>
  )
}
