import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { lazy } from 'react'
import type { ModuleUi } from '#web/moduleUi.ts'
import { NoticeCount } from './NoticeCount.tsx'

export const ui: ModuleUi = {
  menu: [
    {
      label: '消息发送',
      whose: '党务干部和支部书记',
      to: '/notices/sending',
      icon: 'chat',
      group: '系统',
      order: 94,
      needs: 'notifications.manage',
    },
  ],
  routes: (root) => [
    createRoute({
      getParentRoute: () => root,
      path: '/notices',
      component: lazyRouteComponent(() => import('./NoticesPage.tsx'), 'NoticesPage'),
    }),
    createRoute({
      getParentRoute: () => root,
      path: '/notices/sending',
      component: lazyRouteComponent(() => import('./SendingPage.tsx'), 'SendingPage'),
    }),
  ],
  slots: {
    top: NoticeCount,
    me: lazy(() => import('./Mine.tsx').then(({ Mine }) => ({ default: Mine }))),
  },
}
