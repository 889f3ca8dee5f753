import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import type { ModuleUi } from '#web/moduleUi.ts'

export const ui: ModuleUi = {
  menu: [
    {
      label: '书记交接',
      whose: '支部委员和党务干部；交接的两个人从通知里打开',
      to: '/handovers',
      icon: 'document',
      group: '组织建设',
      order: 67,
      needs: 'handover.read',
    },
  ],
  routes: (root) => [
    createRoute({
      getParentRoute: () => root,
      path: '/handovers',
      component: lazyRouteComponent(() => import('./HandoverPage.tsx'), 'HandoverPage'),
    }),
    // For the two who hand over, whether or not they still hold a post.
    createRoute({
      getParentRoute: () => root,
      path: '/handover',
      component: lazyRouteComponent(() => import('./HandoverPage.tsx'), 'OwnHandoverPage'),
    }),
  ],
}
