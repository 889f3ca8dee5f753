import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import type { ModuleUi } from '#web/moduleUi.ts'

export const ui: ModuleUi = {
  menu: [
    { label: '代填表格', whose: '支部委员和党务干部', to: '/forms', icon: 'document', group: '台账与报表', order: 77, needs: 'forms.read' },
  ],
  routes: (root) => [
    createRoute({
      getParentRoute: () => root,
      path: '/forms',
      component: lazyRouteComponent(() => import('./FormsPage.tsx'), 'FormsPage'),
    }),
    createRoute({
      getParentRoute: () => root,
      path: '/forms/$id',
      component: lazyRouteComponent(() => import('./FormPage.tsx'), 'FormPage'),
    }),
  ],
}
