import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import type { ModuleUi } from '#web/moduleUi.ts'

export const ui: ModuleUi = {
  menu: [
    {
      label: '考核结果',
      whose: '支部委员和党务干部',
      to: '/evaluation',
      icon: 'chart',
      group: '考核',
      order: 70,
      needs: 'evaluation.read',
    },
    {
      label: '填报数据',
      whose: '填报考核数据的部门和党务干部',
      to: '/evaluation/entries',
      icon: 'document',
      group: '考核',
      order: 71,
      needs: 'evaluation.enter',
    },
    {
      label: '考核方案',
      whose: '支部委员和党务干部',
      to: '/evaluation/schemes',
      icon: 'scale',
      group: '考核',
      order: 72,
      needs: 'evaluation.read',
    },
  ],
  routes: (root) => [
    createRoute({
      getParentRoute: () => root,
      path: '/evaluation',
      component: lazyRouteComponent(() => import('./ResultsPage.tsx'), 'ResultsPage'),
    }),
    createRoute({
      getParentRoute: () => root,
      path: '/evaluation/result',
      component: lazyRouteComponent(() => import('./ResultPage.tsx'), 'ResultPage'),
    }),
    createRoute({
      getParentRoute: () => root,
      path: '/evaluation/preview',
      component: lazyRouteComponent(() => import('./PreviewPage.tsx'), 'PreviewPage'),
    }),
    createRoute({
      getParentRoute: () => root,
      path: '/evaluation/self-check',
      component: lazyRouteComponent(() => import('./SelfCheckPage.tsx'), 'SelfCheckPage'),
    }),
    createRoute({
      getParentRoute: () => root,
      path: '/evaluation/entries',
      component: lazyRouteComponent(() => import('./EntriesPage.tsx'), 'EntriesPage'),
    }),
    createRoute({
      getParentRoute: () => root,
      path: '/evaluation/schemes',
      component: lazyRouteComponent(() => import('./SchemesPage.tsx'), 'SchemesPage'),
    }),
    createRoute({
      getParentRoute: () => root,
      path: '/evaluation/schemes/$scheme',
      component: lazyRouteComponent(() => import('./SchemePage.tsx'), 'SchemePage'),
    }),
  ],
}
