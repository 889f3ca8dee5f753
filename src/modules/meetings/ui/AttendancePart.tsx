import { Prov } from '#web/parts/Prov.tsx'
import { Quorum } from '#web/parts/Quorum.tsx'
import { dateText } from '#web/text.ts'
import { ABSENCES, type Absence, THRESHOLDS, VOTE_RULES, type VoteRuleKey } from '../contract.ts'
import type { PartProps } from './MeetingPart.tsx'
import { Pick } from './Pick.tsx'
import { attendanceOf, type Prepared } from './recordForm.ts'
import { Problem, Text } from './Text.tsx'

const REASONS = Object.entries(ABSENCES).map(([id, name]) => ({ id, name }))

/** 到会: everybody expected that day is there unless ticked as absent, with the reason. */
export function AttendancePart({ form, prepared, set, problems }: PartProps) {
  const counts = attendanceOf(form, prepared)
  const away = new Map(form.absent.map((a) => [a.personId, a]))
  const toggle = (personId: string) =>
    set({
      absent: away.has(personId)
        ? form.absent.filter((a) => a.personId !== personId)
        : [...form.absent, { personId, reason: 'onDuty' as const, note: '' }],
    })
  const change = (personId: string, part: Partial<(typeof form.absent)[number]>) =>
    set({ absent: form.absent.map((a) => (a.personId === personId ? { ...a, ...part } : a)) })
  const rule = VOTE_RULES[(prepared?.rule ?? 'assembly') as VoteRuleKey]
  const threshold = THRESHOLDS[rule.quorum.at]
  return (
    <section className="form-part" aria-labelledby="part-attendance">
      <header>
        <h2 id="part-attendance">到会</h2>
        <span className="small t2">应到按 {dateText(form.heldOn)}名册计算</span>
      </header>
      {prepared && (
        <>
          <div className="tiles">
            <Tile name="有表决权应到">
              <Prov title={`有表决权应到 ${counts.entitled} 人`} panel={() => <WhoCounts people={counts.expected} />}>
                {counts.entitled}
              </Prov>
            </Tile>
            <Tile name="应到">{counts.expected.length}</Tile>
            <Tile name="实到">{counts.present.length}</Tile>
            <Tile name="缺席">{counts.absent}</Tile>
            {counts.entitled > 0 && prepared.votes && (
              <div className="grow">
                <Quorum
                  title={threshold.title}
                  formula={threshold.formula(counts.entitled)}
                  need={threshold.need(counts.entitled)}
                  got={counts.entitledPresent}
                  gotName="有表决权实到"
                />
              </div>
            )}
          </div>
          <p className="small t2" id="absent-how">
            {prepared.basis === 'posts' ? '应到为当天的委员。' : ''}点名字记为缺席，再选原因；没有点的都算到会。
          </p>
          {prepared.basis === 'chosen' && <Chosen form={form} prepared={prepared} set={set} problems={problems} />}
          <fieldset className="chips" aria-label="应到名单" aria-describedby="absent-how">
            {counts.expected.map((p) => (
              <button
                key={p.personId}
                type="button"
                className={`chip ${away.has(p.personId) ? 'away' : ''}`}
                aria-pressed={away.has(p.personId)}
                title={p.why || undefined}
                onClick={() => toggle(p.personId)}
              >
                {p.name}
                {away.has(p.personId) && ' 缺席'}
              </button>
            ))}
          </fieldset>
          <Problem of={problems.absent ?? problems.expectedIds} />
          <ul className="absent-lines">
            {form.absent.map((a) => {
              const person = counts.expected.find((p) => p.personId === a.personId)
              if (!person) return null
              return (
                <li key={a.personId}>
                  <b>{person.name}</b>
                  <Pick
                    quiet
                    label={`${person.name}缺席原因`}
                    value={a.reason}
                    options={REASONS}
                    onChange={(reason) => change(a.personId, { reason: (reason ?? 'other') as Absence })}
                  />
                  <input
                    className="text grow"
                    aria-label={`${person.name}缺席说明（选填）`}
                    placeholder="说明（选填）"
                    maxLength={100}
                    value={a.note}
                    onChange={(e) => change(a.personId, { note: e.target.value })}
                  />
                </li>
              )
            })}
          </ul>
        </>
      )}
      <Text label="列席人员（选填，用顿号隔开）" max={2000} value={form.observers} onChange={(observers) => set({ observers })} />
    </section>
  )
}

const Tile = ({ name, children }: { name: string; children: React.ReactNode }) => (
  <div className="tile">
    <small>{name}</small>
    <b>{children}</b>
  </div>
)

/** For meetings to which not everybody comes: who was expected. */
function Chosen({ form, prepared, set }: PartProps & { prepared: Prepared }) {
  const chosen = new Set(form.expectedIds ?? prepared.people.map((p) => p.personId))
  const toggle = (id: string) => {
    const next = new Set(chosen)
    if (!next.delete(id)) next.add(id)
    set({ expectedIds: [...next], absent: form.absent.filter((a) => next.has(a.personId)) })
  }
  return (
    <details>
      <summary className="small dai">选应到的人（现选 {chosen.size} 人）</summary>
      <div className="chips">
        {prepared.people.map((p) => (
          <button key={p.personId} type="button" className="chip" aria-pressed={chosen.has(p.personId)} onClick={() => toggle(p.personId)}>
            {p.name}
          </button>
        ))}
      </div>
    </details>
  )
}

function WhoCounts({ people }: { people: Prepared['people'] }) {
  const without = people.filter((p) => !p.entitled)
  return (
    <div className="stack">
      <p>
        有表决权：
        {people
          .filter((p) => p.entitled)
          .map((p) => p.name)
          .join('、') || '没有'}
      </p>
      {without.length > 0 && (
        <ul>
          {without.map((p) => (
            <li key={p.personId}>
              {p.name}：不计入，{p.why}
            </li>
          ))}
        </ul>
      )}
      <p className="small t3">依据：当天名册；选举工作条例第五条。</p>
    </div>
  )
}
