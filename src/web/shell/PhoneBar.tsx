import { Link } from '@tanstack/react-router'
import { menuOf, type PhonePlace } from '../moduleUi.ts'
import { Icon, type IconName } from '../parts/Icon.tsx'
import { useSession } from '../session.ts'

const PLACES: { place: PhonePlace; icon: IconName }[] = [
  { place: '待办', icon: 'todo' },
  { place: '日历', icon: 'calendar' },
  { place: '记工作', icon: 'plus' },
  { place: '支部', icon: 'people' },
]

/** The bottom bar of a phone: what waits, the calendar, record, the branch, and oneself. */
export function PhoneBar() {
  const menu = menuOf(useSession())
  return (
    <nav className="phone-bar" aria-label="底部导航">
      {PLACES.map(({ place, icon }) => {
        const item = menu.find(({ phone }) => phone === place)
        if (!item) return null
        return place === '记工作' ? (
          <Link key={place} to={item.to} className="phone-record" aria-label="记工作">
            <span>
              <Icon name={icon} size={24} weight={2} />
            </span>
          </Link>
        ) : (
          <Place key={place} to={item.to} icon={icon} label={place} />
        )
      })}
      <Place to="/me" icon="person" label="我的" />
    </nav>
  )
}

const Place = ({ to, icon, label }: { to: string; icon: IconName; label: string }) => (
  <Link to={to} activeProps={{ className: 'on', 'aria-current': 'page' }}>
    <Icon name={icon} size={22} />
    {label}
  </Link>
)
