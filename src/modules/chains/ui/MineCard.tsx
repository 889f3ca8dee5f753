import { Link } from '@tanstack/react-router'
import { useRead } from '#web/api.ts'
import { Icon } from '#web/parts/Icon.tsx'

/** On the workbench: the 对照检查 that waits for one's own words. Nothing waiting, nothing shown. */
export function MineCard() {
  const { data } = useRead('chains.mine', {})
  const open = (data?.items ?? []).filter((c) => !c.written)
  if (open.length === 0) return null
  return (
    <section className="card">
      <ul className="plain-links">
        {open.map((c) => (
          <li key={c.id}>
            <Link to={`/life-meeting/${c.id}`}>
              <span className="grow">
                <b>写对照检查</b>
                <small className="t2 small">{c.title}，只有你和本组织的书记、委员看得到</small>
              </span>
              <Icon name="right" />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
