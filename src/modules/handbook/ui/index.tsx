import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import type { ModuleUi } from '#web/moduleUi.ts'

export const ui: ModuleUi = {
  menu: [
    {
      label: '支部工作手册',
      whose: '支部委员和党务干部',
      to: '/handbook',
      icon: 'print',
      group: '台账与报表',
      order: 75,
      needs: 'handbook.read',
    },
  ],
  routes: (root) => [
    createRoute({
      getParentRoute: () => root,
      path: '/handbook',
      component: lazyRouteComponent(() => import('./HandbookPage.tsx'), 'HandbookPage'),
    }),
  ],
}
