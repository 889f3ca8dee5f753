import { downloadOf } from '#web/api.ts'
import { PaperLinks } from '#web/parts/PaperLinks.tsx'
import { dateText, momentText } from '#web/text.ts'
import type { EditionCard } from '../contract.ts'

/** What was submitted, the newest first: each can be printed as it was. */
export function Editions({ of, editions }: { of: { orgId: string; year: number }; editions: EditionCard[] }) {
  if (editions.length === 0) return null
  return (
    <section className="card" aria-label="定稿">
      <header>
        <h2>定稿</h2>
      </header>
      <ul className="stat-findings">
        {editions.map((e) => (
          <li key={e.id}>
            <div>
              <span className="strong">第 {e.number} 稿</span>
              <span className="small t2">
                {momentText(e.at)} {e.by}定稿，按 {dateText(e.day)} 的记录
                {e.failed > 0 ? `，${e.failed} 处对不上` : ''}
                {e.note ? `。说明：${e.note}` : ''}
              </span>
            </div>
            <PaperLinks
              small
              label="这一稿"
              of={(format) => downloadOf('statistics.print', { ...of, edition: e.number, format })}
              excel={downloadOf('statistics.print', { ...of, edition: e.number, format: 'excel' })}
            />
          </li>
        ))}
      </ul>
    </section>
  )
}
