import { useState } from 'react'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { RULES } from '../contract.ts'
import type { Election } from './Procedure.tsx'
import { useVoters, VoterList } from './VoterList.tsx'

/** The candidates after 酝酿推荐. */
export function NominateForm({ e, onClose }: { e: Election; onClose: () => void }) {
  const voters = useVoters(e.orgId, null)
  const [chosen, setChosen] = useState<string[]>(e.candidates.map(({ personId }) => personId))
  return (
    <PanelForm
      name="elections.nominate"
      open
      onClose={onClose}
      kicker={e.orgName}
      title="候选人预备人选"
      note={e.direct ? `等额提名 ${e.needed} 名，先选书记，再选副书记` : `应选 ${e.seats} 名，至少 ${e.needed} 名。${RULES.candidates}`}
      input={() => (chosen.length === 0 ? '请选候选人' : { id: e.id, version: e.version, candidates: chosen })}
      submit="存入，接着报送请示"
      done="候选人预备人选已存入"
    >
      {(problems) => (
        <VoterList label="有被选举权的正式党员" voters={voters} chosen={chosen} onChange={setChosen} problem={problems.candidates} />
      )}
    </PanelForm>
  )
}
