import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import type { ModuleUi } from '#web/moduleUi.ts'

export const ui: ModuleUi = {
  menu: [
    { label: '年度计划', whose: '支部委员和党务干部', to: '/plans', icon: 'calendar', group: '计划与任务', order: 43, needs: 'plans.read' },
  ],
  routes: (root) => [
    createRoute({
      getParentRoute: () => root,
      path: '/plans',
      component: lazyRouteComponent(() => import('./PlansPage.tsx'), 'PlansPage'),
    }),
  ],
}
