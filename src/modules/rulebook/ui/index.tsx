import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import type { ModuleUi } from '#web/moduleUi.ts'

export const ui: ModuleUi = {
  menu: [
    {
      label: '制度清单',
      whose: '党员和党务干部',
      to: '/rulebook',
      icon: 'document',
      group: '制度与设置',
      order: 81,
      needs: 'rulebook.read',
    },
  ],
  routes: (root) => [
    createRoute({
      getParentRoute: () => root,
      path: '/rulebook',
      component: lazyRouteComponent(() => import('./RulebookPage.tsx'), 'RulebookPage'),
    }),
  ],
}
