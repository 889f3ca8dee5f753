import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import type { ModuleUi } from '#web/moduleUi.ts'

export const ui: ModuleUi = {
  menu: [
    { label: '组织架构', whose: '党员和党务干部', to: '/organisation', icon: 'tree', group: '基础', order: 80, needs: 'organisation.read' },
  ],
  routes: (root) => [
    createRoute({
      getParentRoute: () => root,
      path: '/organisation',
      component: lazyRouteComponent(() => import('./TreePage.tsx'), 'TreePage'),
    }),
    createRoute({
      getParentRoute: () => root,
      path: '/organisation/import',
      component: lazyRouteComponent(() => import('./ImportPage.tsx'), 'ImportPage'),
    }),
  ],
}
