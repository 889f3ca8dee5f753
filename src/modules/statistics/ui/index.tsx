import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import type { ModuleUi } from '#web/moduleUi.ts'

export const ui: ModuleUi = {
  menu: [
    {
      label: '年报',
      whose: '支部委员和党务干部',
      to: '/statistics',
      icon: 'document',
      group: '台账与报表',
      order: 76,
      needs: 'statistics.read',
    },
  ],
  routes: (root) => [
    createRoute({
      getParentRoute: () => root,
      path: '/statistics',
      component: lazyRouteComponent(() => import('./StatisticsPage.tsx'), 'StatisticsPage'),
    }),
  ],
}
