import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import type { ModuleUi } from '#web/moduleUi.ts'

export const ui: ModuleUi = {
  menu: [
    {
      label: '组织架构',
      whose: '党员和党务干部',
      to: '/organisation',
      icon: 'tree',
      group: '组织建设',
      order: 60,
      needs: 'organisation.read',
    },
  ],
  guarded: [{ label: '导入组织', whose: '党务干部', to: '/organisation/import', needs: 'organisation.manage' }],
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
