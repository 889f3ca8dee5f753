import { useRead } from '#web/api.ts'
import { TransferStatus } from './TransferStatus.tsx'

/** On the person's own page: where the own 组织关系 stands. Nothing when it never moved. */
export function MyTransfers(_: { id: string }) {
  const { data } = useRead('transfers.mine', {})
  if (!data || data.items.length === 0) return null
  return (
    <section className="card" aria-label="我的组织关系转接">
      <header>
        <h2>我的组织关系转接</h2>
      </header>
      <ul className="inside stack">
        {data.items.map((t) => (
          <li key={t.id}>
            <p className="row wrap">
              <span className="strong grow">
                {t.fromName} → {t.toName}
              </span>
              <TransferStatus {...t} />
            </p>
            <p className="small t2">{t.says}。</p>
          </li>
        ))}
      </ul>
    </section>
  )
}
