import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { lazy } from 'react'
import type { ModuleUi } from '#web/moduleUi.ts'
import { holds } from '#web/session.ts'

export const ui: ModuleUi = {
  menu: [
    {
      label: '账号',
      whose: '系统管理员和安全管理员',
      to: '/accounts',
      icon: 'key',
      group: '系统',
      order: 96,
      needs: (session) => holds(session, 'identity.manageAccounts') || holds(session, 'identity.approveGrants'),
      phone: '待办',
    },
    {
      label: '审批授权',
      whose: '安全管理员和党务干部',
      to: '/grants',
      icon: 'shield',
      group: '系统',
      order: 95,
      needs: (session) => holds(session, 'identity.approveGrants') || holds(session, 'organisation.manage'),
    },
    {
      label: '操作留痕',
      whose: '审计管理员',
      to: '/audit',
      icon: 'list',
      group: '系统',
      order: 97,
      needs: 'identity.readAudit',
      phone: '待办',
    },
  ],
  routes: (root) => [
    createRoute({
      getParentRoute: () => root,
      path: '/accounts',
      component: lazyRouteComponent(() => import('./AccountsPage.tsx'), 'AccountsPage'),
    }),
    createRoute({
      getParentRoute: () => root,
      path: '/grants',
      component: lazyRouteComponent(() => import('./GrantsPage.tsx'), 'GrantsPage'),
    }),
    createRoute({
      getParentRoute: () => root,
      path: '/audit',
      component: lazyRouteComponent(() => import('./AuditPage.tsx'), 'AuditPage'),
    }),
  ],
  slots: {
    me: lazy(() => import('./MySecurity.tsx').then(({ MySecurity }) => ({ default: MySecurity }))),
    'workbench.main': lazy(() => import('./AgreementsCard.tsx').then(({ AgreementsCard }) => ({ default: AgreementsCard }))),
  },
}
