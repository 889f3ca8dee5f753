import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { lazy } from 'react'
import type { ModuleUi } from '#web/moduleUi.ts'

const WaitingCard = lazy(() => import('./WaitingCard.tsx').then(({ WaitingCard }) => ({ default: WaitingCard })))

export const ui: ModuleUi = {
  menu: [
    {
      label: '记工作',
      whose: '支部委员、党小组组长和党务干部',
      to: '/record',
      icon: 'plus',
      order: 20,
      needs: 'meetings.record',
      phone: '记工作',
    },
    {
      label: '会议',
      whose: '党员和党务干部',
      to: '/meetings',
      icon: 'calendar',
      group: '组织生活',
      order: 30,
      needs: 'meetings.read',
      phone: '日历',
    },
  ],
  guarded: [
    { label: '安排会议', whose: '支部委员、党小组组长和党务干部', to: '/meetings/plan', needs: 'meetings.record' },
    { label: '会议类别', whose: '支部委员和党务干部', to: '/meetings/kinds', needs: 'meetings.record' },
    { label: '由记录算出', whose: '支部委员和党务干部', to: '/meetings/life', needs: 'meetings.readCommittee' },
    { label: '导入台账', whose: '支部书记和党务干部', to: '/meetings/import', needs: 'meetings.import' },
  ],
  routes: (root) => [
    createRoute({
      getParentRoute: () => root,
      path: '/meetings',
      component: lazyRouteComponent(() => import('./MonthPage.tsx'), 'MonthPage'),
    }),
    createRoute({
      getParentRoute: () => root,
      path: '/record',
      component: lazyRouteComponent(() => import('./RecordPage.tsx'), 'RecordPage'),
    }),
    createRoute({
      getParentRoute: () => root,
      path: '/meetings/list',
      component: lazyRouteComponent(() => import('./MeetingsPage.tsx'), 'MeetingsPage'),
    }),
    createRoute({
      getParentRoute: () => root,
      path: '/meetings/import',
      component: lazyRouteComponent(() => import('./ImportPage.tsx'), 'ImportPage'),
    }),
    createRoute({
      getParentRoute: () => root,
      path: '/meetings/plan',
      component: lazyRouteComponent(() => import('./PlanFormPage.tsx'), 'PlanFormPage'),
    }),
    createRoute({
      getParentRoute: () => root,
      path: '/meetings/plans/$id',
      component: lazyRouteComponent(() => import('./PlanPage.tsx'), 'PlanPage'),
    }),
    createRoute({
      getParentRoute: () => root,
      path: '/meetings/plans/$id/code',
      component: lazyRouteComponent(() => import('./CodePage.tsx'), 'CodePage'),
    }),
    createRoute({
      getParentRoute: () => root,
      path: '/meetings/counts/$id',
      component: lazyRouteComponent(() => import('./CountPage.tsx'), 'CountPage'),
    }),
    createRoute({
      getParentRoute: () => root,
      path: '/meetings/life',
      component: lazyRouteComponent(() => import('./LifePage.tsx'), 'LifePage'),
    }),
    createRoute({
      getParentRoute: () => root,
      path: '/meetings/kinds',
      component: lazyRouteComponent(() => import('./KindsPage.tsx'), 'KindsPage'),
    }),
    createRoute({
      getParentRoute: () => root,
      path: '/meetings/sign-in',
      component: lazyRouteComponent(() => import('./SignInPage.tsx'), 'SignInPage'),
    }),
    createRoute({
      getParentRoute: () => root,
      path: '/meetings/$id',
      component: lazyRouteComponent(() => import('./MeetingPage.tsx'), 'MeetingPage'),
    }),
  ],
  slots: {
    'workbench.first': lazy(() => import('./MineCard.tsx').then(({ MineCard }) => ({ default: MineCard }))),
    'workbench.side': WaitingCard,
    todo: WaitingCard,
  },
}
