import { useCommand, useRead } from '#web/api.ts'
import { useSession } from '#web/session.ts'
import { yuan } from '../contract.ts'
import { MonthLines } from './PersonDues.tsx'
import './dues.css'

/** On the person's own page: what the branch has of the own dues. */
export function MyDues(_: { id: string }) {
  const session = useSession()
  const { data } = useRead('dues.mine', {})
  const reveal = useCommand('dues.revealBase')
  const mine = data?.standing
  if (!mine || (mine.bases.length === 0 && mine.months.length === 0)) return null
  const { personId } = session.account
  return (
    <section className="card" aria-label="我的党费">
      <header>
        <h2>我的党费</h2>
        <span className="small t3">{mine.source}</span>
      </header>
      <div className="inside stack">
        <p>
          {mine.bases[0]?.payerName}，每月应交 {mine.due === null ? '—' : `${yuan(mine.due)} 元`}
          {mine.perMille && `（基数的 ${mine.perMille / 10}%）`}
          {reveal.data?.cents && `，基数 ${yuan(reveal.data.cents)} 元`}
          {personId && !reveal.data && (
            <button type="button" className="link" onClick={() => reveal.mutate({ personId })}>
              看我的基数
            </button>
          )}
        </p>
        <MonthLines months={mine.months.slice(0, 12)} />
      </div>
    </section>
  )
}
