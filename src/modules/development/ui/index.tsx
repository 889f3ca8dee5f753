import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { lazy } from 'react'
import type { ModuleUi } from '#web/moduleUi.ts'

const ComingCard = lazy(() => import('./ComingCard.tsx').then((m) => ({ default: m.ComingCard })))

export const ui: ModuleUi = {
  menu: [
    {
      label: '发展党员',
      whose: '支部委员和党务干部',
      to: '/development',
      icon: 'person',
      group: '党员',
      order: 51,
      needs: 'development.read',
      phone: '支部',
    },
  ],
  routes: (root) => [
    createRoute({
      getParentRoute: () => root,
      path: '/development',
      component: lazyRouteComponent(() => import('./DevelopmentPage.tsx'), 'DevelopmentPage'),
    }),
    createRoute({
      getParentRoute: () => root,
      path: '/development/plans',
      component: lazyRouteComponent(() => import('./PlansPage.tsx'), 'PlansPage'),
    }),
    createRoute({
      getParentRoute: () => root,
      path: '/development/pairs',
      component: lazyRouteComponent(() => import('./PairsPage.tsx'), 'PairsPage'),
    }),
    createRoute({
      getParentRoute: () => root,
      path: '/development/$id',
      component: lazyRouteComponent(() => import('./CoursePage.tsx'), 'CoursePage'),
    }),
  ],
  slots: { 'workbench.side': ComingCard },
}
