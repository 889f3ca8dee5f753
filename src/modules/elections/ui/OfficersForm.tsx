import { useState } from 'react'
import { today } from '#kernel/civilDate.ts'
import { Choice } from '#web/parts/Choice.tsx'
import { LabelledDate } from '#web/parts/LabelledDate.tsx'
import { NumberLine, numberOf } from '#web/parts/NumberLine.tsx'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { SHARES, votesToElect } from '../contract.ts'
import type { Election } from './Procedure.tsx'

type Share = keyof typeof SHARES
const NOBODY = ''

/** The first meeting of the new committee: 书记、副书记 等额, and who does what. */
export function OfficersForm({ e, onClose }: { e: Election; onClose: () => void }) {
  const elected = e.candidates.filter(({ electedVotes }) => electedVotes !== null)
  const [heldOn, setHeldOn] = useState<string | null>(today())
  const [present, setPresent] = useState(String(elected.length))
  const [secretary, setSecretary] = useState<string | null>(null)
  const [votes, setVotes] = useState('')
  const [deputy, setDeputy] = useState(NOBODY)
  const [deputyVotes, setDeputyVotes] = useState('')
  const [shares, setShares] = useState<Partial<Record<Share, string>>>({})
  const names = Object.fromEntries(elected.map(({ personId, name }) => [personId, name]))
  const optional = { [NOBODY]: '不设', ...names }
  const input = () => {
    const [there, mine, second] = [numberOf(present), numberOf(votes), numberOf(deputyVotes)]
    if (!heldOn || !there) return '请填会议日期和到会人数'
    if (!secretary || mine === null) return '请填书记和得票'
    if (deputy && second === null) return '请填副书记得票'
    const officers = [
      { personId: secretary, office: 'partySecretary', inFavour: mine },
      ...(deputy ? [{ personId: deputy, office: 'deputySecretary', inFavour: second }] : []),
    ]
    const given = Object.entries(shares).filter(([, personId]) => personId)
    return { id: e.id, version: e.version, heldOn, present: there, officers, shares: given.map(([role, personId]) => ({ role, personId })) }
  }
  return (
    <PanelForm
      name="elections.chooseOfficers"
      open
      onClose={onClose}
      kicker={e.orgName}
      title="第一次委员会会议"
      note={`书记、副书记等额选举，超过到会委员半数当选（${elected.length} 人到会时 ${votesToElect(elected.length)} 票）`}
      input={input}
      submit="存入，接着报送选举结果"
      done="已存入，接着报送选举结果"
    >
      {(problems) => (
        <>
          <LabelledDate label="会议在哪一天" value={heldOn} onChange={setHeldOn} problem={problems.heldOn} />
          <NumberLine label="到会委员（人）" value={present} onChange={setPresent} problem={problems.present} />
          <Choice label="书记" value={secretary} options={names} onChange={setSecretary} problem={problems.officers} />
          <NumberLine label="书记得赞成票" value={votes} onChange={setVotes} problem={problems['officers.0.inFavour']} />
          <Choice label="副书记" value={deputy} options={optional} onChange={setDeputy} />
          {deputy && (
            <NumberLine label="副书记得赞成票" value={deputyVotes} onChange={setDeputyVotes} problem={problems['officers.1.inFavour']} />
          )}
          {(Object.keys(SHARES) as Share[]).map((share) => (
            <Choice
              key={share}
              label={SHARES[share]}
              value={shares[share] ?? NOBODY}
              options={optional}
              onChange={(personId) => setShares({ ...shares, [share]: personId })}
              problem={problems.shares}
            />
          ))}
        </>
      )}
    </PanelForm>
  )
}
