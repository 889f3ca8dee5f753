import { useState } from 'react'
import { today } from '#kernel/civilDate.ts'
import { Choice } from '#web/parts/Choice.tsx'
import { LabelledDate } from '#web/parts/LabelledDate.tsx'
import { NumberLine, numberOf } from '#web/parts/NumberLine.tsx'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { isQuorate, RULES, votesToElect } from '../contract.ts'
import type { Election } from './Procedure.tsx'
import { useVoters, VoterList } from './VoterList.tsx'

/** The assembly that elects: who was away, who watches and who counts, how many ballots were given out. */
export function HoldForm({ e, onClose }: { e: Election; onClose: () => void }) {
  const [heldOn, setHeldOn] = useState<string | null>(today())
  const voters = useVoters(e.orgId, heldOn)
  const [absent, setAbsent] = useState<string[]>([])
  const [method, setMethod] = useState(false)
  const [monitor, setMonitor] = useState<string | null>(null)
  const [counter, setCounter] = useState<string | null>(null)
  const [typedIssued, setIssued] = useState<string | null>(null)
  const entitled = voters?.length ?? 0
  const present = entitled - absent.length
  const issued = typedIssued ?? String(present)
  const standing = new Set(e.candidates.map(({ personId }) => personId))
  const neutral = Object.fromEntries((voters ?? []).filter(({ personId }) => !standing.has(personId)).map((v) => [v.personId, v.name]))
  const input = () => {
    if (!heldOn) return '请填大会日期'
    if (!monitor || !counter) return '请选监票人和计票人'
    const ballots = numberOf(issued)
    if (!ballots) return '请填发出选票的张数'
    return {
      id: e.id,
      version: e.version,
      heldOn,
      absent,
      leftOut: [],
      methodPassed: method,
      monitorId: monitor,
      counterId: counter,
      issued: ballots,
    }
  }
  return (
    <PanelForm
      name="elections.hold"
      open
      onClose={onClose}
      kicker={e.orgName}
      title="登记选举大会"
      note={RULES.attendance}
      input={input}
      submit="存入，开始计票"
      done="大会已登记，请监票人和计票人各自录入票数"
    >
      {(problems) => (
        <>
          <LabelledDate label="大会在哪一天" value={heldOn} onChange={setHeldOn} problem={problems.heldOn} />
          <VoterList label="有选举权而没有到会的" voters={voters} chosen={absent} onChange={setAbsent} problem={problems.absent} />
          {voters && (
            <p className={isQuorate(present, entitled) ? 'note' : 'note zhe'} role="status">
              应到会 {entitled} 人，实到 {present} 人，
              {isQuorate(present, entitled)
                ? `可以选举，${votesToElect(present)} 票当选`
                : `不足五分之四（${Math.ceil((entitled * 4) / 5)} 人），不能选举`}
              。
            </p>
          )}
          <label className="row">
            <input type="checkbox" checked={method} onChange={(event) => setMethod(event.target.checked)} />
            大会先通过了选举办法和监票人名单
          </label>
          {problems.methodPassed && <p className="problem">{problems.methodPassed}</p>}
          <Choice label="监票人（不是候选人）" value={monitor} options={neutral} onChange={setMonitor} problem={problems.monitorId} />
          <Choice label="计票人（不是候选人）" value={counter} options={neutral} onChange={setCounter} problem={problems.counterId} />
          <NumberLine label="发出选票（张）" value={issued} onChange={setIssued} problem={problems.issued} />
        </>
      )}
    </PanelForm>
  )
}
