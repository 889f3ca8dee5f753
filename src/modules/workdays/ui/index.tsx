import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import type { ModuleUi } from '#web/moduleUi.ts'

export const ui: ModuleUi = {
  menu: [
    {
      label: '放假与调休',
      whose: '党务干部',
      to: '/workdays',
      icon: 'calendar',
      group: '制度与设置',
      order: 82,
      needs: 'workdays.manage',
    },
  ],
  routes: (root) => [
    createRoute({
      getParentRoute: () => root,
      path: '/workdays',
      component: lazyRouteComponent(() => import('./HolidaysPage.tsx'), 'HolidaysPage'),
    }),
  ],
}
