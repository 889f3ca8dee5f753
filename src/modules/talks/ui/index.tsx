import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import type { ModuleUi } from '#web/moduleUi.ts'

export const ui: ModuleUi = {
  menu: [
    {
      label: '谈心谈话',
      whose: '支部委员和党务干部',
      to: '/talks',
      icon: 'chat',
      group: '组织生活',
      order: 35,
      needs: 'talks.read',
      phone: '支部',
    },
  ],
  routes: (root) => [
    createRoute({
      getParentRoute: () => root,
      path: '/talks',
      component: lazyRouteComponent(() => import('./TalksPage.tsx'), 'TalksPage'),
    }),
  ],
}
