import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import type { ModuleUi } from '#web/moduleUi.ts'

export const ui: ModuleUi = {
  menu: [
    {
      label: '日程',
      whose: '党员和党务干部',
      to: '/calendar',
      icon: 'clock',
      order: 25,
      needs: (session) => session.orgs.length > 0,
    },
  ],
  routes: (root) => [
    createRoute({
      getParentRoute: () => root,
      path: '/calendar',
      component: lazyRouteComponent(() => import('./CalendarPage.tsx'), 'CalendarPage'),
    }),
  ],
}
