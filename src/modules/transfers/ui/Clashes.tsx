import { useReadPages } from '#web/api.ts'
import { Icon } from '#web/parts/Icon.tsx'

/** Persons who stand on two rosters, each with what happened and what to do; nothing while there are none. */
export function Clashes({ orgId }: { orgId?: string }) {
  const { items, first, more } = useReadPages('transfers.clashes', { ...(orgId ? { orgId } : {}), limit: 5 })
  if (items.length === 0) return null
  return (
    <section className="card transfer-clashes" aria-label="名册冲突">
      <header>
        <h2>
          {items.length}
          {more ? ' 人以上' : ' 人'}同时在两个名册上
        </h2>
        <span className="small t3">{first?.source}</span>
      </header>
      <ul>
        {items.map(({ id, says, remedy }) => (
          <li key={id} className="note zhe">
            <Icon name="warning" />
            <div>
              <p>{says}</p>
              <p className="small t2">{remedy}</p>
            </div>
          </li>
        ))}
      </ul>
      {more && (
        <button type="button" className="button small" onClick={more}>
          往下看
        </button>
      )}
    </section>
  )
}
