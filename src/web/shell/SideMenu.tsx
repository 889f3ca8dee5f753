import { Link, useRouterState } from '@tanstack/react-router'
import { type MenuItem, menuOf } from '../moduleUi.ts'
import { Icon } from '../parts/Icon.tsx'
import { useSession } from '../session.ts'

/** The menu of this person, by groups. */
export function SideMenu() {
  const groups = Map.groupBy(menuOf(useSession()), (item) => item.group ?? '')
  return (
    <nav className="side-nav" aria-label="主导航">
      {[...groups].map(([group, items]) => (
        <section key={group}>
          {group && <h2>{group}</h2>}
          <ul>
            {items.map((item) => (
              <li key={item.to}>
                <Entry item={item} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </nav>
  )
}

const noCount = () => undefined

function Entry({ item }: { item: MenuItem }) {
  const useCount = item.useCount ?? noCount
  const count = useCount()
  const exact = useBelongsDeeper(item)
  return (
    <Link
      to={item.to}
      className="side-entry"
      activeOptions={{ exact }}
      activeProps={{ className: 'on', 'aria-current': 'page' }}
      title={item.label}
    >
      <Icon name={item.icon ?? 'document'} size={17} />
      <span className="side-word">{item.label}</span>
      {count ? (
        <span className="side-count">
          {count}
          <span className="hidden-text"> 件等你办</span>
        </span>
      ) : null}
    </Link>
  )
}

/** True while the page on show belongs to an entry below this one: then this one is not the current place. */
function useBelongsDeeper({ to }: MenuItem): boolean {
  const path = useRouterState({ select: (state) => state.location.pathname })
  return menuOf(useSession()).some((other) => other.to.startsWith(`${to}/`) && (path === other.to || path.startsWith(`${other.to}/`)))
}
