import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { lazy } from 'react'
import type { ModuleUi } from '#web/moduleUi.ts'

export const ui: ModuleUi = {
  menu: [
    {
      label: '督导',
      whose: '支部委员和党务干部',
      to: '/visits',
      icon: 'eye',
      group: '组织生活',
      order: 37,
      needs: 'visits.read',
      phone: '支部',
    },
  ],
  routes: (root) => [
    createRoute({
      getParentRoute: () => root,
      path: '/visits',
      component: lazyRouteComponent(() => import('./VisitsPage.tsx'), 'VisitsPage'),
    }),
    createRoute({
      getParentRoute: () => root,
      path: '/visits/$id',
      component: lazyRouteComponent(() => import('./VisitPage.tsx'), 'VisitPage'),
    }),
  ],
  slots: { meeting: lazy(() => import('./MeetingVisits.tsx').then((m) => ({ default: m.MeetingVisits }))) },
}
