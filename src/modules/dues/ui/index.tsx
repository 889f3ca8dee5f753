import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { lazy } from 'react'
import type { ModuleUi } from '#web/moduleUi.ts'

const MemberDues = lazy(() => import('./MemberDues.tsx').then((m) => ({ default: m.MemberDues })))
const MyDues = lazy(() => import('./MyDues.tsx').then((m) => ({ default: m.MyDues })))

export const ui: ModuleUi = {
  menu: [{ label: '党费', whose: '党员和党务干部', to: '/dues', icon: 'scale', group: '党员', order: 53, needs: 'dues.read' }],
  guarded: [{ label: '导入党费基数或交纳明细', whose: '支部书记和组织委员', to: '/dues/import', needs: 'dues.manage' }],
  routes: (root) => [
    createRoute({ getParentRoute: () => root, path: '/dues', component: lazyRouteComponent(() => import('./DuesPage.tsx'), 'DuesPage') }),
    createRoute({
      getParentRoute: () => root,
      path: '/dues/import',
      component: lazyRouteComponent(() => import('./ImportPage.tsx'), 'ImportPage'),
    }),
  ],
  slots: { member: MemberDues, me: MyDues },
}
