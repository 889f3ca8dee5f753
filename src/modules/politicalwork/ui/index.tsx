import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { lazy } from 'react'
import type { ModuleUi } from '#web/moduleUi.ts'

export const ui: ModuleUi = {
  menu: [
    {
      label: '政工人员',
      whose: '书记和党务干部',
      to: '/political-work',
      icon: 'people',
      group: '组织建设',
      order: 66,
      needs: 'politicalwork.read',
    },
  ],
  routes: (root) => [
    createRoute({
      getParentRoute: () => root,
      path: '/political-work',
      component: lazyRouteComponent(() => import('./StaffPage.tsx'), 'StaffPage'),
    }),
    createRoute({
      getParentRoute: () => root,
      path: '/my-political-work',
      component: lazyRouteComponent(() => import('./FilePage.tsx'), 'MyFilePage'),
    }),
  ],
  slots: { me: lazy(() => import('./MyFileCard.tsx').then((m) => ({ default: m.MyFileCard }))) },
}
