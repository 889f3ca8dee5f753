import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { lazy } from 'react'
import type { ModuleUi } from '#web/moduleUi.ts'

const MineCard = lazy(() => import('./MineCard.tsx').then((m) => ({ default: m.MineCard })))

export const ui: ModuleUi = {
  menu: [
    {
      label: '组织生活会',
      whose: '支部委员和党务干部',
      to: '/life-meetings',
      icon: 'scale',
      group: '组织生活',
      order: 34,
      needs: 'chains.read',
      phone: '支部',
    },
  ],
  routes: (root) => [
    createRoute({
      getParentRoute: () => root,
      path: '/life-meetings',
      component: lazyRouteComponent(() => import('./ChainsPage.tsx'), 'ChainsPage'),
    }),
    // A member reads their own chain too, so it does not lie below the guarded entry.
    createRoute({
      getParentRoute: () => root,
      path: '/life-meeting/$id',
      component: lazyRouteComponent(() => import('./ChainPage.tsx'), 'ChainPage'),
    }),
  ],
  slots: { 'workbench.first': MineCard },
}
