import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import type { ModuleUi } from '#web/moduleUi.ts'

export const ui: ModuleUi = {
  menu: [
    {
      label: '支部品牌',
      whose: '支部委员和党务干部',
      to: '/brands',
      icon: 'flag',
      group: '组织建设',
      order: 65,
      needs: 'brands.read',
    },
  ],
  routes: (root) => [
    createRoute({
      getParentRoute: () => root,
      path: '/brands',
      component: lazyRouteComponent(() => import('./BrandsPage.tsx'), 'BrandsPage'),
    }),
  ],
}
