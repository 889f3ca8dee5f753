import { QueryClientProvider } from '@tanstack/react-query'
import { createRootRoute, createRoute, createRouter, lazyRouteComponent, RouterProvider, redirect } from '@tanstack/react-router'
import { createRoot } from 'react-dom/client'
import { cache } from './api.ts'
import { Look } from './Look.tsx'
import './look/shell.css'
import './look/parts.css'
import './look/print.css'
import { menuOf, uis } from './moduleUi.ts'
import { SESSION, type Session } from './session.ts'
import { Frame } from './shell/Frame.tsx'
import { CannotShow, NotFound } from './shell/NotFound.tsx'

const root = createRootRoute({
  component: Frame,
  notFoundComponent: NotFound,
  validateSearch: (search: Record<string, unknown>) => search,
})
const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  // Everybody begins with the first thing of their own menu.
  beforeLoad: () => {
    const session = cache.getQueryData<Session>([SESSION, {}])
    throw redirect({ to: (session && menuOf(session)[0]?.to) ?? '/me' })
  },
})
const me = createRoute({
  getParentRoute: () => root,
  path: '/me',
  component: lazyRouteComponent(() => import('./shell/MePage.tsx'), 'MePage'),
})

const router = createRouter({
  routeTree: root.addChildren([home, me, ...uis.flatMap((ui) => ui.routes(root))]),
  defaultPreload: 'intent',
  defaultErrorComponent: CannotShow,
  defaultPendingMs: 300,
  scrollRestoration: true,
})

/** Shows the platform to the person of this session. */
export function showPlatform(host: HTMLElement, session: Session) {
  cache.setQueryData([SESSION, {}], session)
  createRoot(host).render(
    <QueryClientProvider client={cache}>
      <Look>
        <RouterProvider router={router} />
      </Look>
    </QueryClientProvider>,
  )
}
