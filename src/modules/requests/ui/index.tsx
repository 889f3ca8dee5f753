import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { lazy } from 'react'
import type { ModuleUi } from '#web/moduleUi.ts'
import { useToAnswer } from './useToAnswer.ts'

const RequestsOf = lazy(() => import('./RequestsOf.tsx').then((m) => ({ default: m.RequestsOf })))

export const ui: ModuleUi = {
  menu: [
    {
      label: '请示与批复',
      whose: '支部委员和党务干部',
      to: '/requests',
      icon: 'stamp',
      group: '计划与任务',
      order: 44,
      needs: 'requests.read',
      phone: '支部',
      useCount: useToAnswer,
    },
  ],
  routes: (root) => [
    createRoute({
      getParentRoute: () => root,
      path: '/requests',
      component: lazyRouteComponent(() => import('./RequestsPage.tsx'), 'RequestsPage'),
    }),
    createRoute({
      getParentRoute: () => root,
      path: '/requests/terms',
      component: lazyRouteComponent(() => import('./TermsPage.tsx'), 'TermsPage'),
    }),
  ],
  slots: { 'requests.about': RequestsOf },
}
