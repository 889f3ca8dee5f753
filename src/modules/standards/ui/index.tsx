import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import type { ModuleUi } from '#web/moduleUi.ts'

export const ui: ModuleUi = {
  menu: [
    {
      label: '设置检查',
      whose: '支部委员和党务干部',
      to: '/structure',
      icon: 'shield',
      group: '组织建设',
      order: 63,
      needs: 'standards.read',
    },
    {
      label: '标准化',
      whose: '支部委员和党务干部',
      to: '/standards',
      icon: 'tick',
      group: '组织建设',
      order: 62,
      needs: 'standards.read',
    },
    {
      label: '支部整顿',
      whose: '支部委员和党务干部',
      to: '/overhauls',
      icon: 'shield',
      group: '组织建设',
      order: 64,
      needs: 'standards.read',
    },
  ],
  routes: (root) => [
    createRoute({
      getParentRoute: () => root,
      path: '/structure',
      component: lazyRouteComponent(() => import('./StructurePage.tsx'), 'StructurePage'),
    }),
    createRoute({
      getParentRoute: () => root,
      path: '/standards',
      component: lazyRouteComponent(() => import('./ChecklistPage.tsx'), 'ChecklistPage'),
    }),
    createRoute({
      getParentRoute: () => root,
      path: '/overhauls',
      component: lazyRouteComponent(() => import('./OverhaulsPage.tsx'), 'OverhaulsPage'),
    }),
    createRoute({
      getParentRoute: () => root,
      path: '/overhauls/$id',
      component: lazyRouteComponent(() => import('./OverhaulPage.tsx'), 'OverhaulPage'),
    }),
  ],
}
