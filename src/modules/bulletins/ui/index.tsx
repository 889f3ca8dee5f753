import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import type { ModuleUi } from '#web/moduleUi.ts'

export const ui: ModuleUi = {
  menu: [
    {
      label: '通报',
      whose: '支部委员和党务干部',
      to: '/bulletins',
      icon: 'document',
      group: '计划与任务',
      order: 45,
      needs: 'bulletins.read',
    },
  ],
  routes: (root) => [
    createRoute({
      getParentRoute: () => root,
      path: '/bulletins',
      component: lazyRouteComponent(() => import('./BulletinsPage.tsx'), 'BulletinsPage'),
    }),
    createRoute({
      getParentRoute: () => root,
      path: '/bulletins/$id',
      component: lazyRouteComponent(() => import('./BulletinPage.tsx'), 'BulletinPage'),
    }),
  ],
}
