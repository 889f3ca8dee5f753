import { useState } from 'react'
import { useRead } from '#web/api.ts'
import { useOrg } from '#web/org.ts'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { PageTitle } from '#web/parts/PageTitle.tsx'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { Skeleton } from '#web/parts/Skeleton.tsx'
import { TextLine } from '#web/parts/TextLine.tsx'
import type { Api } from '../../../platform.ts'

type Term = Api['requests.deadlines']['output']['items'][number]

/** In how many days this organisation answers each kind of request from below. */
export function TermsPage() {
  const { org } = useOrg()
  const { data, error, refetch } = useRead('requests.deadlines', { orgId: org?.id ?? '' }, { enabled: org !== undefined })
  const [changing, setChanging] = useState<Term | null>(null)
  if (error) return <ErrorCard error={error} again={refetch} />
  if (!data || !org) return <Skeleton lines={10} />
  return (
    <>
      <PageTitle
        conclusion="答复下级请示的时限"
        crumb="答复时限"
        note={`${org.name}收到请示后多少天内答复；改定以后，新报来的按新的时限`}
      />
      <section className="card">
        <table className="table" aria-label="答复时限">
          <thead>
            <tr>
              <th scope="col">类别</th>
              <th scope="col">时限</th>
              <th scope="col" className="terms-usual">
                通行时限
              </th>
              <th scope="col">
                <span className="hidden-text">改定</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {data.items.map((t) => (
              <tr key={t.kind}>
                <td>{t.kindName}</td>
                <td>{t.days === null ? <span className="t3">按通行时限</span> : `${t.days} 个工作日`}</td>
                <td className="terms-usual">{t.usual}</td>
                <td className="right">
                  {data.can.set && (
                    <button type="button" className="button small" onClick={() => setChanging(t)}>
                      改定
                    </button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {changing && <TermForm orgId={org.id} term={changing} onClose={() => setChanging(null)} />}
    </>
  )
}

function TermForm({ orgId, term, onClose }: { orgId: string; term: Term; onClose: () => void }) {
  const [days, setDays] = useState(String(term.days ?? ''))
  const input = () => {
    const n = Number(days)
    return Number.isInteger(n) && n >= 1 && n <= 366 ? { orgId, kind: term.kind, days: n, version: term.version } : '请填 1 到 366 的整数'
  }
  return (
    <PanelForm
      name="requests.setDeadline"
      open
      onClose={onClose}
      kicker={term.kindName}
      title="改定答复时限"
      note={`通行时限：${term.usual}`}
      input={input}
      submit="改定时限"
      done="时限已改定"
    >
      {(problems) => <TextLine label="多少个工作日内答复" value={days} onChange={setDays} problem={problems.days} max={3} />}
    </PanelForm>
  )
}
