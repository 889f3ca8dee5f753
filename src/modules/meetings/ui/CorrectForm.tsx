import { useState } from 'react'
import { today } from '#kernel/civilDate.ts'
import { useCommand } from '#web/api.ts'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { LabelledDate } from '#web/parts/LabelledDate.tsx'
import { TextArea } from '#web/parts/TextArea.tsx'
import { dateText } from '#web/text.ts'
import { ABSENCES, type Absence, CHOICES, type MeetingKind, type MeetingView, OWN_KINDS } from '../contract.ts'
import { KindChips } from './KindChips.tsx'
import { Pick } from './Pick.tsx'

const REASONS = Object.entries(ABSENCES).map(([id, name]) => ({ id, name }))

/**
 * 更正 by a dated addendum: kinds, day, the absent, counts and recusals. Only what was touched is sent; 应到 is counted again from the
 * roster of the day, and the old figures stay readable.
 */
export function CorrectForm({ m, onDone }: { m: MeetingView; onDone: () => void }) {
  const [text, setText] = useState('')
  const [kinds, setKinds] = useState<readonly MeetingKind[]>(m.kinds)
  const [heldOn, setHeldOn] = useState(m.heldOn)
  const [absent, setAbsent] = useState<Away[] | null>(null)
  const [votes, setVotes] = useState(() =>
    m.items.flatMap((item) => (item.vote ? [{ position: item.position, topic: item.topic, vote: item.vote, touched: false }] : [])),
  )
  const command = useCommand('meetings.correct')
  const away = absent ?? awayOf(m)
  const toggle = (personId: string) =>
    setAbsent(
      away.some((a) => a.personId === personId)
        ? away.filter((a) => a.personId !== personId)
        : [...away, { personId, reason: 'onDuty', note: '' }],
    )
  const change = (position: number, vote: Partial<Vote>) =>
    setVotes(votes.map((v) => (v.position === position ? { ...v, touched: true, vote: { ...v.vote, ...vote } } : v)))
  const moved = heldOn !== m.heldOn
  const other = kinds.join() !== m.kinds.join()
  const touched = votes.filter((v) => v.touched)
  const ready = text.trim() !== '' && kinds.length > 0 && (moved || other || absent !== null || touched.length > 0)
  const send = () => {
    const said = {
      ...(other ? { kinds: [...kinds] } : {}),
      ...(moved ? { heldOn } : {}),
      ...(absent ? { absent } : {}),
      votes: touched.map(inputOf),
    }
    command.mutate({ id: m.id, version: m.version, text, change: said }, { onSuccess: onDone })
  }
  return (
    <section className="stack" aria-label="更正这份记录">
      <h3>更正</h3>
      <p className="small t2">
        只改写错的地方。应到按{moved ? `改后 ${dateText(heldOn)}` : ` ${dateText(heldOn)}`}
        的名册重新计算；原来的内容会留在记录里，更正人和时间也会写明。
      </p>
      <LabelledDate label="会议日期" value={heldOn} max={today()} onChange={(day) => setHeldOn(day ?? m.heldOn)} />
      <KindChips
        label="会议类别"
        orgId={m.orgId}
        kinds={kinds}
        ownKindId={ownStays(m, kinds)}
        keepsOwn={m.ownKind?.id ?? null}
        onChange={setKinds}
      />
      <p className="label" id="correct-away">
        缺席（点名字改为缺席或到会）
      </p>
      <fieldset className="chips" aria-labelledby="correct-away">
        {m.attendance.map((a) => {
          const isAway = away.some((x) => x.personId === a.personId)
          return (
            <button
              key={a.personId}
              type="button"
              className={`chip ${isAway ? 'away' : ''}`}
              aria-pressed={isAway}
              onClick={() => toggle(a.personId)}
            >
              {a.name}
              {isAway && ' 缺席'}
            </button>
          )
        })}
      </fieldset>
      {away.map((a) => (
        <Pick
          key={a.personId}
          label={`${m.attendance.find((x) => x.personId === a.personId)?.name ?? ''}缺席原因`}
          value={a.reason}
          options={REASONS}
          onChange={(reason) =>
            setAbsent(away.map((x) => (x.personId === a.personId ? { ...x, reason: (reason ?? 'other') as Absence } : x)))
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
                  onChange={(e) => change(v.position, { [choice]: Math.max(0, Math.trunc(Number(e.target.value)) || 0) })}
                />
              </label>
            ))}
          </div>
          <Recused v={v} m={m} onChange={(recused) => change(v.position, { recused })} />
        </fieldset>
      ))}
      <TextArea label="更正的原因（附据，例如组织关系回执）" value={text} onChange={setText} rows={2} />
      {command.error && <ErrorCard error={command.error} />}
      <div className="row">
        <button type="button" className="button" onClick={onDone}>
          先不
        </button>
        <button
          type="button"
          className="button primary"
          aria-disabled={!ready || command.isPending || undefined}
          onClick={() => ready && !command.isPending && send()}
        >
          存入更正
        </button>
      </div>
    </section>
  )
}

/** 回避: who kept out of this vote; they are not counted among those who could vote. */
function Recused({ v, m, onChange }: { v: Shown; m: MeetingView; onChange: (recused: Vote['recused']) => void }) {
  const { recused } = v.vote
  return (
    <details>
      <summary className="small dai">回避：{recused.map(({ name }) => name).join('、') || '没有'}（点开改）</summary>
      <div className="chips">
        {m.attendance
          .filter((a) => a.entitled)
          .map(({ personId, name }) => {
            const out = recused.some((r) => r.id === personId)
            return (
              <button
                key={personId}
                type="button"
                className="chip"
                aria-pressed={out}
                onClick={() => onChange(out ? recused.filter((r) => r.id !== personId) : [...recused, { id: personId, name }])}
              >
                {name}
              </button>
            )
          })}
      </div>
    </details>
  )
}

type Away = { personId: string; reason: Absence; note: string }
const awayOf = (m: MeetingView): Away[] =>
  m.attendance.filter((a) => !a.present).map((a) => ({ personId: a.personId, reason: a.reason as Absence, note: a.note ?? '' }))

type Vote = NonNullable<MeetingView['items'][number]['vote']>
type Shown = { position: number; vote: Vote }

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

/** The unit's own kind as long as the kinds still hold what it is recorded as. */
const ownStays = (m: MeetingView, kinds: readonly MeetingKind[]) =>
  m.ownKind && kinds.some((k) => OWN_KINDS.includes(k)) ? m.ownKind.id : null
