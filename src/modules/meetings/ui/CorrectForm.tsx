import { useState } from 'react'
import { useCommand } from '#web/api.ts'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { ABSENCES, type Absence, CHOICES, type MeetingView } from '../contract.ts'
import { Pick } from './Pick.tsx'

const REASONS = Object.entries(ABSENCES).map(([id, name]) => ({ id, name }))

/** 更正: the absent and the counts of votes; 应到 is counted again from the roster, and the old figures stay readable. */
export function CorrectForm({ m, onDone }: { m: MeetingView; onDone: () => void }) {
  const [text, setText] = useState('')
  const [absent, setAbsent] = useState(
    m.attendance.filter((a) => !a.present).map((a) => ({ personId: a.personId, reason: a.reason as Absence, note: a.note ?? '' })),
  )
  const [votes, setVotes] = useState(() =>
    m.items.flatMap((item) => (item.vote ? [{ position: item.position, topic: item.topic, vote: item.vote }] : [])),
  )
  const command = useCommand('meetings.correct')
  const toggle = (personId: string) =>
    setAbsent(
      absent.some((a) => a.personId === personId)
        ? absent.filter((a) => a.personId !== personId)
        : [...absent, { personId, reason: 'onDuty', note: '' }],
    )
  const count = (position: number, choice: 'inFavour' | 'against' | 'abstained', n: number) =>
    setVotes(votes.map((v) => (v.position === position ? { ...v, vote: { ...v.vote, [choice]: n } } : v)))
  const send = () =>
    command.mutate({ id: m.id, version: m.version, text, change: { absent, votes: votes.map(inputOf) } }, { onSuccess: onDone })
  return (
    <section className="stack" aria-label="更正到会和票数">
      <h3>更正到会和票数</h3>
      <p className="small t2">应到会按 {m.heldOn} 的名册重新计算；原来的数字会留在记录里。</p>
      <div className="field">
        <label htmlFor="correct-why">更正的原因（附据，例如组织关系回执）</label>
        <textarea id="correct-why" className="text" rows={2} value={text} onChange={(e) => setText(e.target.value)} />
      </div>
      <fieldset className="chips" aria-label="点名字改为缺席或到会">
        {m.attendance.map((a) => {
          const away = absent.some((x) => x.personId === a.personId)
          return (
            <button
              key={a.personId}
              type="button"
              className={`chip ${away ? 'away' : ''}`}
              aria-pressed={away}
              onClick={() => toggle(a.personId)}
            >
              {a.name}
              {away && ' 缺席'}
            </button>
          )
        })}
      </fieldset>
      {absent.map((a) => (
        <Pick
          key={a.personId}
          label={`${m.attendance.find((x) => x.personId === a.personId)?.name ?? ''}缺席原因`}
          value={a.reason}
          options={REASONS}
          onChange={(reason) =>
            setAbsent(absent.map((x) => (x.personId === a.personId ? { ...x, reason: (reason ?? 'other') as Absence } : x)))
          }
        />
      ))}
      {votes.map((v) => (
        <fieldset key={v.position} className="vote-box">
          <legend className="small">{v.topic}</legend>
          <div className="vote-counts">
            {(['inFavour', 'against', 'abstained'] as const).map((choice) => (
              <label key={choice}>
                {CHOICES[choice]}
                <input
                  type="number"
                  className="text"
                  min={0}
                  value={v.vote[choice]}
                  onChange={(e) => count(v.position, choice, Math.max(0, Math.trunc(Number(e.target.value)) || 0))}
                />
              </label>
            ))}
          </div>
        </fieldset>
      ))}
      {command.error && <ErrorCard error={command.error} />}
      <div className="row">
        <button type="button" className="button" onClick={onDone}>
          先不
        </button>
        <button
          type="button"
          className="button primary"
          aria-disabled={text.trim() === '' || command.isPending || undefined}
          onClick={() => text.trim() !== '' && !command.isPending && send()}
        >
          存入更正
        </button>
      </div>
    </section>
  )
}

type Shown = { position: number; vote: NonNullable<MeetingView['items'][number]['vote']> }

const inputOf = ({ position, vote }: Shown) => ({
  position,
  rule: vote.rule,
  method: vote.method,
  inFavour: vote.inFavour,
  against: vote.against,
  abstained: vote.abstained,
  writtenInFavour: vote.writtenInFavour,
  writtenAgainst: vote.writtenAgainst,
  writtenAbstained: vote.writtenAbstained,
  recusedIds: vote.recused.flatMap((r) => r.id ?? []),
  notEntitled: vote.notEntitled.map(({ id, choice }) => ({ personId: id, choice })),
  recordedPassed: vote.recordedPassed,
})
