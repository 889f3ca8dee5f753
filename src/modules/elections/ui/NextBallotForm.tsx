import { useState } from 'react'
import { NumberLine, numberOf } from '#web/parts/NumberLine.tsx'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import type { Election } from './Procedure.tsx'

/** Another ballot for the seats that are open. */
export function NextBallotForm({ e, onClose }: { e: Election; onClose: () => void }) {
  const [issued, setIssued] = useState(String(e.present))
  return (
    <PanelForm
      name="elections.nextBallot"
      open
      onClose={onClose}
      kicker={e.orgName}
      title={`再投一轮，选 ${e.left?.seats} 名`}
      note={e.left?.names.join('、')}
      input={() => {
        const ballots = numberOf(issued)
        return ballots ? { id: e.id, version: e.version, issued: ballots } : '请填发出选票的张数'
      }}
      submit="开始这一轮"
      done="新的一轮已开始，请监票人和计票人录入"
    >
      {(problems) => <NumberLine label="发出选票（张）" value={issued} onChange={setIssued} problem={problems.issued} />}
    </PanelForm>
  )
}
