import type { AnyRoute } from '@tanstack/react-router'
import type { ComponentType } from 'react'
import type { IconName } from './parts/Icon.tsx'
import { holds, type Session } from './session.ts'

/** The five places of the bottom bar on a phone; 我的 belongs to the shell. */
export type PhonePlace = '待办' | '日历' | '记工作' | '支部'

/** A page that is only for some: which, whose, and by which right. */
export interface GuardedPage {
  label: string
  /** The path of one of the module's routes; what lies below it is guarded with it. */
  to: string
  /** A capability, or a question to the session. What a person may not do is not shown. */
  needs?: string | ((session: Session) => boolean)
  /** Whose page it is, in words, for somebody who came by an address: 系统管理员. */
  whose: string
}

export interface MenuItem extends GuardedPage {
  icon?: IconName
  /** The heading it stands under; without one it stands on top. */
  group?: string
  /** Ascending; groups stand in the order of their first item. */
  order: number
  phone?: PhonePlace
  /** How many things wait for this person there; a hook, so it may read. */
  useCount?: () => number | undefined
}

/** What a module's `ui/index.tsx` exports as `ui`. Pages are lazy: `lazyRouteComponent(() => import('./NounPage.tsx'), 'NounPage')`. */
export interface ModuleUi {
  menu: MenuItem[]
  /** Pages off the menu that ask for more than the entry they lie below. */
  guarded?: GuardedPage[]
  routes: (root: AnyRoute) => AnyRoute[]
  /** Fills places that other pages offer with `<Slot name id/>`; each gets `{ id }`. Use `lazy()` for large ones. */
  slots?: Record<string, ComponentType<{ id: string }>>
}

/** Every module's face, found by its place, so that the shell needs no list of modules. */
export const uis: ModuleUi[] = Object.values(import.meta.glob<ModuleUi>('../modules/*/ui/index.tsx', { eager: true, import: 'ui' }))

/** The menu of this person, in order. */
export const menuOf = (session: Session): MenuItem[] =>
  uis.flatMap((ui) => ui.menu.filter((item) => allowed(session, item))).sort((a, b) => a.order - b.order)

/** The page that a path belongs to, if it is somebody else's. */
export function closedEntry(session: Session, path: string): GuardedPage | undefined {
  const holding = uis
    .flatMap((ui): GuardedPage[] => [...ui.menu, ...(ui.guarded ?? [])])
    .filter(({ to }) => path === to || path.startsWith(`${to}/`))
  const nearest = holding.sort((a, b) => b.to.length - a.to.length)[0]
  return nearest && !allowed(session, nearest) ? nearest : undefined
}

function allowed(session: Session, { needs }: GuardedPage): boolean {
  if (needs === undefined) return true
  return typeof needs === 'function' ? needs(session) : holds(session, needs)
}
