import { Outlet, useRouterState } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { closedEntry } from '../moduleUi.ts'
import { useSession } from '../session.ts'
import { KeptNotice } from './KeptNotice.tsx'
import { NotYours } from './NotFound.tsx'
import { PhoneBar } from './PhoneBar.tsx'
import { ProveSelf } from './ProveSelf.tsx'
import { SideBar } from './SideBar.tsx'
import { SignInAgain } from './SignInAgain.tsx'
import { TopBar } from './TopBar.tsx'

/** What surrounds every page: side bar, top bar, notices of the installation, and on a phone the bottom bar. */
export function Frame() {
  const { notices } = useSession()
  const main = useFocusOnNewPage()
  return (
    <div className="frame">
      <a className="skip" href="#main">
        跳到正文
      </a>
      <SideBar />
      <div className="frame-main">
        <TopBar />
        {notices.length > 0 && (
          <div className="frame-notices" role="status">
            {notices.map((notice) => (
              <p key={notice}>{notice}</p>
            ))}
          </div>
        )}
        <KeptNotice />
        <main id="main" ref={main} tabIndex={-1} className="frame-body">
          <Body />
        </main>
      </div>
      <PhoneBar />
      <ProveSelf />
      <SignInAgain />
    </div>
  )
}

/** The page, unless it is somebody else's: then whose. */
function Body() {
  const path = useRouterState({ select: (state) => state.location.pathname })
  const closed = closedEntry(useSession(), path)
  return closed ? <NotYours item={closed} /> : <Outlet />
}

/** Keyboard and screen reader begin at the top of a page just opened. */
function useFocusOnNewPage() {
  const main = useRef<HTMLElement>(null)
  const path = useRouterState({ select: (state) => state.location.pathname })
  const last = useRef(path)
  useEffect(() => {
    if (last.current === path) return
    last.current = path
    main.current?.focus({ preventScroll: true })
  }, [path])
  return main
}
