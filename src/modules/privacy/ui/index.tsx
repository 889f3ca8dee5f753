import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { lazy } from 'react'
import type { ModuleUi } from '#web/moduleUi.ts'

export const ui: ModuleUi = {
  menu: [],
  guarded: [{ label: '更正请求', whose: '支部委员和党务干部', to: '/my-data/requests', needs: 'members.read' }],
  routes: (root) => [
    createRoute({
      getParentRoute: () => root,
      path: '/my-data',
      component: lazyRouteComponent(() => import('./MyDataPage.tsx'), 'MyDataPage'),
    }),
    createRoute({
      getParentRoute: () => root,
      path: '/my-data/requests',
      component: lazyRouteComponent(() => import('./CorrectionsPage.tsx'), 'CorrectionsPage'),
    }),
  ],
  slots: { me: lazy(() => import('./MyDataCard.tsx').then((m) => ({ default: m.MyDataCard }))) },
}
