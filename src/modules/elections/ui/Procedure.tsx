import { useState } from 'react'
import { POSTS } from '#modules/organisation/contract.ts'
import { useRead } from '#web/api.ts'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { Skeleton } from '#web/parts/Skeleton.tsx'
import { StepButton } from '#web/parts/StepButton.tsx'
import { LoopBar } from '#web/parts/Steps.tsx'
import { Slot } from '#web/Slot.tsx'
import { dateText } from '#web/text.ts'
import type { Api } from '../../../platform.ts'
import { placeOf, STATES, WAY } from '../contract.ts'
import { AskForm } from './AskForm.tsx'
import { HoldForm } from './HoldForm.tsx'
import { NextBallotForm } from './NextBallotForm.tsx'
import { NominateForm } from './NominateForm.tsx'
import { OfficersForm } from './OfficersForm.tsx'
import { Rounds } from './Rounds.tsx'

export type Election = Api['elections.get']['output']
type Form = 'ask' | 'nominate' | 'hold' | 'next' | 'officers'

const ASKS = { planned: 'election', nominated: 'candidates', officers: 'electionResult' } as const

/** The way of one election with its one next step. */
export function Procedure({ id }: { id: string }) {
  const { data: e, error, refetch } = useRead('elections.get', { id })
  const [form, setForm] = useState<Form | null>(null)
  const { data: asked } = useRead('requests.list', { aboutId: id, limit: 20 })
  if (error) return <ErrorCard error={error} again={refetch} />
  if (!e) return <Skeleton lines={8} />
  const kind = ASKS[e.state as keyof typeof ASKS]
  const waits =
    kind && asked?.items.some((r) => r.kind === kind && (r.state === 'sent' || r.state === 'registered' || r.state === 'returned'))
  const step = { id: e.id, version: e.version }
  return (
    <div className="stack">
      <LoopBar steps={[...WAY]} now={placeOf[e.state]} />
      <p className="note">
        {waits ? '请示已报送，等上级答复' : STATES[e.state]}。
        {e.heldOn && `${dateText(e.heldOn)}党员大会：有选举权的应到会 ${e.entitled} 人，实到 ${e.present} 人，${e.enough} 票当选。`}
      </p>
      {e.can.manage && (
        <div className="row wrap election-steps">
          {kind && !waits && <Go onClick={() => setForm('ask')}>{ASK_WORDS[kind]}</Go>}
          {e.state === 'approved' && <Go onClick={() => setForm('nominate')}>存入候选人预备人选</Go>}
          {e.state === 'nominated' && !waits && (
            <button type="button" className="button" onClick={() => setForm('nominate')}>
              改候选人
            </button>
          )}
          {e.state === 'candidatesApproved' && <Go onClick={() => setForm('hold')}>登记选举大会</Go>}
          {e.left && e.left.seats > 0 && <Go onClick={() => setForm('next')}>再投一轮</Go>}
          {e.left && e.left.seats > 0 && !e.left.tied && (
            <StepButton
              name="elections.leaveVacant"
              label={`空缺 ${e.left.seats} 名，结束选举`}
              input={step}
              can
              warn="空缺的名额以后增补。"
              done="选举已结束"
            />
          )}
          {e.state === 'elected' && <Go onClick={() => setForm('officers')}>登记第一次委员会会议</Go>}
          {['planned', 'approved', 'nominated', 'candidatesApproved'].includes(e.state) && (
            <StepButton
              name="elections.cancel"
              kind="danger"
              label="取消这次换届"
              input={step}
              can
              warn="取消后可以重新开始，记录都保留。"
              done="已取消"
            />
          )}
        </div>
      )}
      <People e={e} />
      <Rounds e={e} />
      <Slot name="requests.about" id={e.id} />
      {form === 'ask' && kind && <AskForm orgId={e.orgId} kind={kind} electionId={e.id} onClose={() => setForm(null)} />}
      {form === 'nominate' && <NominateForm e={e} onClose={() => setForm(null)} />}
      {form === 'hold' && <HoldForm e={e} onClose={() => setForm(null)} />}
      {form === 'next' && <NextBallotForm e={e} onClose={() => setForm(null)} />}
      {form === 'officers' && <OfficersForm e={e} onClose={() => setForm(null)} />}
    </div>
  )
}

const ASK_WORDS = { election: '报送换届请示', candidates: '报送预备人选请示', electionResult: '报送选举结果' }

const Go = ({ onClick, children }: { onClick: () => void; children: string }) => (
  <button type="button" className="button primary" onClick={onClick}>
    {children}
  </button>
)

function People({ e }: { e: Election }) {
  if (e.candidates.length === 0)
    return (
      <p className="t2">
        应选 {e.seats} 名，候选人{e.direct ? `等额提名 ${e.needed} 名` : `至少 ${e.needed} 名（差额不少于 20%，进一）`}。
      </p>
    )
  return (
    <ul className="election-lines" aria-label="候选人">
      {e.candidates.map(({ personId, name, electedVotes, role }) => (
        <li key={personId}>
          <span>{name}</span>
          <span className="t2">
            {electedVotes !== null && `${electedVotes} 票当选`}
            {role && ` ${POSTS[role]}`}
            {electedVotes === null && !role && (e.heldOn ? '候选人' : '候选人预备人选')}
          </span>
        </li>
      ))}
    </ul>
  )
}
