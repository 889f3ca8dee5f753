import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import type { ModuleUi } from '#web/moduleUi.ts'

export const ui: ModuleUi = {
  menu: [],
  routes: (root) => [
    createRoute({
      getParentRoute: () => root,
      path: '/search',
      component: lazyRouteComponent(() => import('./SearchPage.tsx'), 'SearchPage'),
    }),
  ],
}
