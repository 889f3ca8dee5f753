import { type ReactNode, useEffect, useSyncExternalStore } from 'react'

interface Props {
  /** The conclusion of the page as its title: 「本季度还差 1 次党员大会，剩 12 天」. */
  conclusion: string
  /** One sentence on what was counted and how. */
  note?: ReactNode
  /** At most one primary button. */
  actions?: ReactNode
  /** State beside the title, e.g. a tag. */
  badge?: ReactNode
  /** The last part of the breadcrumb, where the page is deeper than its menu entry. */
  crumb?: string
}

/** The head of every page. */
export function PageTitle({ conclusion, note, actions, badge, crumb }: Props) {
  useEffect(() => {
    document.title = `${conclusion} · 融建`
    setCrumb(crumb)
    return () => setCrumb(undefined)
  }, [conclusion, crumb])
  return (
    <div className="page-title">
      <div className="grow">
        <h1>
          {conclusion}
          {badge && <span className="page-badge">{badge}</span>}
        </h1>
        {note && <p>{note}</p>}
      </div>
      {actions && <div className="page-actions">{actions}</div>}
    </div>
  )
}

const listeners = new Set<() => void>()
let current: string | undefined

/** The breadcrumb part that the page on show gave. */
export const useCrumb = () => useSyncExternalStore(subscribe, () => current)

function setCrumb(crumb: string | undefined) {
  current = crumb
  for (const told of listeners) told()
}

function subscribe(told: () => void) {
  listeners.add(told)
  return () => void listeners.delete(told)
}
