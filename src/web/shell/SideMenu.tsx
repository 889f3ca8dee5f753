import { Link, useRouterState } from '@tanstack/react-router'
import { useEffect, useId, useState } from 'react'
import { type MenuItem, menuOf } from '../moduleUi.ts'
import { Icon } from '../parts/Icon.tsx'
import { useSession } from '../session.ts'

/** So many entries are taken in at a glance; of more, groups are folded. */
const FEW = 14

/** The menu of this person, by groups; of many entries only the groups that are open show theirs. */
export function SideMenu() {
  const menu = menuOf(useSession())
  const path = useRouterState({ select: (state) => state.location.pathname })
  const here = menu.filter(({ to }) => path === to || path.startsWith(`${to}/`)).sort((a, b) => b.to.length - a.to.length)[0]
  const groups = Map.groupBy(menu, (item) => item.group ?? '')
  const folds = menu.length > FEW
  return (
    <nav className="side-nav" aria-label="主导航">
      {[...groups].map(([title, items]) =>
        folds && title ? (
          <Folded key={`${title}${items.length}`} title={title} items={items} here={here} />
        ) : (
          <section key={title}>
            {title && <h2>{title}</h2>}
            <Entries items={items} here={here} />
          </section>
        ),
      )}
    </nav>
  )
}

interface Group {
  title: string
  items: MenuItem[]
  here: MenuItem | undefined
}

/** A group behind its name: open where the page on show is one of its, or where somebody opened it. */
function Folded({ title, items, here }: Group) {
  const id = useId()
  const holds = here !== undefined && items.includes(here)
  const [open, setOpen] = useState(holds)
  useEffect(() => {
    if (holds) setOpen(true)
  }, [holds])
  const count = useCountOf(items)
  return (
    <section className="side-group">
      <h2>
        <button type="button" className="side-entry" aria-expanded={open} aria-controls={id} title={title} onClick={() => setOpen(!open)}>
          <Icon name={items[0]!.icon ?? 'document'} size={17} />
          <span className="side-word">{title}</span>
          {!open && <Count of={count} />}
          <span className={`side-fold ${open ? 'open' : ''}`}>
            <Icon name="right" size={14} />
          </span>
        </button>
      </h2>
      <div id={id} hidden={!open}>
        <Entries items={items} here={here} />
      </div>
    </section>
  )
}

const noCount = () => undefined

/** What waits in all entries of a group. A group keeps its entries as long as it stands (its key), so the hooks keep their order. */
const useCountOf = (items: readonly MenuItem[]): number =>
  // biome-ignore lint/correctness/useHookAtTopLevel: see above
  items.reduce((sum, { useCount = noCount }) => sum + (useCount() ?? 0), 0)

const Entries = ({ items, here }: Omit<Group, 'title'>) => (
  <ul>
    {items.map((item) => (
      <li key={item.to}>
        <Entry item={item} on={item === here} />
      </li>
    ))}
  </ul>
)

function Entry({ item: { to, label, icon, useCount = noCount }, on }: { item: MenuItem; on: boolean }) {
  const count = useCount()
  return (
    <Link to={to} className={`side-entry${on ? ' on' : ''}`} activeProps={{ 'aria-current': on ? 'page' : undefined }} title={label}>
      <Icon name={icon ?? 'document'} size={17} />
      <span className="side-word">{label}</span>
      <Count of={count} />
    </Link>
  )
}

const Count = ({ of }: { of: number | undefined }) =>
  of ? (
    <span className="side-count">
      {of}
      <span className="hidden-text"> 件等你办</span>
    </span>
  ) : null
