import { type ReactNode, useState } from 'react'
import { POSTS } from '#modules/organisation/contract.ts'
import { useRead } from '#web/api.ts'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { PageTitle } from '#web/parts/PageTitle.tsx'
import { Skeleton } from '#web/parts/Skeleton.tsx'
import { dateText } from '#web/text.ts'
import type { Api } from '../../../platform.ts'
import { RULES, STATES } from '../contract.ts'
import { AskForm } from './AskForm.tsx'
import { ExtendForm } from './ExtendForm.tsx'
import { OpenForm } from './OpenForm.tsx'
import { Procedure } from './Procedure.tsx'

type Current = Api['elections.current']['output']

/** The election of one organisation: where it stands and the one next step; before it, the term and who is in the committee. */
export function OwnElection({ org, tabs }: { org: { id: string; name: string }; tabs: ReactNode }) {
  const { data, error, refetch } = useRead('elections.current', { orgId: org.id })
  const [form, setForm] = useState<'open' | 'extend' | 'askExtension' | null>(null)
  if (error) return <ErrorCard error={error} again={refetch} />
  if (!data) return <Skeleton lines={8} />
  // The superior reminds half a year before; earlier there is nothing to hurry.
  const soon = data.term === null || data.term.daysLeft <= 183
  return (
    <>
      <PageTitle
        conclusion={conclusionOf(data)}
        note={`每届 ${data.years} 年。${RULES.term}`}
        actions={
          data.can.manage && (
            <>
              {data.latestExtension && soon && !data.extension && !data.electionId && (
                <button type="button" className="button" onClick={() => setForm('extend')}>
                  拟定延期
                </button>
              )}
              {data.extension && (
                <button type="button" className="button" onClick={() => setForm('askExtension')}>
                  报送延期请示
                </button>
              )}
              {!data.electionId && (
                <button type="button" className={`button ${soon ? 'primary' : ''}`} onClick={() => setForm('open')}>
                  开始换届
                </button>
              )}
            </>
          )
        }
      />
      <div className="stack">
        {data.extension && (
          <p className="note">
            拟延期到 {dateText(data.extension.until)}，原因：{data.extension.reason}；上级批复同意后自动登记。
          </p>
        )}
        <section className="card">
          {tabs}
          <div className="inside">{data.electionId ? <Procedure id={data.electionId} /> : <Before data={data} />}</div>
        </section>
      </div>
      {form === 'open' && <OpenForm org={org} direct={data.direct} onClose={() => setForm(null)} />}
      {form === 'extend' && data.term && (
        <ExtendForm org={org} until={data.term.until} latest={data.latestExtension!} onClose={() => setForm(null)} />
      )}
      {form === 'askExtension' && <AskForm orgId={org.id} kind="termExtension" onClose={() => setForm(null)} />}
    </>
  )
}

function conclusionOf({ term, electionId }: Current): string {
  if (electionId) return '换届正在办理'
  if (!term) return '还没有登记本届任期'
  if (term.daysLeft <= 0) return `本届任期 ${dateText(term.until)}届满，已过 ${-term.daysLeft} 天`
  return `本届任期 ${dateText(term.until)}届满，剩 ${term.daysLeft} 天`
}

const Before = ({ data }: { data: Current }) => (
  <div className="stack">
    <p className="t2">
      正式党员中有选举权的 {data.fullMembers} 人，
      {data.direct ? '不足 7 人，书记由党员大会直接选举产生' : '先由党员大会选委员，再由第一次委员会会议选书记、副书记'}。
    </p>
    <ul className="election-lines" aria-label="现任班子">
      {data.committee.map(({ personId, name, role }) => (
        <li key={personId + role}>
          <span>{name}</span>
          <span className="t2">{POSTS[role]}</span>
        </li>
      ))}
      {data.committee.length === 0 && <li className="t3">还没有登记班子</li>}
    </ul>
    {data.past.length > 0 && (
      <p className="small t2">
        以前：{data.past.map(({ state, heldOn }) => `${heldOn ? dateText(heldOn) : ''} ${STATES[state]}`).join('；')}
      </p>
    )}
  </div>
)
