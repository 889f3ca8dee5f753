import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { lazy } from 'react'
import type { ModuleUi } from '#web/moduleUi.ts'

const MemberTransfers = lazy(() => import('./MemberTransfers.tsx').then((m) => ({ default: m.MemberTransfers })))
const MyTransfers = lazy(() => import('./MyTransfers.tsx').then((m) => ({ default: m.MyTransfers })))

export const ui: ModuleUi = {
  menu: [
    {
      label: '组织关系转接',
      whose: '支部委员和党务干部',
      to: '/transfers',
      icon: 'link',
      group: '党员',
      order: 52,
      needs: 'transfers.read',
    },
  ],
  routes: (root) => [
    createRoute({
      getParentRoute: () => root,
      path: '/transfers',
      component: lazyRouteComponent(() => import('./TransfersPage.tsx'), 'TransfersPage'),
    }),
  ],
  slots: { member: MemberTransfers, me: MyTransfers },
}
