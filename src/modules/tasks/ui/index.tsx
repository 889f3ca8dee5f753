import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { lazy } from 'react'
import type { ModuleUi } from '#web/moduleUi.ts'
import { useTodoCount } from './useTodoCount.ts'

const page = (load: () => Promise<Record<string, unknown>>, name: string) => lazyRouteComponent(load as never, name as never)

export const ui: ModuleUi = {
  menu: [
    {
      label: '我的待办',
      whose: '登录的每个人（三员账号除外）',
      to: '/todo',
      icon: 'tick',
      order: 11,
      needs: ({ orgs }) => orgs.length > 0,
      useCount: useTodoCount,
    },
    {
      label: '我的职责',
      whose: '登录的每个人（三员账号除外）',
      to: '/my-duties',
      icon: 'person',
      order: 12,
      needs: ({ orgs }) => orgs.length > 0,
    },
    { label: '任务', whose: '支部委员和党务干部', to: '/tasks', icon: 'list', group: '计划与任务', order: 40, needs: 'tasks.read' },
    { label: '部署', whose: '支部委员和党务干部', to: '/deployments', icon: 'flag', group: '计划与任务', order: 41, needs: 'tasks.read' },
    {
      label: '一岗双责',
      whose: '支部委员和党务干部',
      to: '/dual-duty',
      icon: 'scale',
      group: '计划与任务',
      order: 42,
      needs: 'tasks.read',
    },
  ],
  routes: (root) => [
    createRoute({ getParentRoute: () => root, path: '/todo', component: page(() => import('./TodoPage.tsx'), 'TodoPage') }),
    createRoute({ getParentRoute: () => root, path: '/my-duties', component: page(() => import('./MyDutiesPage.tsx'), 'MyDutiesPage') }),
    createRoute({ getParentRoute: () => root, path: '/dual-duty', component: page(() => import('./DualDutyPage.tsx'), 'DualDutyPage') }),
    createRoute({ getParentRoute: () => root, path: '/tasks', component: page(() => import('./TasksPage.tsx'), 'TasksPage') }),
    createRoute({ getParentRoute: () => root, path: '/todo/$id', component: page(() => import('./TaskPage.tsx'), 'TaskPage') }),
    createRoute({ getParentRoute: () => root, path: '/tasks/$id', component: page(() => import('./TaskPage.tsx'), 'TaskPage') }),
    createRoute({
      getParentRoute: () => root,
      path: '/deployments',
      component: page(() => import('./DeploymentsPage.tsx'), 'DeploymentsPage'),
    }),
    createRoute({
      getParentRoute: () => root,
      path: '/deployments/$id',
      component: page(() => import('./DeploymentPage.tsx'), 'DeploymentPage'),
    }),
  ],
  slots: {
    'meeting.action': lazy(() => import('./ActionState.tsx').then(({ ActionState }) => ({ default: ActionState }))),
    'workbench.main': lazy(() => import('./TodoCard.tsx').then(({ TodoCard }) => ({ default: TodoCard }))),
  },
}
