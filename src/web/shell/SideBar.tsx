import { Link } from '@tanstack/react-router'
import { Brand } from '../parts/Brand.tsx'
import { OrgSwitch } from './OrgSwitch.tsx'
import { SideMenu } from './SideMenu.tsx'
import { UserMenu } from './UserMenu.tsx'

/** The bar on the left: 216 wide, 64 (icons) below 1440, gone below 1200, where TopBar opens its content in a drawer. */
export function SideBar() {
  return (
    <aside className="side">
      <SideContent />
    </aside>
  )
}

/** Brand, organisation, menu and person; the drawer shows the same. */
export function SideContent() {
  return (
    <>
      <Link to="/" className="side-brand" aria-label="融建，回到首页">
        <Brand />
        <span className="side-word">融建</span>
      </Link>
      <OrgSwitch />
      <SideMenu />
      <UserMenu />
    </>
  )
}
