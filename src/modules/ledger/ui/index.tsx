import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import type { ModuleUi } from '#web/moduleUi.ts'
import { holds } from '#web/session.ts'

export const ui: ModuleUi = {
  menu: [
    {
      label: '账本校验',
      whose: '支部委员、党务干部和管理员',
      to: '/ledger',
      icon: 'shield',
      group: '系统',
      order: 98,
      needs: (session) => holds(session, 'ledger.read') || holds(session, 'ledger.openEpoch'),
    },
  ],
  routes: (root) => [
    createRoute({
      getParentRoute: () => root,
      path: '/ledger',
      component: lazyRouteComponent(() => import('./LedgerPage.tsx'), 'LedgerPage'),
    }),
  ],
}
