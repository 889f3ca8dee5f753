import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { lazy } from 'react'
import { BRANCH_KINDS, type OrgKind } from '#modules/organisation/contract.ts'
import type { ModuleUi } from '#web/moduleUi.ts'
import { holds, type Session } from '#web/session.ts'
import { useOpenCount } from './useOpenCount.ts'

const Bell = lazy(() => import('./Bell.tsx').then((m) => ({ default: m.Bell })))
const TodoDuties = lazy(() => import('./TodoDuties.tsx').then((m) => ({ default: m.TodoDuties })))
const MonthRules = lazy(() => import('./MonthRules.tsx').then((m) => ({ default: m.MonthRules })))

/** Somebody with a committee or general branch among their organisations, whose branches stand below it. */
const overBranches = (session: Session) =>
  session.orgs.some(({ id, kind }) => holds(session, 'duties.read', id) && kind !== 'partyGroup' && !BRANCH_KINDS.includes(kind as OrgKind))

export const ui: ModuleUi = {
  menu: [
    {
      label: '工作台',
      whose: '党员和党务干部',
      to: '/workbench',
      icon: 'home',
      order: 10,
      needs: 'duties.read',
      phone: '待办',
      useCount: useOpenCount,
    },
    { label: '应办事项', whose: '党员和党务干部', to: '/duties', icon: 'todo', group: '组织生活', order: 32, needs: 'duties.read' },
    {
      label: '各支部应办',
      whose: '党委和党总支的班子、党务干部',
      to: '/duties/grid',
      icon: 'tree',
      group: '组织生活',
      order: 33,
      needs: overBranches,
    },
    {
      label: '应办规则',
      whose: '党员和党务干部',
      to: '/duties/rules',
      icon: 'scale',
      group: '制度与设置',
      order: 80,
      needs: 'duties.read',
    },
  ],
  routes: (root) => [
    createRoute({
      getParentRoute: () => root,
      path: '/workbench',
      component: lazyRouteComponent(() => import('./WorkbenchPage.tsx'), 'WorkbenchPage'),
    }),
    createRoute({
      getParentRoute: () => root,
      path: '/duties',
      component: lazyRouteComponent(() => import('./YearPage.tsx'), 'YearPage'),
    }),
    createRoute({
      getParentRoute: () => root,
      path: '/duties/grid',
      component: lazyRouteComponent(() => import('./GridPage.tsx'), 'GridPage'),
    }),
    createRoute({
      getParentRoute: () => root,
      path: '/duties/reminders',
      component: lazyRouteComponent(() => import('./RemindersPage.tsx'), 'RemindersPage'),
    }),
    createRoute({
      getParentRoute: () => root,
      path: '/duties/rules',
      component: lazyRouteComponent(() => import('./RulesPage.tsx'), 'RulesPage'),
    }),
  ],
  slots: { 'meetings.month': MonthRules, todo: TodoDuties, top: Bell },
}
