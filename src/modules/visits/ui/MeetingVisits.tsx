import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useRead } from '#web/api.ts'
import { dateText } from '#web/text.ts'
import { VisitForm } from './VisitForm.tsx'

/** Beside a meeting: what guides of a superior said of it, and for a guide the way to say it. */
export function MeetingVisits({ id }: { id: string }) {
  const { data: m } = useRead('meetings.get', { id })
  const { data } = useRead('visits.ofMeeting', { orgId: m?.orgId ?? '', meetingId: id }, { enabled: m !== undefined })
  const [writing, setWriting] = useState(false)
  if (!m || !data || (data.items.length === 0 && !data.can.make)) return null
  return (
    <section className="card">
      <header>
        <h2>督导意见</h2>
      </header>
      <div className="inside stack">
        {data.items.map((v) => (
          <div key={v.id}>
            <p className="said">{v.comment}</p>
            <p className="small t2">
              <Link to={`/visits/${v.id}`}>
                {v.fromName} {v.guide} · {dateText(v.on)}
                {v.followUps > 0 && ` · 跟进 ${v.followUps} 项`}
              </Link>
            </p>
          </div>
        ))}
        {data.can.make && (
          <div>
            <button type="button" className="button" onClick={() => setWriting(true)}>
              写督导意见
            </button>
          </div>
        )}
      </div>
      {writing && <VisitForm orgId={m.orgId} meetingId={id} title={m.title} onClose={() => setWriting(false)} />}
    </section>
  )
}
