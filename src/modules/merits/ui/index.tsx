import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { lazy } from 'react'
import type { ModuleUi } from '#web/moduleUi.ts'

export const ui: ModuleUi = {
  menu: [
    {
      label: '奖励与处分',
      whose: '支部委员和党务干部；处分只给书记、纪检委员和党务干部看',
      to: '/merits',
      icon: 'people',
      group: '党员',
      order: 54,
      needs: 'merits.read',
    },
  ],
  routes: (root) => [
    createRoute({
      getParentRoute: () => root,
      path: '/merits',
      component: lazyRouteComponent(() => import('./MeritsPage.tsx'), 'MeritsPage'),
    }),
  ],
  slots: {
    member: lazy(() => import('./MemberMerits.tsx').then((m) => ({ default: m.MemberMerits }))),
    me: lazy(() => import('./MemberMerits.tsx').then((m) => ({ default: m.MyMerits }))),
  },
}
