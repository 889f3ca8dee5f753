import { useState } from 'react'
import { useCommand, useRead } from '#web/api.ts'
import type { Api } from '../../../platform.ts'
import './notifications.css'

type Hours = Api['notifications.quiet']['output']['own']['hours']

const HOURS = Array.from({ length: 24 }, (_, h) => h)
const usual = { from: 22, until: 7 }

/** The hours in which no mail and no group message goes out: one's own, or those of the whole unit. What is due then waits. */
export function QuietCard({ whose }: { whose: 'own' | 'unit' }) {
  const { data } = useRead('notifications.quiet', {})
  const set = useCommand(whose === 'own' ? 'notifications.setOwnQuiet' : 'notifications.setQuiet')
  const [editing, setEditing] = useState<NonNullable<Hours>>()
  if (!data?.can[whose]) return null
  const { hours, version } = data[whose]
  const save = (next: Hours) => set.mutate({ hours: next, version }, { onSuccess: () => setEditing(undefined) })
  return (
    <section className="card" aria-label="安静时段">
      <header>
        <h2>{whose === 'own' ? '安静时段' : '全单位的安静时段'}</h2>
        <span className="small t3">{whose === 'own' ? '只管邮件，系统里的消息照常' : '邮件和群消息，个人可以另设'}</span>
      </header>
      <div className="inside stack">
        {editing ? (
          <div className="row wrap">
            <HourPick label="从" value={editing.from} onChange={(from) => setEditing({ ...editing, from })} />
            <HourPick label="到" value={editing.until} onChange={(until) => setEditing({ ...editing, until })} />
            <button type="button" className="button primary" aria-disabled={set.isPending || undefined} onClick={() => save(editing)}>
              保存
            </button>
            <button type="button" className="button" onClick={() => setEditing(undefined)}>
              先不
            </button>
          </div>
        ) : (
          <>
            <p>{hours ? `${spanText(hours)}不发，到点再发` : unsetText(whose, data.unit.hours)}</p>
            <div className="row wrap">
              <button type="button" className="button small" onClick={() => setEditing(hours ?? data.unit.hours ?? usual)}>
                {hours ? '改时段' : '设安静时段'}
              </button>
              {hours && (
                <button type="button" className="button small" onClick={() => save(null)}>
                  不设
                </button>
              )}
            </div>
          </>
        )}
        {set.error && (
          <p className="problem" role="alert">
            {set.error.message}
          </p>
        )}
      </div>
    </section>
  )
}

const unsetText = (whose: 'own' | 'unit', unit: Hours) =>
  whose === 'own' && unit ? `没有另设，按全单位的：${spanText(unit)}不发` : '没有设，随时会发'

const spanText = ({ from, until }: NonNullable<Hours>) => `${from} 点到${from > until ? '次日 ' : ' '}${until} 点`

const HourPick = ({ label, value, onChange }: { label: string; value: number; onChange: (hour: number) => void }) => (
  <label className="row">
    {label}
    <select className="text quiet-hour" value={value} onChange={(event) => onChange(Number(event.target.value))}>
      {HOURS.map((h) => (
        <option key={h} value={h}>
          {h} 点
        </option>
      ))}
    </select>
  </label>
)
