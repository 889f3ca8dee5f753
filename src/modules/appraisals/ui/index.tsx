import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { lazy } from 'react'
import type { ModuleUi } from '#web/moduleUi.ts'

export const ui: ModuleUi = {
  menu: [
    {
      label: '民主评议',
      whose: '支部委员和党务干部',
      to: '/appraisals',
      icon: 'people',
      group: '组织生活',
      order: 36,
      needs: 'appraisals.lead',
    },
  ],
  routes: (root) => [
    createRoute({
      getParentRoute: () => root,
      path: '/appraisals',
      component: lazyRouteComponent(() => import('./RoundsPage.tsx'), 'RoundsPage'),
    }),
    createRoute({
      getParentRoute: () => root,
      path: '/appraisal/$id',
      component: lazyRouteComponent(() => import('./RoundPage.tsx'), 'RoundPage'),
    }),
  ],
  slots: { 'workbench.first': lazy(() => import('./MyReviewCard.tsx').then(({ MyReviewCard }) => ({ default: MyReviewCard }))) },
}
