import { Link, useRouterState } from '@tanstack/react-router'
import { menuOf } from '../moduleUi.ts'
import { useOrg } from '../org.ts'
import { useCrumb } from '../parts/PageTitle.tsx'
import { useSession } from '../session.ts'

/** Organisation / menu entry / page. */
export function Crumbs() {
  const { org } = useOrg()
  const path = useRouterState({ select: (state) => state.location.pathname })
  const session = useSession()
  const own = useCrumb()
  const entry = menuOf(session)
    .filter(({ to }) => path === to || path.startsWith(`${to}/`))
    .sort((a, b) => b.to.length - a.to.length)[0]
  const parts = [
    org?.name || session.unit?.name,
    entry?.label ?? (path === '/me' ? '我的' : undefined),
    own === entry?.label ? undefined : own,
  ].filter(Boolean)
  return (
    <nav className="crumbs grow" aria-label="位置">
      <ol>
        {parts.map((part, i) => {
          const last = i === parts.length - 1
          return (
            <li key={part} aria-current={last ? 'page' : undefined}>
              {!last && part === entry?.label ? <Link to={entry!.to}>{part}</Link> : part}
            </li>
          )
        })}
      </ol>
    </nav>
  )
}
