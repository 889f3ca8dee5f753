import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { lazy } from 'react'
import type { ModuleUi } from '#web/moduleUi.ts'

const Side = lazy(() => import('./Side.tsx').then((m) => ({ default: m.Side })))
const ToCount = lazy(() => import('./ToCount.tsx').then((m) => ({ default: m.ToCount })))

export const ui: ModuleUi = {
  menu: [
    { label: '换届', whose: '支部委员和党务干部', to: '/elections', icon: 'cycle', group: '组织建设', order: 61, needs: 'elections.read' },
  ],
  guarded: [{ label: '换届计票', to: '/elections/count', whose: '监票人和计票人', needs: () => true }],
  routes: (root) => [
    createRoute({
      getParentRoute: () => root,
      path: '/elections',
      component: lazyRouteComponent(() => import('./ElectionsPage.tsx'), 'ElectionsPage'),
    }),
    createRoute({
      getParentRoute: () => root,
      path: '/elections/count',
      component: lazyRouteComponent(() => import('./CountPage.tsx'), 'CountPage'),
    }),
  ],
  slots: { me: ToCount, 'workbench.side': Side },
}
