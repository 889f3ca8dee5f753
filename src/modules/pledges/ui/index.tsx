import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import type { ModuleUi } from '#web/moduleUi.ts'

export const ui: ModuleUi = {
  menu: [
    {
      label: '公开承诺',
      whose: '党员',
      to: '/pledges',
      icon: 'chat',
      group: '党员',
      order: 56,
      needs: (session) => session.orgs.length > 0,
    },
  ],
  routes: (root) => [
    createRoute({
      getParentRoute: () => root,
      path: '/pledges',
      component: lazyRouteComponent(() => import('./PledgesPage.tsx'), 'PledgesPage'),
    }),
  ],
}
