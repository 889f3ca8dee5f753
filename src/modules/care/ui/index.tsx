import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { lazy } from 'react'
import type { ModuleUi } from '#web/moduleUi.ts'

export const ui: ModuleUi = {
  menu: [
    {
      label: '联系与慰问',
      whose: '支部委员和党务干部',
      to: '/care',
      icon: 'people',
      group: '党员',
      order: 55,
      needs: 'care.read',
    },
  ],
  routes: (root) => [
    createRoute({
      getParentRoute: () => root,
      path: '/care',
      component: lazyRouteComponent(() => import('./CarePage.tsx'), 'CarePage'),
    }),
  ],
  slots: {
    me: lazy(() => import('./MyContacts.tsx').then((m) => ({ default: m.MyContacts }))),
  },
}
