import { useState } from 'react'
import { useRead } from '#web/api.ts'
import { useSession } from '#web/session.ts'
import { SanctionForm } from './GiveForms.tsx'
import { MeritStatus } from './MeritStatus.tsx'

/** In a member's file: the rewards, and the sanctions that this reader may see. Nothing where there are none. */
export function MemberMerits({ id }: { id: string }) {
  const { data } = useRead('merits.ofMember', { personId: id })
  const { data: member } = useRead('members.get', { personId: id })
  const { data: rights } = useRead('merits.list', { limit: 1 })
  const [giving, setGiving] = useState(false)
  if (!data || !member || (data.items.length === 0 && !rights?.can.sanction)) return null
  return (
    <section className="member-part">
      <h3>奖励与处分</h3>
      <ul>
        {data.items.map((r) => (
          <li key={r.id}>
            <span>
              {r.title}：{r.says}
            </span>
            <span className="small t3 nowrap">{r.approvedOn}</span>
          </li>
        ))}
      </ul>
      {rights?.can.sanction && (
        <button type="button" className="button small" onClick={() => setGiving(true)}>
          登记处分
        </button>
      )}
      {giving && <SanctionForm person={{ id, name: member.name }} onClose={() => setGiving(false)} />}
    </section>
  )
}

/** On one's own page: what is recorded about oneself, sanctions with their end. */
export function MyMerits(_: { id: string }) {
  const { account } = useSession()
  const personId = account.personId
  const { data } = useRead('merits.ofMember', { personId: personId ?? '' }, { enabled: Boolean(personId) })
  if (!data || data.items.length === 0) return null
  return (
    <section className="card" aria-label="我的奖励与处分">
      <header>
        <h2>我的奖励与处分</h2>
        <span className="small t3">处分只有你和有权限的人看得到</span>
      </header>
      <ul className="inside stack">
        {data.items.map((r) => (
          <li key={r.id}>
            <p className="row wrap">
              <span className="strong grow">{r.title}</span>
              <MeritStatus {...r} />
            </p>
            <p className="small t2">
              {r.by}，{r.docNo}，{r.approvedOn}。{r.says}。
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}
