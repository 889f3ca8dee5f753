import { useState } from 'react'
import { useReadPages } from '#web/api.ts'
import { Icon } from '#web/parts/Icon.tsx'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { TextLine } from '#web/parts/TextLine.tsx'
import type { Api } from '../../../platform.ts'

type Clash = Api['transfers.clashes']['output']['items'][number]

/** Persons who stand on two rosters, each with what happened and what to do; nothing while there are none. */
export function Clashes({ orgId }: { orgId?: string }) {
  const { items, first, more } = useReadPages('transfers.clashes', { ...(orgId ? { orgId } : {}), limit: 5 })
  const [apart, setApart] = useState<Clash | null>(null)
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
        {items.map((clash) => (
          <li key={clash.id} className="note zhe">
            <Icon name="warning" />
            <div>
              <p>{clash.says}</p>
              <p className="small t2">{clash.remedy}</p>
              {clash.kind === 'alike' && (
                <button type="button" className="button text small" onClick={() => setApart(clash)}>
                  核对过，不是同一个人
                </button>
              )}
            </div>
          </li>
        ))}
      </ul>
      {more && (
        <button type="button" className="button small" onClick={more}>
          往下看
        </button>
      )}
      {apart && <ApartForm clash={apart} onClose={() => setApart(null)} />}
    </section>
  )
}

/** Two who look alike are two: with the reason, so that nobody has to look again. */
function ApartForm({ clash, onClose }: { clash: Clash; onClose: () => void }) {
  const [reason, setReason] = useState('')
  const [one, other] = clash.stays
  const input = () =>
    reason.trim().length < 2 ? '请写明凭什么，例如：身份证号不同' : { personId: one!.personId, otherId: other!.personId, reason }
  return (
    <PanelForm
      name="transfers.setApart"
      open
      onClose={onClose}
      kicker={clash.name}
      title="不是同一个人"
      note={`${one?.orgName}的${clash.name}和${other?.orgName}的${clash.name}以后不再提示`}
      input={input}
      submit="存入核对结果"
      done="已存入，不再提示"
    >
      {(problems) => <TextLine label="凭什么" value={reason} onChange={setReason} problem={problems.reason} max={200} />}
    </PanelForm>
  )
}
