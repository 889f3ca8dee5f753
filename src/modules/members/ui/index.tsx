import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import type { ModuleUi } from '#web/moduleUi.ts'

export const ui: ModuleUi = {
  menu: [
    {
      label: '党员名册',
      whose: '支部委员和党务干部',
      to: '/members',
      icon: 'people',
      group: '党员',
      order: 50,
      needs: 'members.read',
      phone: '支部',
    },
  ],
  guarded: [{ label: '导入花名册', whose: '支部书记、组织委员和党务干部', to: '/members/import', needs: 'members.manage' }],
  routes: (root) => [
    createRoute({
      getParentRoute: () => root,
      path: '/members',
      component: lazyRouteComponent(() => import('./RosterPage.tsx'), 'RosterPage'),
    }),
    createRoute({
      getParentRoute: () => root,
      path: '/members/import',
      component: lazyRouteComponent(() => import('./ImportPage.tsx'), 'ImportPage'),
    }),
  ],
}
